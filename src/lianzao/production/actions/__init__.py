"""The use cases of production, one module per noun."""

from lianzao.production.actions.forecast import forecast as forecast
from lianzao.production.actions.import_log import import_log as import_log
from lianzao.production.actions.import_log import undo as undo
from lianzao.production.actions.job import report as report
from lianzao.production.actions.replan import replan as replan
