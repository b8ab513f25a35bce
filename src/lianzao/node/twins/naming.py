"""What twins of every kind are called: identifiers, names in the language of their country, addresses."""

from __future__ import annotations

from lianzao.aas import Names
from lianzao.aas.documents import Address, Text
from lianzao.trust.models import Organisation

NAMES = Names("https://lianzao.example/id")
"""One base for all nodes, not the address of one: an identifier stands on plates and in passports, and must stay the
same when its node moves. References alone are unique."""

LANGUAGES = {"CN": "zh", "DE": "de", "AT": "de"}
ELSEWHERE = "en"
SIMULATED: Text = {"zh": "模拟数据", "de": "Simulierte Daten", "en": "Simulated data"}


def proper(name: str, country: str) -> Text:
    """A proper name, which rows keep without its language: that of its country."""
    return {LANGUAGES.get(country, ELSEWHERE): name}


def address(firm: Organisation) -> Address:
    return Address(
        street=proper(firm.street, firm.country),
        postcode=firm.postcode,
        town=proper(firm.place, firm.country),
        country=firm.country,
    )
