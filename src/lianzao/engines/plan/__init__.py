"""Work × resources × calendars → who does what when, when it arrives, and why then.

`plan` answers one problem; `pareto` shows what an earlier date costs; `promise_quantiles` says how sure the date is.
"""

from lianzao.engines.plan.cheapest import pareto as pareto
from lianzao.engines.plan.problem import Arc as Arc
from lianzao.engines.plan.problem import Because as Because
from lianzao.engines.plan.problem import Booking as Booking
from lianzao.engines.plan.problem import Cheapest as Cheapest
from lianzao.engines.plan.problem import Delay as Delay
from lianzao.engines.plan.problem import Earliest as Earliest
from lianzao.engines.plan.problem import Leg as Leg
from lianzao.engines.plan.problem import Mode as Mode
from lianzao.engines.plan.problem import Objective as Objective
from lianzao.engines.plan.problem import Operation as Operation
from lianzao.engines.plan.problem import Problem as Problem
from lianzao.engines.plan.problem import Resource as Resource
from lianzao.engines.plan.quantiles import LEVELS as LEVELS
from lianzao.engines.plan.quantiles import promise_quantiles as promise_quantiles
from lianzao.engines.plan.refusals import BadProblem as BadProblem
from lianzao.engines.plan.refusals import NoMode as NoMode
from lianzao.engines.plan.refusals import NoPlan as NoPlan
from lianzao.engines.plan.refusals import NoTime as NoTime
from lianzao.engines.plan.refusals import NoWay as NoWay
from lianzao.engines.plan.refusals import TooLate as TooLate
from lianzao.engines.plan.result import Plan as Plan
from lianzao.engines.plan.result import Slot as Slot
from lianzao.engines.plan.result import Step as Step
from lianzao.engines.plan.result import Trip as Trip
from lianzao.engines.plan.solve import plan as plan
