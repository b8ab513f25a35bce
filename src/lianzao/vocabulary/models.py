"""Processes (DIN 8580), materials and certificates. Public words: everyone may read them."""

from __future__ import annotations

from typing import Self

from django.db import models

from lianzao.trust.viewer import Viewer


class Public(models.QuerySet[models.Model]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.all()


class Process(models.Model):
    """A manufacturing process; `parent` is the more general one that it satisfies."""

    code = models.CharField(max_length=40, primary_key=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    name = models.JSONField()

    objects = Public.as_manager()


class Material(models.Model):
    """A material grade; `parent` is its group. Density in kg/m3."""

    code = models.CharField(max_length=40, primary_key=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    name = models.JSONField()
    density = models.DecimalField(max_digits=8, decimal_places=2, null=True)

    objects = Public.as_manager()


class CertificateKind(models.Model):
    """A kind of certificate that a firm or a process may hold (ISO 9001, IATF 16949, EN 10204 3.1)."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.JSONField()

    objects = Public.as_manager()
