"""The catalogue: what is taken from sources, and what is wrong with a translation."""

import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.template import engines  # noqa: F401 - settings are needed to read templates

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import messages


def test_code_marks_texts_by_gettext_and_its_kin() -> None:
    source = b"""
a = _("Plain {name}.")
b = ngettext("%(n)s day", "%(n)s days", n)
c = pgettext("button", "Accept")
d = _("one "
      "sentence")
"""
    found = [(text.singular, text.plural, text.context) for text in messages.of_python(source)]
    assert found == [
        ("Plain {name}.", "", None),
        ("%(n)s day", "%(n)s days", None),
        ("Accept", "", "button"),
        ("one sentence", "", None),
    ]


def test_templates_mark_texts_by_tags() -> None:
    source = """{% load i18n %}{% translate "Sign in (again) Now" %} {% translate "Open" context "state" %}
    {% blocktranslate trimmed with name=x %}
      Hello, {{ name }}, it's "you"
    {% endblocktranslate %}
    {% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}
    {% status "ok" _("At work") %}"""
    found = [(text.singular, text.plural, text.context) for text in messages.of_template(source)]
    assert found == [
        ("Sign in (again) Now", "", None),
        ("Open", "", "state"),
        ('Hello, %(name)s, it\'s "you"', "", None),
        ("%(n)s day", "%(n)s days", None),
        ("At work", "", None),
    ]


@pytest.mark.parametrize(
    ("source", "said", "faults"),
    [
        ("{day}, today", "{day}，今天", 0),
        ("{day}, today", "{Tag}, heute", 1),
        ("%(first)s of %(all)s", "%(first)s von allen", 1),
        ("No fields", "Kein {field}", 1),
    ],
)
def test_a_translation_names_the_fields_of_its_source(source: str, said: str, faults: int) -> None:
    assert len(list(messages.differing_fields(messages.Text(source), Message(source, said)))) == faults


def test_a_singular_may_leave_the_count_to_a_word() -> None:
    text = messages.Text("One day", "%(n)s days")
    assert not list(messages.differing_fields(text, Message(("One day", "%(n)s days"), ("Ein Tag", "%(n)s Tage"))))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of one module and no catalogues yet."""
    package = tmp_path / "src" / "lianzao"
    package.mkdir(parents=True)
    for name, value in (("ROOT", tmp_path), ("SOURCES", package), ("LOCALE", package / "locale")):
        monkeypatch.setattr(messages, name, value)
    (package / "room.py").write_text('a = _("Hello {name}")\nb = _("Bye")\n')
    return package


def translate(project: Path, text: str, zh: str, de: str) -> None:
    given = project.parent / "given.json"
    given.write_text(f'[{{"id": "{text}", "zh_Hans": "{zh}", "de": "{de}"}}]', "utf-8")
    assert messages.main(["put", str(given)]) == 0


def test_a_whole_catalogue_passes_and_a_lacking_one_does_not(project: Path) -> None:
    translate(project, "Hello {name}", "您好，{name}", "Guten Tag, {name}")
    assert messages.main(["check"]) == 1
    translate(project, "Bye", "再见", "Auf Wiedersehen")
    assert messages.main(["check"]) == 0
    (project / "room.py").write_text('b = _("Bye")\n')
    assert messages.main(["check"]) == 1, "a text that no source says is a fault too"


def test_what_was_translated_survives_a_text_that_comes_and_goes(project: Path) -> None:
    translate(project, "Bye", "再见", "Auf Wiedersehen")
    (project / "room.py").write_text("")
    messages.main(["extract"])
    (project / "room.py").write_text('b = _("Bye")\n')
    messages.main(["extract"])
    assert messages.main(["check"]) == 0


def test_extracting_twice_changes_nothing(project: Path) -> None:
    messages.main(["extract"])
    before = messages.file_of("de").read_bytes()
    messages.main(["extract"])
    assert messages.file_of("de").read_bytes() == before
    assert b"Date" not in before
