"""Headers on every answer, and the language a link chooses."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from lianzao.web.language import language_links
from lianzao.web.security_headers import security_headers

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' blob:; "
    "font-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.get_full_path())


def got(middleware: Callable[[HttpRequest], object], path: str, **request: object) -> HttpResponse:
    asked = RequestFactory().get(path)
    for name, value in request.items():
        setattr(asked, name, value)
    response = middleware(asked)
    assert isinstance(response, HttpResponse)
    return response


def test_every_answer_carries_the_policy() -> None:
    headers = got(security_headers(answer), "/").headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_what_a_signed_in_reader_sees_is_stored_nowhere() -> None:
    response = got(security_headers(answer), "/", user=SimpleNamespace(is_authenticated=True))
    assert response.headers["Cache-Control"] == "no-store"


def test_what_a_token_reads_is_stored_nowhere() -> None:
    asked = RequestFactory().get("/api/orders", headers={"authorization": "Bearer x"})
    assert security_headers(answer)(asked)["Cache-Control"] == "no-store"


def test_a_public_page_may_be_stored() -> None:
    assert "Cache-Control" not in got(security_headers(answer), "/", user=AnonymousUser()).headers


@pytest.mark.parametrize(("asked", "code"), [("de", "de"), ("zh-Hans", "zh-hans"), ("zh", "zh-hans"), ("fr", "en")])
def test_a_link_chooses_the_language_and_keeps_the_page(asked: str, code: str) -> None:
    response = got(language_links(answer), f"/orders?state=late&lang={asked}&page=2")
    assert response.status_code == 302
    assert response.headers["Location"] == "/orders?state=late&page=2"
    assert response.cookies["language"].value == code


def test_a_link_cannot_lead_to_another_host() -> None:
    asked = RequestFactory().get("/?lang=de")
    asked.path = "//elsewhere.example/"
    assert language_links(answer)(asked)["Location"] == "/elsewhere.example/"


def test_programs_and_posts_are_left_alone() -> None:
    assert got(language_links(answer), "/api/orders?lang=de").content == b"/api/orders?lang=de"
    posted = RequestFactory().post("/orders?lang=de")
    assert language_links(answer)(posted).status_code == 200
