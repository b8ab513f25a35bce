from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    name = "lianzao.vocabulary"
    label = "vocabulary"
