"""Notices in the inbox of an organisation."""

from __future__ import annotations

from typing import Self

from django.db import models

from lianzao.base.refs import new_ref
from lianzao.trust.models import Organisation
from lianzao.trust.viewer import Viewer


class Notices(models.QuerySet["Notice"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(organisation__in=viewer.organisations)


class Notice(models.Model):
    """`text` is an English template, `facts` fill it after translation; `event` and the reader make it unique."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    event = models.UUIDField()
    about = models.CharField(max_length=200)
    text = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    at = models.BigIntegerField()
    read_at = models.BigIntegerField(null=True)

    objects = Notices.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "event"], name="one_notice_an_event")]
        indexes = [models.Index(fields=["organisation", "-at"], name="inbox_order")]
