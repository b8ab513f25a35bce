"""Stored answers: what a request under an idempotency key was answered."""

from django.db import models
from django.db.models.functions import Now


class StoredAnswer(models.Model):
    """One answer under (principal, route, key); a second request gets it again, never a second effect."""

    principal = models.UUIDField()
    route = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    body_hash = models.BinaryField(max_length=32)
    answer = models.JSONField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["principal", "route", "key"], name="one_answer_a_key"),
        ]
        indexes = [models.Index(fields=["at"], name="stored_answer_age")]
