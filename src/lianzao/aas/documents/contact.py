"""How a site is reached: IDTA 02002 Contact Information."""

from aas_core3_1 import types as aas

from lianzao.aas.documents.elements import group, value, words
from lianzao.aas.documents.facts import Address, Contact

TEMPLATE = "https://admin-shell.io/zvei/nameplate/1/0/ContactInformations"
CONTACT = f"{TEMPLATE}/ContactInformation"
ADDRESS = f"{TEMPLATE}/AddressInformation"
STREET, POSTCODE, TOWN, COUNTRY = (f"0173-1#02-{code}#002" for code in ("AAO128", "AAO129", "AAO132", "AAO134"))


def address_lines(address: Address) -> list[aas.MultiLanguageProperty | None]:
    """The lines that a contact and a nameplate share; what is the same in all languages is tagged English there."""
    return [
        words("Street", STREET, address.street),
        words("Zipcode", POSTCODE, {"en": address.postcode}),
        words("CityTown", TOWN, address.town),
        words("NationalCode", COUNTRY, {"en": address.country}),
    ]


def contact(facts: Contact) -> list[aas.SubmodelElement | None]:
    phone = words("TelephoneNumber", "0173-1#02-AAO136#002", {"en": facts.phone or ""})
    email = value("EmailAddress", "0173-1#02-AAO198#002", facts.email)
    several = len(facts.languages) > 1
    spoken = [
        value(f"Language__{n:02d}__" if several else "Language", f"{CONTACT}/Language", language)
        for n, language in enumerate(facts.languages)
    ]
    return [
        group(
            "ContactInformation",
            CONTACT,
            words("Company", "0173-1#02-AAW001#001", facts.company),
            *address_lines(facts.address),
            *spoken,
            value("TimeZone", f"{CONTACT}/TimeZone", facts.zone),
            group("Phone", f"{CONTACT}/Phone", phone),
            group("Email", "0173-1#02-AAQ836#005", email),
        )
    ]
