"""What every page's shell shows: the words of the menu for this viewer, who he is, what is new for him."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
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
    """Nothing for an error page that came before anybody knew who asks."""
    return _for(cast(AskedBy, request)) if hasattr(request, "viewer") else {}


def _for(request: AskedBy) -> dict[str, Any]:
    viewer = request.viewer
    if not viewer.signed_in:
        return {"menu": [], "network_name": gettext("Demo network")}
    making = Exists(WorkCentre.objects.filter(site__organisation=OuterRef("id")))
    firms = Organisation.objects.filter(id__in=viewer.organisations).annotate(makes=making).order_by("id")
    own = list(firms.values_list("name", "makes"))
    makes = any(makes for _name, makes in own)
    words = _words(viewer, makes=makes)
    inbox = reverse("inbox")
    return {
        "menu": [
            {"url": reverse(name), "label": gettext(label), "current": request.path.startswith(reverse(name))}
            for name, label in words.items()
        ],
        "who": own[0][0] if own else viewer.login,
        "notices": {
            "url": inbox,
            "count": Notice.objects.visible_to(viewer).filter(read_at=None).count(),
            "current": request.path.startswith(inbox),
        },
        "network_name": gettext("Demo network"),
    }


def _words(viewer: Viewer, *, makes: bool) -> dict[str, str]:
    """At most six words, those of one's trade first; whoever runs the network has none of them."""
    if not viewer.roles:
        return {}
    if set(viewer.roles.values()) == {"machinist"}:
        return {"today": _("Today")}
    return dict([*(FACTORY if makes else ()), *BUYER])
