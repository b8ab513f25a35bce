"""The head of a digital product passport: IDTA 02099-1. Its content are the other submodels of the same shell."""

from aas_core3_1 import types as aas

from lianzao.aas.documents.elements import moment, sequence, value
from lianzao.aas.documents.facts import Passport

TEMPLATE = "https://admin-shell.io/idta/cds/dppMetadata/1"
NOTION = "https://admin-shell.io/idta/cds/{}/1"
SCHEMA = "https://admin-shell.io/idta/SubmodelTemplate/dppMetadata/1/0"


def passport(facts: Passport, content: tuple[str, ...]) -> list[aas.SubmodelElement | None]:
    """`content` are the meanings of the submodels that a passport of this node holds."""
    listed = [value(None, NOTION.format("contentSpecificationId"), semantic) for semantic in content]
    return [
        value("digitalProductPassportId", NOTION.format("digitalProductPassportId"), facts.passport),
        value("uniqueProductIdentifier", NOTION.format("uniqueProductIdentifier"), facts.product),
        value("granularity", NOTION.format("granularity"), "item"),
        value("dppSchemaVersion", NOTION.format("dppSchemaVersion"), SCHEMA),
        value("dppStatus", NOTION.format("dppStatus"), facts.status),
        moment("lastUpdate", NOTION.format("lastUpdate"), facts.updated),
        value("economicOperatorId", NOTION.format("economicOperatorId"), facts.operator),
        value("facilityId", NOTION.format("facilityId"), facts.facility),
        sequence(
            "contentSpecificationIds",
            NOTION.format("contentSpecificationIds"),
            aas.AASSubmodelElements.PROPERTY,
            listed,
            aas.DataTypeDefXSD.STRING,
        ),
    ]
