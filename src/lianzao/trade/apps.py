from django.apps import AppConfig


class TradeConfig(AppConfig):
    name = "lianzao.trade"
    label = "trade"
