"""How long the import of a shop's log takes: `python -m benchmarks.import_log [FILE]`, the sample log unless told."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.node import Node
from tests.reliability.node import ROOT

SAMPLE = ROOT.parent / "shared" / "data" / "joblog" / "production_log.csv"
TIMES = 3


def main(file: Path) -> None:
    if not file.exists():
        print(f"skipped: there is no {file.name} beside the project")
        return
    took = []
    for _ in range(TIMES):
        with tempfile.TemporaryDirectory(prefix="lianzao-") as home:
            node = Node(Path(home))
            node.environment.pop("DATABASE_URL", None)
            node.cli("doctor")  # makes the database
            began = time.monotonic()
            answer = node.cli("import", "joblog", str(file), "--site", "Shop")
            took.append(time.monotonic() - began)
    print(
        f"{answer['rows_read']} rows, {answer['parts']} parts, {answer['resources']} resources: "
        f"fastest {min(took):.1f} s, slowest {max(took):.1f} s of {TIMES}, with the start of the process"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
