"""The use cases of aftercare, one module per noun."""

from lianzao.aftercare.actions.maintenance import done as done
from lianzao.aftercare.actions.maintenance import promise as promise
from lianzao.aftercare.actions.meter import Metered as Metered
from lianzao.aftercare.actions.meter import meter as meter
from lianzao.aftercare.actions.need import answer_need as answer_need
from lianzao.aftercare.actions.need import report_need as report_need
from lianzao.aftercare.actions.product import make_products as make_products
from lianzao.aftercare.actions.statement import close_months as close_months
