from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CapacityConfig(AppConfig):
    name = "lianzao.capacity"
    label = "capacity"

    def ready(self) -> None:
        from lianzao.capacity import guards  # noqa: PLC0415 - models are loaded only now

        post_migrate.connect(guards.install, sender=self)
