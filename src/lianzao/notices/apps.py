from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lianzao.notices"
    label = "notices"
