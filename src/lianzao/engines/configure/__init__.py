"""A product family and some choices in; a whole configuration, or the reason why not, out."""

from .configuration import Configuration as Configuration
from .configuration import configure as configure
from .family import Choice as Choice
from .family import Constraint as Constraint
from .family import Family as Family
from .family import Feature as Feature
from .family import Group as Group
from .family import Kind as Kind
from .formula import Formula as Formula
from .options import Option as Option
from .options import Status as Status
from .options import options as options
from .options import why as why
from .reasons import Reason as Reason
from .reasons import Rule as Rule
from .refusals import ImpossibleConfiguration as ImpossibleConfiguration
from .refusals import MalformedFamily as MalformedFamily
from .refusals import UnknownOption as UnknownOption
from .refusals import VoidFamily as VoidFamily
from .refusals import WrongValue as WrongValue
