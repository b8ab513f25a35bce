"""What no template holds of a delivered product: as it was built, how it does in use, and who cares for it."""

from aas_core3_1 import types as aas

from lianzao.aas.documents.elements import OWN, day, group, measured, moment, number, sequence, value, words
from lianzao.aas.documents.facts import AsBuilt, Condition, Evidence, Maintenance, Material, Meter, ServiceContract

AS_BUILT = f"{OWN}AsBuilt:1:0"
CONDITION = f"{OWN}Condition:1:0"
SERVICE = f"{OWN}ServiceContract:1:0"
GROUP = aas.AASSubmodelElements.SUBMODEL_ELEMENT_COLLECTION


def as_built(facts: AsBuilt) -> list[aas.SubmodelElement | None]:
    options = [_option(name, choice) for name, choice in facts.options]
    materials = [_material(material) for material in facts.materials]
    evidence = [_evidence(proof) for proof in facts.evidence]
    return [
        value("Order", f"{OWN}order", facts.order),
        value("Item", f"{OWN}item", facts.item),
        sequence("Options", f"{OWN}options", GROUP, options),
        sequence("Materials", f"{OWN}materials", GROUP, materials),
        sequence("Evidence", f"{OWN}evidence", GROUP, evidence),
    ]


def condition(facts: Condition) -> list[aas.SubmodelElement | None]:
    meters = [_meter(meter) for meter in facts.meters]
    return [
        value("State", f"{OWN}state", facts.state),
        words("Description", f"{OWN}stateInWords", facts.words),
        moment("Since", f"{OWN}since", facts.since),
        sequence("Meters", f"{OWN}meters", GROUP, meters),
    ]


def service(facts: ServiceContract) -> list[aas.SubmodelElement | None]:
    done = [_maintenance(item) for item in facts.services]
    return [
        value("Contract", f"{OWN}contract", facts.contract),
        words("Provider", f"{OWN}provider", facts.provider),
        value("Terms", f"{OWN}terms", facts.terms),
        day("Begins", f"{OWN}begins", facts.begins),
        day("Ends", f"{OWN}ends", facts.ends),
        sequence("Services", f"{OWN}services", GROUP, done),
    ]


def _option(name: str, choice: str) -> aas.SubmodelElementCollection | None:
    return group(
        None,
        f"{OWN}option",
        value("Name", f"{OWN}optionName", name),
        value("Choice", f"{OWN}choice", choice),
    )


def _material(material: Material) -> aas.SubmodelElementCollection | None:
    return group(
        None,
        f"{OWN}materialUsed",
        value("Designation", f"{OWN}designation", material.designation),
        value("Standard", f"{OWN}standard", material.standard),
        value("Heat", f"{OWN}heat", material.heat),
        value("Certificate", f"{OWN}certificate", material.certificate),
    )


def _evidence(proof: Evidence) -> aas.SubmodelElementCollection | None:
    return group(
        None,
        f"{OWN}proof",
        words("What", f"{OWN}what", proof.what),
        value("Result", f"{OWN}result", proof.result),
        moment("At", f"{OWN}at", proof.at),
        value("Digest", f"{OWN}sha256", proof.digest),
    )


def _meter(meter: Meter) -> aas.SubmodelElementCollection | None:
    reading = number("Value", f"{OWN}reading", meter.value)
    reading.embedded_data_specifications = measured(meter.name, {}, meter.unit)
    return group(
        None,
        f"{OWN}meter",
        value("Name", f"{OWN}meterName", meter.name),
        reading,
        value("Unit", f"{OWN}unit", meter.unit),
        moment("At", f"{OWN}at", meter.at),
    )


def _maintenance(item: Maintenance) -> aas.SubmodelElementCollection | None:
    return group(
        None,
        f"{OWN}serviceItem",
        words("What", f"{OWN}what", item.what),
        moment("Due", f"{OWN}due", item.due),
        moment("Done", f"{OWN}done", item.done),
    )
