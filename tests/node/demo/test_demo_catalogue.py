"""What the demo sells: an axis that no firm can make alone, and a flow in which it is promised."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from importlib.resources import files
from itertools import chain

import pytest

from lianzao.base import clock
from lianzao.catalog import loading as public_rates
from lianzao.catalog.models import Item, PublicRate, Step
from lianzao.engines import configure
from lianzao.network import loading as lanes
from lianzao.network.models import Capability, Lane, Site
from lianzao.node.demo import DemoReport
from lianzao.production.models import JobOrder
from lianzao.trade.answers import promise_json
from lianzao.trade.demand import demand
from lianzao.trade.models import Order, Quote
from lianzao.trade.requests import as_request
from lianzao.trade.solution import Solution
from lianzao.trade.solving import solve
from lianzao.trust.queries import viewer_by_login
from lianzao.vocabulary import loading as words
from lianzao.vocabulary.models import Material, Process
from lianzao.vocabulary.tables import LANGUAGES, rows

pytestmark = pytest.mark.django_db
DEMO = "lianzao.node.demo"
TO_STUTTGART = {"deliver_to": {"country": "DE", "place": "Stuttgart"}}


@pytest.fixture(scope="module")
def axis(report: DemoReport) -> Solution:
    request = as_request({"item": "LA-80", "quantity": 4, **TO_STUTTGART})
    return solve(request, viewer_by_login("buyer"), now=clock.seconds())


def test_the_axis_has_many_options_and_constraints_said_in_three_languages() -> None:
    model = json.loads(files(DEMO).joinpath("data", "la-80.json").read_text("utf-8"))
    configure.Family.from_json(model)
    assert len(model["features"]) >= 12
    assert len(model["constraints"]) >= 4
    named = chain(model["features"], model["groups"])
    for text in chain((each["name"] for each in named), (each["text"] for each in model["constraints"])):
        assert set(text) == set(LANGUAGES)


@pytest.mark.parametrize("table", ["items.csv", "steps.csv"])
def test_every_text_of_the_catalogue_is_there_in_three_languages(table: str) -> None:
    assert all(row[language].strip() for row in rows(DEMO, table) for language in LANGUAGES)


def test_an_impossible_wish_is_refused_with_its_reason(report: DemoReport) -> None:
    request = as_request({"item": "LA-80", "quantity": 1, "options": {"drive": "belt", "accuracy": "accuracy-high"}})
    with pytest.raises(configure.ImpossibleConfiguration):
        demand(request, viewer_by_login("buyer"))


def test_every_feature_that_a_bill_or_routing_asks_for_is_one_of_the_axis() -> None:
    model = json.loads(files(DEMO).joinpath("data", "la-80.json").read_text("utf-8"))
    known = {each["code"] for each in model["features"]}
    asked = {
        word.lstrip("!")
        for table in ("lines.csv", "steps.csv")
        for row in rows(DEMO, table)
        for word in row["when"].split()
    }
    assert asked <= known


def test_what_is_made_and_of_what_are_words_of_the_vocabulary(report: DemoReport) -> None:
    processes = set(Process.objects.values_list("code", flat=True))
    materials = set(Material.objects.values_list("code", flat=True))
    assert set(Step.objects.exclude(process="").values_list("process", flat=True)) <= processes
    assert set(Capability.objects.values_list("process", flat=True)) <= processes
    assert set(Item.objects.exclude(material="").values_list("material", flat=True)) <= materials
    assert {code for each in Capability.objects.values_list("materials", flat=True) for code in each} <= materials


def test_public_words_figures_and_lanes_are_loaded_once_and_say_that_they_are_examples(report: DemoReport) -> None:
    assert words.load() == public_rates.load() == lanes.load() == 0
    assert all("Example" in source for source in PublicRate.objects.values_list("source", flat=True))
    assert all("Example" in source for source in Lane.objects.values_list("source", flat=True))


def test_the_axis_takes_twenty_five_operations_of_five_trades_over_three_levels(report: DemoReport) -> None:
    tasks = demand(as_request({"item": "LA-80", "quantity": 1}), viewer_by_login("buyer")).tasks
    work = [task for task in tasks if task.step.kind == Step.Kind.WORK]
    assert len(work) >= 25
    assert len({task.step.process for task in work}) >= 5
    assert max(task.key.count("/") for task in tasks) >= 3
    assert {task.step.kind for task in tasks} == {"work", "material", "outside"}


def test_no_firm_can_make_the_axis_alone(report: DemoReport) -> None:
    tasks = demand(as_request({"item": "LA-80", "quantity": 1}), viewer_by_login("buyer")).tasks
    needed = {task.step.process for task in tasks if task.step.kind == Step.Kind.WORK}
    can = defaultdict(set)
    for owner, process in Capability.objects.values_list("work_centre__site__organisation", "process"):
        can[owner].add(process)
    assert not any(needed <= processes for processes in can.values())


def test_the_axis_is_promised_over_three_factories_of_two_countries(report: DemoReport, axis: Solution) -> None:
    sites = Site.objects.in_bulk({slot.site for slot in axis.slots if slot.kind == "work"})
    assert len({site.organisation_id for site in sites.values()}) >= 3
    assert {site.country for site in sites.values()} == {"CN", "DE"}
    assert axis.ready < axis.p50 <= axis.p90 <= axis.promised


def test_its_price_is_the_sum_of_lines_of_many_kinds(report: DemoReport, axis: Solution) -> None:
    price = promise_json(axis, viewer_by_login("buyer"))["price"]
    kinds = {line["kind"] for line in price["lines"]}
    assert {"set-up", "run", "programming", "material", "outside", "transport", "duty", "margin"} <= kinds
    assert sum(Decimal(line["amount"]) for line in price["lines"]) == Decimal(price["net"])
    assert {rate["source"] for rate in price["rate"]} == {"Example figure, no published rate"}


def test_options_take_money_and_time(report: DemoReport, axis: Solution) -> None:
    more = {"certificate-3.1": True, "first-article": True, "packing": True}
    request = as_request({"item": "LA-80", "quantity": 4, "options": more, **TO_STUTTGART})
    other = solve(request, viewer_by_login("buyer"), now=clock.seconds())
    assert other.price is not None
    assert {"certificate", "first-article", "packing"} <= {line.kind for line in other.price.lines}
    assert len(other.slots) > len(axis.slots)


@pytest.mark.parametrize("item", ["SHAFT-30", "BRACKET-120", "GEAR-M2-40", "SLEEVE-40", "COVER-600", "SPINDLE-HEAD"])
def test_every_simpler_product_can_be_promised_to_both_countries(report: DemoReport, item: str) -> None:
    for country, place in (("DE", "Stuttgart"), ("CN", "Suzhou")):
        wish = {"item": item, "quantity": 10, "deliver_to": {"country": country, "place": place}}
        found = solve(as_request(wish), viewer_by_login("buyer"), now=clock.seconds())
        assert found.price is not None
        assert found.price.currency == {"DE": "EUR", "CN": "CNY"}[country]


def test_a_dozen_orders_are_there_in_every_state(report: DemoReport) -> None:
    assert report.counts["orders"] == Order.objects.count() >= 12
    assert set(Order.objects.values_list("state", flat=True)) == set(Order.State.values)
    assert set(JobOrder.objects.values_list("state", flat=True)) == set(JobOrder.State.values)
    expires_by_itself = {Quote.State.EXPIRED}
    assert set(Quote.objects.values_list("state", flat=True)) == set(Quote.State.values) - expires_by_itself
