"""The use cases of trade, one module per noun."""

from lianzao.trade.actions.answer import answer as answer
from lianzao.trade.actions.order import accept as accept
from lianzao.trade.actions.order import cancel as cancel
from lianzao.trade.actions.quote import quote as quote
from lianzao.trade.actions.quote import release as release
from lianzao.trade.actions.rules import agree as agree
