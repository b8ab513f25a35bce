from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "lianzao.catalog"
    label = "catalog"
