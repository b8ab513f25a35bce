from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "lianzao.ledger"
    label = "ledger"
