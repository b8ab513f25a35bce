"""The use cases of production, one module per noun."""

from lianzao.production.actions.forecast import forecast as forecast
from lianzao.production.actions.job import report as report
from lianzao.production.actions.replan import replan as replan
