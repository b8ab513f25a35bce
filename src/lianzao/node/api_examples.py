"""An example of each operation's answer, taken from the demo network: a quote, its order, its product, its care."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from importlib.resources import files
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

FILE = files("lianzao.node").joinpath("data", "api_examples.json")
METHODS = frozenset({"get", "post", "put", "patch", "delete"})


@cache
def examples() -> Mapping[str, Mapping[str, Any]]:
    """By method and path below /api: `answer`, and `body` where the operation names none itself."""
    read: dict[str, dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    return read


class ExemplifiedAPI(NinjaAPI):
    """An API whose description holds an example of each operation."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        for path, operations in schema["paths"].items():
            for method in METHODS & operations.keys():
                name = f"{method.upper()} /{path.removeprefix(prefix).lstrip('/')}"
                _exemplify(operations[method], examples().get(name, {}))
        return schema


def _exemplify(operation: dict[str, Any], example: Mapping[str, Any]) -> None:
    if "answer" in example:
        operation["responses"][200]["content"]["application/json"]["example"] = example["answer"]
    if "body" in example:
        operation["requestBody"] = deepcopy(operation["requestBody"])  # several operations may share one
        for content in operation["requestBody"]["content"].values():
            content["example"] = example["body"]
