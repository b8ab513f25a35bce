"""What every page's shell shows: the words of the menu for this viewer, who he is, what is new for him."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from lianzao.base.messages import _
from lianzao.network.models import WorkCentre
from lianzao.notices.models import Notice
from lianzao.trust.middleware import AskedBy
from lianzao.trust.models import Organisation
from lianzao.trust.viewer import Viewer

FACTORY = (("today", _("Today")), ("questions", _("Requests")), ("orders", _("Orders")))
BUYER = (
    ("catalogue", _("Catalogue")),
    ("quotes", _("Quotes")),
    ("orders", _("Orders")),
    ("products", _("Products in use")),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": SimpleLazyObject(lambda: None)} if not hasattr(request, "viewer") else _for(cast(AskedBy, request))


def _for(request: AskedBy) -> dict[str, Any]:
    viewer = request.viewer
    if not viewer.signed_in:
        return {"menu": [], "network_name": gettext("Demo network")}
    makes = WorkCentre.objects.filter(site__organisation__in=viewer.organisations).exists()
    words = dict([*(FACTORY if makes else ()), *BUYER]) if not _only_machinist(viewer) else {"today": _("Today")}
    own = Organisation.objects.filter(id__in=viewer.organisations).order_by("id").values_list("name", flat=True).first()
    inbox = reverse("inbox")
    return {
        "menu": [
            {"url": reverse(name), "label": gettext(label), "current": request.path.startswith(reverse(name))}
            for name, label in list(words.items())[:6]
        ],
        "who": own or viewer.login,
        "notices": {
            "url": inbox,
            "count": Notice.objects.visible_to(viewer).filter(read_at=None).count(),
            "current": request.path.startswith(inbox),
        },
        "network_name": gettext("Demo network"),
    }


def _only_machinist(viewer: Viewer) -> bool:
    return bool(viewer.roles) and set(viewer.roles.values()) == {"machinist"}
