"""The worker process: `python -m lianzao.node.worker NAME`."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianzao.node.settings")


def main(name: str) -> None:
    import django

    django.setup()
    from django.conf import settings

    from lianzao.node import logs, workflows

    logs.configure()
    stop = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stop.set())
    workflows.launch(name)
    threading.Thread(target=_beat, args=(Path(settings.HOME) / "worker.alive", stop), daemon=True).start()
    workflows.run(stop)
    workflows.stop()


def _beat(path: Path, stop: threading.Event) -> None:
    """Touch a file each second: the health page reads its age."""
    while not stop.wait(1):
        path.touch()
        path.write_text(str(int(time.time())))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "worker-0")
