"""Who may sign in to the demo: one login a role, with passwords made for this installation and kept beside its keys."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Login:
    """`of` is the login of the firm's own person in the tables of the demo, empty for the network's."""

    role: str
    login: str
    of: str
    language: str
    name: str


LOGINS = (
    Login("operator", "operator", "", "en", "Network operator"),
    Login("factory", "factory", "brenzfeld", "de", "Planung Brenzfeld"),
    Login("buyer", "buyer", "buyer", "en", "Purchasing Alpenbogen"),
    Login("machinist", "machinist", "brenzfeld", "de", "Montage Brenzfeld"),
    Login("factory-asked", "factory-asked", "lautermoor", "de", "Planung Lautermoor"),
    Login("factory-cn", "factory-cn", "lanyan", "zh", "澜砚计划"),
    Login("buyer-cn", "buyer-cn", "buyer-cn", "zh", "苏澜采购"),
    Login("rival", "rival", "rival", "de", "Einkauf Gegenwind"),
)


def passwords() -> Mapping[str, str]:
    """The password of each login, made on the first call and kept (mode 0600)."""
    path = _path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        # Two processes may begin at once: the one whose link comes first gives the passwords to both.
        mine = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        mine.touch(mode=0o600)
        mine.write_text(json.dumps({each.login: secrets.token_urlsafe(9) for each in LOGINS}))
        with contextlib.suppress(FileExistsError):
            os.link(mine, path)
        mine.unlink()
    kept: dict[str, str] = json.loads(path.read_text())
    return kept


def kept_passwords() -> Mapping[str, str]:
    """Those made before; nothing where the keys were left behind."""
    path = _path()
    return json.loads(path.read_text()) if path.exists() else {}


def _path() -> Path:
    return Path(settings.HOME) / "keys" / "demo-logins.json"
