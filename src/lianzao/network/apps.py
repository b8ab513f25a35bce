from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "lianzao.network"
    label = "network"
