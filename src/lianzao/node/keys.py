"""Keys of the installation, in a folder of their own beside the data: random, made once, never in a backup."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


class KeyRing:
    """The keys in `folder` (mode 0700), each a file of mode 0600 named for its use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def secret(self, use: str) -> str:
        """A random text of 256 bits, for Django's signatures."""
        return self._kept(use, lambda: secrets.token_urlsafe(32).encode()).decode()

    def signing(self, use: str) -> Ed25519PrivateKey:
        """A signing key (Ed25519, RFC 8032)."""
        raw = self._kept(
            use,
            lambda: Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()),
        )
        return Ed25519PrivateKey.from_private_bytes(raw)

    def _kept(self, use: str, make: Callable[[], bytes]) -> bytes:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / use
        if not path.exists():
            # Two processes may start at once: the one whose link comes first gives the key to both.
            mine = self.folder / f".{use}.{secrets.token_hex(8)}"
            mine.touch(mode=0o600)
            with mine.open("wb") as file:
                file.write(make())
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(mine, path)
            mine.unlink()
        return path.read_bytes()
