"""Tables of data that rooms bring along: CSV files in the folder `data` of a package."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from importlib.resources import files

LANGUAGES = ("zh", "de", "en")


def rows(package: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/name` in `package`, by column."""
    yield from csv.DictReader(files(package).joinpath("data", name).read_text("utf-8").splitlines())


def texts(row: Mapping[str, str]) -> dict[str, str]:
    """The text of a row in each language that it has."""
    return {language: row[language] for language in LANGUAGES if row.get(language)}
