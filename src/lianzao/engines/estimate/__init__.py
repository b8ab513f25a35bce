"""Work and rates in; times per mode and a price in lines that sum to the cent out."""

from .figures import MalformedEstimate as MalformedEstimate
from .lines import Kind as Kind
from .lines import Line as Line
from .lines import OwnLine as OwnLine
from .mode import Mode as Mode
from .mode import mode as mode
from .price import Price as Price
from .price import price as price
from .price import sub_orders as sub_orders
from .rates import Exchange as Exchange
from .rates import ExchangeRate as ExchangeRate
from .rates import HourlyRate as HourlyRate
from .rates import NoRate as NoRate
from .rates import QuantityBreak as QuantityBreak
from .rates import RateCard as RateCard
from .rates import TaxCode as TaxCode
from .rates import TaxRule as TaxRule
from .rates import in_force as in_force
from .share import own_lines as own_lines
from .work import Duty as Duty
from .work import Extra as Extra
from .work import Leg as Leg
from .work import MaterialUse as MaterialUse
from .work import OperationWork as OperationWork
from .work import OutsideLot as OutsideLot
from .work import Share as Share
