from django.urls import path

from lianzao.trade.pages import catalogue, questions, quotes, rules

urlpatterns = [
    path("catalogue", catalogue.catalogue, name="catalogue"),
    path("catalogue/<str:code>", catalogue.product, name="product"),
    path("quotes", quotes.quotes, name="quotes"),
    path("quotes/<str:ref>", quotes.quote, name="quote"),
    path("questions", questions.questions, name="questions"),
    path("rules", rules.rules, name="rules"),
]
