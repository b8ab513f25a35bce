"""What stands on the plate of a machine or a product: IDTA 02006 Digital Nameplate, version 3."""

from aas_core3_1 import types as aas

from lianzao.aas.documents.contact import ADDRESS, address_lines
from lianzao.aas.documents.elements import XSD, day, group, value, words
from lianzao.aas.documents.facts import Nameplate

TEMPLATE = "https://admin-shell.io/idta/nameplate/3/0/Nameplate"


def cdd(code: str) -> str:
    """An entry of the IEC Common Data Dictionary for process automation (IEC 61987)."""
    return f"0112/2///61987#{code}"


def nameplate(facts: Nameplate) -> list[aas.SubmodelElement | None]:
    return [
        value("URIOfTheProduct", cdd("ABN590#002"), facts.product_uri, XSD.ANY_URI),
        words("ManufacturerName", cdd("ABA565#009"), facts.manufacturer),
        words("ManufacturerProductDesignation", cdd("ABA567#009"), facts.designation),
        group("AddressInformation", ADDRESS, *address_lines(facts.address)),
        value("ManufacturerProductType", cdd("ABA300#008"), facts.type_name),
        value("OrderCodeOfManufacturer", cdd("ABA950#008"), facts.order_code),
        value("ProductArticleNumberOfManufacturer", cdd("ABA581#007"), facts.article),
        value("SerialNumber", cdd("ABA951#009"), facts.serial),
        value("YearOfConstruction", cdd("ABP000#002"), _year(facts)),
        day("DateOfManufacture", cdd("ABB757#007"), facts.built),
        value("CountryOfOrigin", cdd("ABP462#001"), facts.origin),
        value(
            "UniqueFacilityIdentifier",
            "https://admin-shell.io/idta/nameplate/3/0/UniqueFacilityIdentifier",
            facts.facility,
        ),
    ]


def _year(facts: Nameplate) -> str | None:
    if facts.year is not None:
        return f"{facts.year:04d}"
    return f"{facts.built.year:04d}" if facts.built else None
