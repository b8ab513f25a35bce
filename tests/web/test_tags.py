"""What the tags of `lz` put on a page."""

import re
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from lianzao.base import clock
from lianzao.base.money import Money
from lianzao.web.gantt import Bar, Chart, Kind, Lane
from lianzao.web.parts import Course, Event

NOW = 1_795_526_400  # Tue 24 Nov 2026 13:20 UTC
DAY = 86_400


@pytest.fixture(autouse=True)
def _at_a_known_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "seconds", lambda: NOW)


def shown(source: str, language: str = "en", **context: object) -> str:
    with translation.override(language), timezone.override(ZoneInfo("Europe/Berlin")):
        return Template("{% load lz %}" + source).render(Context(context)).replace("\N{NO-BREAK SPACE}", " ")


def test_a_date_carries_its_machine_form() -> None:
    assert shown("{% day value %}", value=date(2026, 12, 8)) == '<time datetime="2026-12-08">Tue 8 Dec</time>'


def test_a_moment_is_read_on_the_clocks_of_its_place() -> None:
    """Half past eleven in Berlin is the next day in Shanghai."""
    late = NOW + 9 * 3_600
    assert "Tue 24 Nov" in shown("{% day value %}", value=late)
    assert "Wed 25 Nov" in shown('{% day value "Asia/Shanghai" %}', value=late)
    assert "(Shanghai time)" in shown('{% moment value "Asia/Shanghai" %}', value=late)
    assert "time)" not in shown('{% moment value "Europe/Zurich" %}', value=late)


def test_nothing_is_said_of_no_date() -> None:
    assert shown("{% day value %}{% moment value %}", value=None) == ""


def test_a_key_figure_puts_week_or_weekday_beside_the_date() -> None:
    assert "<small> KW 52</small>" in shown("{% figure_day value %}", "de", value=date(2026, 12, 21))
    assert "<small>（周一）</small>" in shown("{% figure_day value %}", "zh-hans", value=date(2026, 12, 21))


def test_an_amount_without_tax_says_so_in_each_language() -> None:
    price = Money(Decimal("5601.42"), "EUR")
    assert "€5,601.42 net" in shown("{% net price %}", price=price)
    assert "5.601,42 € netto" in shown("{% net price %}", "de", price=price)
    assert "不含税" in shown("{% net price %}", "zh-hans", price=price)


def test_a_state_is_a_word_with_its_joint() -> None:
    assert shown("{% status 'late' 'Two days late' %}") == '<span class="lz-st lz-st--late">Two days late</span>'
    with pytest.raises(ValueError, match="purple"):
        shown("{% status 'purple' 'x' %}")


def test_what_people_wrote_is_escaped() -> None:
    assert "&lt;b&gt;" in shown("{% status 'ok' word %}", word="<b>")
    assert "&lt;b&gt;" in shown("{% text value %}", value={"de": "<b>"})


def test_a_text_in_another_language_is_marked_with_it() -> None:
    axis = {"zh": "直线轴", "de": "Linearachse"}
    assert shown("{% text value %}", "de", value=axis) == "Linearachse"
    assert shown("{% text value %}", "zh-hans", value=axis) == "直线轴"
    assert shown("{% text value %}", "en", value={"de": "Linearachse"}) == '<span lang="de">Linearachse</span>'
    assert shown("{% text value %}", value={}) == ""


def test_the_chart_is_read_out_by_its_sentence_and_list() -> None:
    lane = Lane("Mill", "milling", (Bar(Kind.WORK, NOW, NOW + 3 * DAY),), weld=True)
    drawn = shown("{% gantt chart %}", chart=Chart((lane,), NOW - DAY, NOW + 9 * DAY, "One mill, three days."))
    assert 'role="img" aria-label="One mill, three days."' in drawn
    assert '<li class="is-weld"><b>Mill</b>' in drawn
    assert "24–27 Nov" in drawn


def test_drawings_write_numbers_for_machines_in_every_language() -> None:
    lane = Lane("Mill", "milling", (Bar(Kind.WAIT, NOW, NOW + 3 * DAY),))
    chart = Chart((lane,), NOW - DAY, NOW + 9 * DAY, "")
    bars = "{% load_bars shares '' %}{% progress '' total=7 good=2 scrap=1 %}"
    drawn = shown(
        "{% gantt chart %}" + bars + "{% hold_clock a b then='x' %}",
        "de",
        chart=chart,
        shares=[0.333, 1.2],
        a=NOW - 100,
        b=NOW + 200,
    )
    attributes = re.findall(r'(?:x|y|x1|x2|y1|y2|cx|cy|r|width|height|stroke-dasharray)="([^"]*)"', drawn)
    assert attributes
    assert not [value for value in attributes if "," in value]


def test_a_timeline_says_the_hour_of_what_was_and_the_day_of_what_comes() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    events = [
        Event("Ordered", NOW - DAY, zone=berlin),
        Event("Held at customs", NOW - 3_600, course=Course.LATE, zone=berlin),
        Event("Waiting", NOW, course=Course.NOW, zone=berlin),
        Event("Assembly", NOW + 2 * DAY, course=Course.NEXT, until=NOW + 6 * DAY, zone=berlin),
    ]
    said = re.sub(r"<[^>]+>", "", shown("{% timeline events %}", events=events))
    assert [line.strip() for line in said.splitlines() if line.strip()] == [
        "Mon 23 Nov 14:20Ordered",
        "today 13:20Held at customs",
        "Tue 24 Nov todayWaiting",
        "Thu 26 Nov – Mon 30 NovAssembly",
    ]


def test_the_clock_of_a_hold_says_what_is_left_and_what_happens_then() -> None:
    drawn = shown("{% hold_clock since until then='it becomes free' %}", since=NOW - 1_060, until=NOW + 740)
    assert "12 minutes left" in drawn
    assert "it becomes free" in drawn
    assert 'stroke-dasharray="41.1 100"' in drawn


def test_a_clock_counted_in_working_days_does_not_tick() -> None:
    drawn = shown("{% hold_clock a b then='x' kind='wait' left='2 working days' %}", a=NOW - 10, b=NOW + 10)
    assert "2 working days" in drawn
    assert "data-lz-clock" not in drawn


def test_a_clock_that_ran_out_says_so() -> None:
    assert "Time is up" in shown("{% hold_clock a b then='x' %}", a=NOW - 20, b=NOW - 10)


class Order(forms.Form):
    quantity = forms.IntegerField(min_value=1, help_text="whole pieces")
    note = forms.CharField(required=False)
    colour = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agreed = forms.BooleanField()


def test_a_field_is_tied_to_its_help_and_to_what_is_wrong() -> None:
    form = Order({"quantity": "0"})
    page = shown("{% fields form %}", form=form)
    assert 'aria-describedby="id_quantity_helptext id_quantity_error"' in page
    assert 'id="id_quantity_helptext"' in page
    assert 'id="id_quantity_error"' in page
    assert page.count("(optional)") == 1


def test_every_control_has_a_label() -> None:
    page = shown("{% fields form %}", form=Order())
    for control in re.findall(r'<input[^>]* id="([^"]+)"', page):
        assert f'for="{control}"' in page


def test_pages_of_a_list_keep_what_was_asked() -> None:
    page = Paginator(range(45), 20).get_page(2)
    request: HttpRequest = RequestFactory().get("/orders?state=late&page=2")
    shown_pages = Template("{% load lz %}{% pages page %}").render(RequestContext(request, {"page": page}))
    assert "21 to 40 of 45" in shown_pages
    assert 'href="?state=late&amp;page=3"' in shown_pages


def test_a_list_of_one_page_has_no_pages() -> None:
    assert shown("{% pages page %}", page=Paginator(range(5), 20).get_page(1)).strip() == ""


def test_the_thumb_has_at_most_five_words() -> None:
    menu = [{"url": "/", "label": str(number), "current": number == 5} for number in range(6)]
    said = shown(
        "{% split_menu menu as tabs %}{{ tabs.shown|length }} {{ tabs.rest|length }} {{ tabs.current_in_rest }}",
        menu=menu,
    )
    assert said == "4 2 True"
