"""The API in words, for people: made from its OpenAPI description, in the order of the flow, without scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from lianzao.base.messages import _
from lianzao.node.api import api
from lianzao.node.api_examples import METHODS

FLOW: Sequence[tuple[str, str, Sequence[str]]] = (
    (
        "promise",
        _("Ask, quote, accept"),
        (
            "POST /promise",
            "POST /quote",
            "GET /quotes",
            "GET /quotes/{ref}",
            "POST /answer/{ref}",
            "POST /accept/{ref}",
        ),
    ),
    (
        "make",
        _("Make and deliver"),
        ("GET /orders", "GET /orders/{ref}", "POST /report/{job}", "POST /replan/{ref}", "POST /cancel/{ref}"),
    ),
    (
        "care",
        _("Care for what was delivered"),
        (
            "GET /products",
            "GET /passport/{ref}",
            "POST /meter",
            "GET /products/{ref}/statements/{month}",
            "POST /maintenance/{ref}/done",
            "POST /products/{ref}/needs",
            "GET /needs",
            "GET /needs/{ref}/request",
            "POST /needs/{ref}/answer",
        ),
    ),
    ("log", _("Learn from a shop's log"), ("POST /import/joblog", "POST /import/{ref}/undo", "POST /replay/joblog")),
)
"""Parts of the page: anchor, head, operations by method and path below /api."""


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Example:
    content_type: str
    text: str


@dataclass(frozen=True, slots=True)
class Operation:
    """What a reader needs to call it; `name` is method and path below the root, `anchor` its place on the page."""

    name: str
    anchor: str
    method: str
    path: str
    summary: str
    description: str
    parameters: Sequence[Parameter]
    body: Example | None
    body_description: str
    answer: Example | None


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    root = api.get_root_path({})
    found = operations(api.get_openapi_schema(), root)
    parts = [
        {"anchor": anchor, "head": gettext(head), "operations": [found[name] for name in names]}
        for anchor, head, names in FLOW
    ]
    context = {"parts": parts, "schema_url": f"{root}openapi.json", "server": request.build_absolute_uri(root)}
    return render(request, "node/api_docs.html", context)


def operations(schema: Mapping[str, Any], root: str) -> dict[str, Operation]:
    """All operations of an OpenAPI description, by method and path below `root`."""
    found = [
        _operation(method.upper(), path, described[method], root)
        for path, described in schema["paths"].items()
        for method in sorted(METHODS & described.keys())
    ]
    return {operation.name: operation for operation in found}


def _operation(method: str, path: str, described: Mapping[str, Any], root: str) -> Operation:
    name = f"{method} /{path.removeprefix(root)}"
    body = described.get("requestBody", {})
    return Operation(
        name=name,
        anchor=re.sub("[^a-z0-9]+", "-", name.casefold()).strip("-"),
        method=method,
        path=path,
        summary=described["summary"],
        description=described.get("description", ""),
        parameters=[
            Parameter(row["name"], row.get("required", False), row.get("description", ""))
            for row in described.get("parameters", ())
        ],
        body=_example(body),
        body_description=body.get("description", ""),
        answer=_example(described["responses"][200]),
    )


def _example(described: Mapping[str, Any]) -> Example | None:
    """The first example of a body or an answer; JSON is indented."""
    for content_type, content in described.get("content", {}).items():
        if "example" in content:
            value = content["example"]
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
            return Example(content_type, text)
    return None
