"""Django's settings, made from the environment (see `environment.SETTINGS` for the table of names)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from lianzao.node import environment, keys

django_stubs_ext.monkeypatch()

NODE = environment.read()
HOME: Path = NODE["LIANZAO_HOME"].resolve()
PACKAGE = Path(__file__).resolve().parent.parent


def database(url: str) -> dict[str, Any]:
    """Django's entry for `url`. What is acknowledged is durable: FULL on SQLite, PostgreSQL's own default there."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        pragmas = ("journal_mode=WAL", "synchronous=FULL", "mmap_size=134217728", "journal_size_limit=67108864")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": Path(unquote(url.removeprefix("sqlite:///"))).resolve(),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": ";".join(f"PRAGMA {pragma}" for pragma in (*pragmas, "cache_size=-20000")),
            },
            "TEST": {"NAME": HOME / "data" / "test.db"},  # a file: threads of a test share it
        }
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 12, "timeout": 20}, **options},
    }


DATABASE_URL: str = NODE["DATABASE_URL"] or f"sqlite:///{HOME / 'data' / 'lianzao.db'}"
DATABASES = {"default": database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

KEYS = keys.KeyRing(HOME / "keys")
SECRET_KEY = KEYS.secret("web")
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "lianzao.web",
    "lianzao.ledger",
    "lianzao.trust",
    "lianzao.vocabulary",
    "lianzao.network",
    "lianzao.catalog",
    "lianzao.capacity",
    "lianzao.trade",
    "lianzao.production",
    "lianzao.aftercare",
    "lianzao.notices",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lianzao.web.security_headers.security_headers",
    "lianzao.web.requests.RequestLog",
    "lianzao.web.requests.one_address",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lianzao.web.language.language_links",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lianzao.trust.middleware.ViewerMiddleware",
    "lianzao.ledger.receipts.ReceiptMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "lianzao.web.problems.RefusalMiddleware",
]
ROOT_URLCONF = "lianzao.node.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "node" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lianzao.node.shell.shell",
            ]
        },
    }
]

AUTH_USER_MODEL = "trust.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login"
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
APPEND_SLASH = False

LANGUAGE_CODE = "en"
LANGUAGES = [("zh-hans", _("Chinese")), ("de", _("German")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
LOGGING_CONFIG = None
