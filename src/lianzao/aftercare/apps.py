from django.apps import AppConfig


class AftercareConfig(AppConfig):
    name = "lianzao.aftercare"
    label = "aftercare"

    def ready(self) -> None:
        from lianzao.aftercare.actions.product import make_products  # noqa: PLC0415 - models are loaded only now
        from lianzao.production.ports import ports  # noqa: PLC0415

        ports.delivered.append(make_products)
