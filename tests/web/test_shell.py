"""The shell of every page, and what stands in its head."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "lianzao"
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
ERRORS = ("400.html", "403.html", "403_csrf.html", "404.html", "500.html")


def page(template: str = "web/base.html", language: str = "en", **context: object) -> str:
    with translation.override(language):
        request = RequestFactory().get("/orders?state=late")
        return render_to_string(template, {"user": AnonymousUser(), **context}, request)


@pytest.mark.parametrize(("language", "tag"), [("zh-hans", "zh-Hans"), ("de", "de"), ("en", "en")])
def test_a_page_says_its_language(language: str, tag: str) -> None:
    assert f'<html lang="{tag}">' in page(language=language)


def test_another_language_is_one_link_away_and_keeps_the_place() -> None:
    assert 'href="?state=late&amp;lang=de" lang="de" hreflang="de"' in page()


def test_simulated_data_is_marked_unless_the_network_says_it_is_not() -> None:
    assert "Simulated data" in page()
    assert "Simulated data" not in page(simulated=False)


def test_the_current_word_of_the_menu_is_marked_at_top_and_thumb() -> None:
    menu = [{"url": "/a", "label": "Today", "current": True}, {"url": "/b", "label": "Orders", "current": False}]
    assert page(menu=menu).count('<a href="/a" aria-current="page">Today</a>') == 2


def test_htmx_is_told_to_run_nothing_it_receives() -> None:
    found = re.search(r"name=\"htmx-config\" content='([^']+)'", page())
    assert found
    assert json.loads(found[1]) == {
        "includeIndicatorStyles": False,
        "allowEval": False,
        "allowScriptTags": False,
        "historyCacheSize": 0,
        "selfRequestsOnly": True,
    }


@pytest.mark.parametrize("template", ERRORS)
@pytest.mark.parametrize("language", ["zh-hans", "de", "en"])
def test_an_error_page_needs_nothing_but_the_language(template: str, language: str) -> None:
    """Django renders the page for 500 without request and context processors."""
    with translation.override(language):
        assert "<h1>" in render_to_string(template)


def test_a_refusal_says_what_would_be_accepted() -> None:
    shown = page(
        "web/problem.html", problem={"title": "A booking must end after it starts.", "accepted": "after 10:00"}
    )
    assert "A booking must end after it starts." in shown
    assert "What would be accepted: after 10:00" in shown


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_template_carries_style_or_script_of_its_own(template: Path) -> None:
    """The Content Security Policy would refuse them."""
    source = template.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:|hx-on|hx-vals=.js:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
