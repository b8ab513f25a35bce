from django.apps import AppConfig


class ProductionConfig(AppConfig):
    name = "lianzao.production"
    label = "production"

    def ready(self) -> None:
        from lianzao.production.actions.job import Dispatch  # noqa: PLC0415 - models are loaded only now
        from lianzao.trade.ports import ports  # noqa: PLC0415

        ports.job_orders = Dispatch()
