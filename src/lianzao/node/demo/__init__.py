"""The demo network: our own factories, buyers and products, seeded, all marked simulated."""

from lianzao.node.demo.loading import load as load
from lianzao.node.demo.orders import orders as orders
from lianzao.node.demo.report import DemoReport as DemoReport
