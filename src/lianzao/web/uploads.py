"""A file as the body of a request: larger than other bodies, so that its route reads it with a limit of its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.request import RawPostDataException

from lianzao.base.messages import _
from lianzao.base.refusals import Refused
from lianzao.web.api import with_body

LARGEST = 64 << 20


class NoFile(Refused):
    code = "no-file"
    text = _("The body of this request is no file.")
    hint = _("the bytes of one file as the whole body")


class TooLarge(Refused):
    code = "too-large"
    status = 413
    text = _("This file is too large.")
    hint = _("at most {most} bytes")


def read_file(request: HttpRequest) -> bytes:
    """The body of `request`, to be read before anything else reads it.

    Raises NoFile for a form, TooLarge.
    """
    if request.content_type == "multipart/form-data":
        raise NoFile(at="body")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise TooLarge(at="body", most=LARGEST)
    try:
        data = request.read(LARGEST + 1)
    except RawPostDataException:
        raise NoFile(at="body") from None
    if len(data) > LARGEST:
        raise TooLarge(at="body", most=LARGEST)
    return data


def a_file(content_type: str, description: str) -> dict[str, Any]:
    """OpenAPI for an operation that takes one file as its body."""
    described = with_body({}, description)
    described["requestBody"]["content"] = {content_type: {"schema": {"type": "string", "format": "binary"}}}
    return described
