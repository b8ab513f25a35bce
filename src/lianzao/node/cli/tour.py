"""All commands, in the order of the flow; `lianzao --help` is the tour."""

from __future__ import annotations

import typer

from lianzao.node.cli import care, flow, node, shop

cli = typer.Typer(
    name="lianzao",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Lianzao: many factories, one plan. From a wish to a promise, an order, work on machines, a product in use.",
)
for _command, _name in (
    (node.up, "up"),
    (node.demo, "demo"),
    (node.token, "token"),
    (flow.promise, "promise"),
    (flow.quote, "quote"),
    (flow.answer, "answer"),
    (flow.accept, "accept"),
    (flow.orders, "orders"),
    (flow.report, "report"),
    (flow.replan, "replan"),
    (flow.cancel, "cancel"),
    (care.passport, "passport"),
    (care.meter, "meter"),
    (node.backup, "backup"),
    (node.restore, "restore"),
    (node.verify, "verify"),
    (node.doctor, "doctor"),
):
    cli.command(_name)(_command)
cli.add_typer(shop.imports, name="import")
cli.add_typer(shop.replays, name="replay")
