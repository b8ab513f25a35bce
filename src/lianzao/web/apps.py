from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "lianzao.web"
    label = "web"
