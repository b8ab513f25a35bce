"""The API's description: an example of each operation that is true to its shape, and a page made from it."""

from __future__ import annotations

from typing import Any, get_args, get_origin

import pytest
from django.test import Client
from pydantic import TypeAdapter

from lianzao.node.api import api
from lianzao.node.api_docs import FLOW, operations
from lianzao.node.api_examples import examples

SCHEMA = api.get_openapi_schema()
OPERATIONS = operations(SCHEMA, "/api/")
NAMES = sorted(OPERATIONS)


def answer_of(name: str) -> Any:
    """The type that an operation answers with."""
    method, path = name.split(" ", 1)
    for router in api._get_bound_routers():
        for own, view in router.path_operations.items():
            for operation in view.operations:
                if method in operation.methods and path == own:
                    return operation.response_models[200].model_fields["response"].annotation
    raise AssertionError(name)


def test_it_is_openapi_3_1() -> None:
    assert SCHEMA["openapi"].startswith("3.1")


@pytest.mark.parametrize("name", NAMES)
def test_each_operation_has_an_example_of_its_body_and_its_answer(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation.answer is not None
    assert (operation.body is not None) == (operation.method == "POST")


@pytest.mark.parametrize("name", NAMES)
def test_an_example_answer_has_the_shape_that_is_described(name: str) -> None:
    answer, example = answer_of(name), examples()[name]["answer"]
    TypeAdapter(answer).validate_python(example)
    shape = get_args(answer)[0] if get_origin(answer) is list else answer
    rows = example if isinstance(example, list) else [example]
    fields = getattr(shape, "model_fields", None)
    assert rows
    assert fields is None or all(set(row) <= set(fields) for row in rows)


def test_every_operation_stands_on_the_page_in_one_part_of_the_flow() -> None:
    assert sorted(name for _, _, names in FLOW for name in names) == NAMES == sorted(examples())


@pytest.mark.parametrize("language", ["zh-hans", "de", "en"])
def test_the_page_shows_every_operation_to_everybody(db: None, language: str) -> None:
    shown = Client(headers={"Accept-Language": language}).get("/api/docs")
    text = shown.content.decode()
    assert shown.status_code == 200
    assert all(f'id="{operation.anchor}"' in text for operation in OPERATIONS.values())
    assert "http-equiv" not in text and "//cdn" not in text


def test_the_description_is_served_with_the_examples() -> None:
    described = Client().get("/api/openapi.json").json()
    answered = described["paths"]["/api/promise"]["post"]["responses"]["200"]["content"]["application/json"]
    assert answered["example"] == examples()["POST /promise"]["answer"]
