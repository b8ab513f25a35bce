"""Every document is valid by the metamodel, whatever the texts, and says only what the level grants."""

import itertools
import json
from datetime import date
from decimal import Decimal

import pytest
from aas_core3_1 import jsonization, verification
from aas_core3_1 import types as aas
from hypothesis import given
from hypothesis import strategies as st

from lianzao.aas import documents
from lianzao.aas.documents import (
    Address,
    Capabilities,
    Capability,
    Contact,
    Kind,
    Level,
    Limit,
    Material,
    Nameplate,
    Part,
    SubmodelId,
    Twin,
    visible_parts,
)
from lianzao.aas.documents.names import PARTS_OF
from tests.aas.cast import AXIS, FACTS, MACHINE, NAMES, SERIAL, SITE

TWINS = (SITE, MACHINE, AXIS)
texts = st.dictionaries(st.sampled_from(["zh", "de", "en", "zh_CN", "x!", ""]) | st.text(max_size=4), st.text())


def errors(document: aas.Class) -> list[str]:
    return [f"{error.path}: {error.cause}" for error in verification.verify(document)]


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("id", TWINS, ids=str)
def test_every_document_is_valid_at_every_level(id: documents.TwinId, level: Level) -> None:
    twin = Twin(id, {"zh": "厂", "de": "Werk", "en": "Works"}, visible_parts(id.kind, level), (SERIAL,))
    made: list[aas.Identifiable] = [documents.shell(twin, NAMES)]
    made += [documents.submodel(SubmodelId(id, part), FACTS[id.kind, part], NAMES) for part in twin.parts]
    for document in made:
        assert errors(document) == []
        again = json.loads(json.dumps(jsonization.to_jsonable(document)))
        assert again["modelType"] in ("AssetAdministrationShell", "Submodel")
    environment = aas.Environment([made[0]], made[1:])  # type: ignore[list-item, arg-type]
    assert errors(jsonization.environment_from_jsonable(jsonization.to_jsonable(environment))) == []


@pytest.mark.parametrize("kind", [Kind.SITE, Kind.RESOURCE])
def test_the_calendar_appears_only_at_the_level_that_grants_it(kind: Kind) -> None:
    time = {Part.CALENDAR, Part.FREE_TIME}
    assert time & set(visible_parts(kind, Level.FULL)) == {Part.CALENDAR}
    assert time & set(visible_parts(kind, Level.BUCKETS)) == {Part.FREE_TIME}
    assert time & set(visible_parts(kind, Level.ANSWERS)) == set()
    assert visible_parts(kind) == visible_parts(kind, Level.ANSWERS)


def test_a_calendar_does_not_leave_under_the_name_of_free_time() -> None:
    with pytest.raises(ValueError, match="Calendar was given for FreeTime"):
        documents.submodel(SubmodelId(SITE, Part.FREE_TIME), FACTS[Kind.SITE, Part.CALENDAR], NAMES)


def test_a_twin_has_no_part_of_another_kind() -> None:
    with pytest.raises(ValueError, match="have no"):
        Twin(AXIS, {}, (Part.CALENDAR,))


@given(texts, texts, st.text(), st.decimals(allow_nan=False, allow_infinity=False) | st.none())
def test_documents_are_valid_whatever_people_wrote(
    some: dict[str, str], other: dict[str, str], word: str, figure: Decimal | None
) -> None:
    address = Address(some, word, other, word)
    limits = (Limit(word, other, figure, figure, "mm"), Limit(word, some, None, figure, word or "1"))
    offered = (Capability(word, some, means=word, limits=limits, materials=(word, word)), Capability(word, other))
    made: dict[Part, documents.Facts] = {
        Part.CONTACT: Contact(some, address, word, (word, "de"), word, word),
        Part.CAPABILITIES: Capabilities(offered),
    }
    for part, facts in made.items():
        assert errors(documents.submodel(SubmodelId(SITE, part), facts, NAMES)) == []
    assert errors(documents.shell(Twin(SITE, some, (), description=other), NAMES)) == []
    plate = Nameplate(
        "https://node.example/p", some, other, address, word, word, word, word, date(1, 1, 1), 7, word, word
    )
    assert errors(documents.submodel(SubmodelId(AXIS, Part.NAMEPLATE), plate, NAMES)) == []


@given(st.text(), st.text())
def test_what_a_product_is_made_of_may_be_written_in_any_way(word: str, other: str) -> None:
    facts = documents.AsBuilt(word, other, ((word, other),), (Material(word, other),), ())
    assert errors(documents.submodel(SubmodelId(AXIS, Part.AS_BUILT), facts, NAMES)) == []


def test_each_part_has_a_meaning_of_its_own_and_a_title_in_three_languages() -> None:
    assert set(documents.SHAPES) == set(Part) == set(itertools.chain(*PARTS_OF.values()))
    assert len({shape.semantic for shape in documents.SHAPES.values()}) == len(Part)
    assert all(set(shape.title) == {"zh", "de", "en"} for shape in documents.SHAPES.values())


@given(st.sampled_from([(id, part) for id in TWINS for part in PARTS_OF[id.kind]]))
def test_identifiers_are_read_back_and_nothing_else_is(pair: tuple[documents.TwinId, Part]) -> None:
    twin, part = pair
    submodel = SubmodelId(twin, part)
    assert NAMES.read_shell(NAMES.shell(twin)) == twin
    assert NAMES.read_asset(NAMES.asset(twin)) == twin
    assert NAMES.read_submodel(NAMES.submodel(submodel)) == submodel
    for other in (
        NAMES.shell(twin).upper(),
        NAMES.shell(twin) + "/",
        NAMES.submodel(submodel),
        "",
        "https://x/" + twin.ref.hex,
    ):
        assert NAMES.read_shell(other) is None
    assert NAMES.read_submodel(f"{NAMES.shell(twin)}/Nothing") is None
