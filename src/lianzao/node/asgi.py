"""The one ASGI entry: twins (Starlette) at /aas, everything else Django.

Django's own handler answers pages and API: it drops header names with underscores and folds cookies rightly, which a
bridge of ours would have to learn.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import AsyncIterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianzao.node.settings")

import django
from asgiref.sync import sync_to_async

django.setup()

from django.conf import settings
from django.core.asgi import get_asgi_application
from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.types import Receive, Scope, Send

from lianzao.base import clock
from lianzao.base.holiday_plans import UnknownPlace
from lianzao.capacity import availability, guards
from lianzao.node import logs
from lianzao.node.twins import twins

logs.configure()
pages = get_asgi_application()


@contextlib.asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[None]:
    await sync_to_async(_prepare)()
    yield


def _prepare() -> None:
    """Refuse to start without guards; make what each promise needs, and spare it from garbage collection."""
    guards.require()
    now = clock.seconds()
    with contextlib.suppress(UnknownPlace):  # who asks about that place is told
        availability.prepare(now=now, until=now + settings.NODE["PLAN_HORIZON_DAYS"] * availability.DAY)
    gc.collect()
    gc.freeze()


_life = Starlette(lifespan=lifespan)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _life(scope, receive, send)
    elif scope["path"] == "/aas":
        await RedirectResponse("/aas/description", 307)(scope, receive, send)
    elif scope["path"].startswith("/aas/"):
        await twins({**scope, "root_path": scope.get("root_path", "") + "/aas"}, receive, send)
    else:
        await pages(dict(scope), receive, send)  # type: ignore[arg-type]  # Django types its events as Mapping
