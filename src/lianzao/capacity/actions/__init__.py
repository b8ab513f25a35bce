"""The use cases of capacity, one module per noun; holds are in `capacity.holds`."""

from lianzao.capacity.actions.calendar import add_closure as add_closure
from lianzao.capacity.actions.calendar import add_exception as add_exception
from lianzao.capacity.actions.calendar import confirm_calendar as confirm_calendar
from lianzao.capacity.actions.calendar import full_until as full_until
from lianzao.capacity.actions.calendar import remove_closure as remove_closure
from lianzao.capacity.actions.calendar import remove_exception as remove_exception
from lianzao.capacity.actions.calendar import set_shifts as set_shifts
from lianzao.capacity.actions.own_work import add_own_work as add_own_work
from lianzao.capacity.actions.own_work import import_own_work as import_own_work
from lianzao.capacity.actions.own_work import remove_own_work as remove_own_work
