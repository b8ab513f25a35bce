from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "lianzao.trust"
    label = "trust"
