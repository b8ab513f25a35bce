"""The one catalogue of texts: sources in English, translations in `src/lianzao/locale/`.

    python scripts/messages.py extract          takes new texts into the catalogues; keeps every translation
    python scripts/messages.py missing [PATH]   what waits for translation, as JSON to fill in
    python scripts/messages.py put FILE         writes filled-in JSON into the catalogues
    python scripts/messages.py check            fails when a text is untranslated, doubtful, gone, or its fields differ
    python scripts/messages.py tidy             drops what no source says any more
    python scripts/messages.py compile          makes the .mo files that Django reads

Several people may run it at once: each run holds a lock and merges. JSON for `put`: a list of
`{"id": …, "context"?: …, "plural"?: …, "zh_Hans": …, "de": …}`; with a plural the value is a list of forms.
"""

from __future__ import annotations

import argparse
import ast
import fcntl
import io
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "lianzao"
LOCALE = SOURCES / "locale"
LANGUAGES = ("zh_Hans", "de")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
STRING = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
TEMPLATE_CALL = re.compile(rf" (_|n?p?gettext)\(({STRING}(?:, {STRING})*)(?:, ?count)?\)")
NOISE = re.compile(rb'^"(?:Report-|POT-|PO-|Last-|Language-Team|Generated-).*\n', re.MULTILINE)
FIELDS = re.compile(r"\{[a-z_][a-z0-9_]*\}|%\([a-z_][a-z0-9_]*\)[sd]|%[sd]")

Id = tuple[str, str | None]


class Filled(TypedDict, total=False):
    """One text in the JSON of `missing` and `put`."""

    id: str
    context: str
    plural: str
    zh_Hans: str | list[str]
    de: str | list[str]


@dataclass
class Text:
    """One text of the sources, with all files that say it."""

    singular: str
    plural: str = ""
    context: str | None = None
    files: list[str] = field(default_factory=list)

    @property
    def id(self) -> Id:
        return self.singular, self.context

    @property
    def message_id(self) -> str | tuple[str, str]:
        return (self.singular, self.plural) if self.plural else self.singular


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("act", choices=["extract", "missing", "put", "check", "tidy", "compile"])
    parser.add_argument("path", nargs="?", default="")
    chosen = parser.parse_args(arguments)
    if not settings.configured:
        settings.configure()
    with alone():
        match chosen.act:
            case "extract":
                return merge(keep_gone=True)
            case "tidy":
                return merge(keep_gone=False)
            case "missing":
                return missing(chosen.path)
            case "put":
                return put(Path(chosen.path))
            case "check":
                return check()
            case _:
                return compile_all()


@contextmanager
def alone() -> Iterator[None]:
    """One run at a time on this machine."""
    with (Path(tempfile.gettempdir()) / "lianzao-messages.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def texts() -> dict[Id, Text]:
    """All marked texts, by file and in the order of their lines."""
    found: dict[Id, Text] = {}
    for path in sorted(
        [*SOURCES.rglob("*.py"), *SOURCES.rglob("templates/**/*.html"), *SOURCES.rglob("templates/**/*.txt")]
    ):
        name = path.relative_to(ROOT).as_posix()
        for text in of_python(path.read_bytes()) if path.suffix == ".py" else of_template(path.read_text("utf-8")):
            known = found.setdefault(text.id, text)
            known.plural = known.plural or text.plural
            if name not in known.files:
                known.files.append(name)
    return found


def of_python(source: bytes) -> Iterator[Text]:
    for _line, said, _comments, context in extract("python", io.BytesIO(source), keywords=KEYWORDS):
        forms = (said,) if isinstance(said, str) else tuple(said)
        if forms[0]:
            yield Text(forms[0], forms[1] if len(forms) > 1 else "", context)


def of_template(source: str) -> Iterator[Text]:
    """Django turns template tags into gettext calls on one line each; strings among them are Python's own."""
    for call in TEMPLATE_CALL.finditer(templatize(source)):
        strings: list[str] = [ast.literal_eval(said) for said in re.findall(STRING, call[2])]
        context = strings.pop(0) if "p" in call[1].removesuffix("gettext") else None
        yield Text(strings[0], strings[1] if len(strings) > 1 else "", context)


def file_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    path = file_of(language)
    if not path.is_file():
        return Catalog(locale=language, domain="django")
    with path.open("rb") as source:
        return read_po(source, locale=language, domain="django")


def write(language: str, catalog: Catalog) -> None:
    """Replaces the file whole, so that a reader never meets half of it."""
    path = file_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    written = io.BytesIO()
    write_po(written, catalog, width=120, include_lineno=False)
    fresh.write_bytes(NOISE.sub(b"", written.getvalue()))
    fresh.replace(path)


def merge(*, keep_gone: bool) -> int:
    wanted = texts()
    for language in LANGUAGES:
        old = read(language)
        fresh = Catalog(locale=language, domain="django", project="Lianzao", version="1", fuzzy=False)
        fresh.header_comment = "# Lianzao: texts for people. Made by scripts/messages.py, translated by hand."
        for text in wanted.values():
            known = translation(old, text.id)
            fresh.add(
                text.message_id,
                shaped(known, text, fresh.num_plurals),
                context=text.context,
                locations=[(name, 0) for name in text.files],
                flags={"fuzzy"} if known is not None and known.fuzzy else (),
            )
        gone = [message for message in [*old, *old.obsolete.values()] if message.id and id_of(message) not in wanted]
        if keep_gone:
            for message in gone:
                if any(forms(message)):
                    fresh.obsolete[message.id] = message
        write(language, fresh)
        left = sum(1 for message in fresh if message.id and not all(forms(message)))
        print(f"{language}: {len(wanted)} texts, {left} untranslated, {len(gone)} gone")
    return 0


def id_of(message: Message) -> Id:
    return (message.id if isinstance(message.id, str) else message.id[0]), message.context


def translation(catalog: Catalog, wanted: Id) -> Message | None:
    """Also among those gone: a text may come back."""
    for message in (catalog.get(wanted[0], wanted[1]), *catalog.obsolete.values()):
        if message is not None and id_of(message) == wanted:
            return message
    return None


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [""])


def shaped(known: Message | None, text: Text, plurals: int) -> str | tuple[str, ...]:
    """What was translated, as one form or as many as the language has."""
    said = forms(known) if known is not None else [""]
    if not text.plural:
        return said[0]
    return tuple(said[index] if index < len(said) else said[-1] for index in range(plurals))


def missing(prefix: str) -> int:
    catalogs = {language: read(language) for language in LANGUAGES}
    open_texts: list[Filled] = []
    for text in texts().values():
        if prefix and not any(name.startswith(prefix) for name in text.files):
            continue
        lacking = [name for name, catalog in catalogs.items() if not whole(translation(catalog, text.id))]
        if lacking:
            entry: Filled = {"id": text.singular}
            if text.context:
                entry["context"] = text.context
            if text.plural:
                entry["plural"] = text.plural
            if "zh_Hans" in lacking:
                entry["zh_Hans"] = [""] if text.plural else ""
            if "de" in lacking:
                entry["de"] = ["", ""] if text.plural else ""
            open_texts.append(entry)
    print(json.dumps(open_texts, ensure_ascii=False, indent=1))
    return 0


def whole(message: Message | None) -> bool:
    return message is not None and all(forms(message)) and not message.fuzzy


def put(source: Path) -> int:
    merge(keep_gone=True)
    given: list[Filled] = json.loads(source.read_text("utf-8"))
    for language in LANGUAGES:
        catalog = read(language)
        for entry in given:
            said = entry.get("zh_Hans") if language == "zh_Hans" else entry.get("de")
            message = catalog.get(entry["id"], entry.get("context"))
            if not said:
                continue
            if message is None:
                print(f"no source says {entry['id']!r}", file=sys.stderr)
                continue
            message.string = said if isinstance(said, str) else tuple(said)
        write(language, catalog)
    return 0


def check() -> int:
    """One line for each fault; 1 when there is any."""
    wanted, faults = texts(), list[str]()
    for language in LANGUAGES:
        catalog = read(language)
        for text in wanted.values():
            message = catalog.get(text.singular, text.context)
            if message is None:
                faults.append(f"{language}: not in the catalogue: {text.singular!r} ({text.files[0]})")
            elif not whole(message):
                faults.append(f"{language}: untranslated or doubtful: {text.singular!r} ({text.files[0]})")
            else:
                faults.extend(f"{language}: {fault}" for fault in differing_fields(text, message))
        faults.extend(
            f"{language}: no source says {message.id!r} any more"
            for message in catalog
            if message.id and id_of(message) not in wanted
        )
    print("\n".join(faults) or f"{len(wanted)} texts in {len(LANGUAGES) + 1} languages: whole")
    return 1 if faults else 0


def differing_fields(text: Text, message: Message) -> Iterator[str]:
    """Each form must name the fields of its source; a singular may leave the count to a word."""
    allowed = set(FIELDS.findall(text.singular)) | set(FIELDS.findall(text.plural))
    needed = set(FIELDS.findall(text.singular)) & (set(FIELDS.findall(text.plural)) if text.plural else allowed)
    for said in forms(message):
        has = set(FIELDS.findall(said))
        if not needed <= has <= allowed:
            yield f"fields differ: {text.singular!r} → {said!r}"


def compile_all() -> int:
    for language in LANGUAGES:
        with file_of(language).with_suffix(".mo").open("wb") as target:
            write_mo(target, read(language))
    return 0


if __name__ == "__main__":
    sys.exit(main())
