"""Events as they were committed, their seals in order, and how far each follower has read."""

from django.db import models


class Event(models.Model):
    """One thing that happened, written in its transaction and never updated.

    `body` are the canonical bytes (RFC 8785); `leaf` is SHA-256(0x00 || body).
    """

    ref = models.UUIDField(unique=True)
    kind = models.CharField(max_length=80)
    subject = models.UUIDField(db_index=True)
    body = models.BinaryField()
    leaf = models.BinaryField(max_length=32)


class Seal(models.Model):
    """The place of an event in the chain: hash = SHA-256(0x01 || previous hash || leaf)."""

    seq = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT)
    hash = models.BinaryField(max_length=32)
    at = models.DateTimeField()


class Head(models.Model):
    """The one row that a sealing transaction locks on PostgreSQL: the last sequence and hash."""

    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32, default=bytes(32))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_ledger_head")]


class Reader(models.Model):
    """How far the followers have been handed the sealed sequence."""

    name = models.CharField(max_length=80, unique=True)
    seq = models.BigIntegerField(default=0)
