"""The node's settings for tests, in a home of their own for each run."""

import os
import tempfile
from pathlib import Path

os.environ["LIANZAO_HOME"] = tempfile.mkdtemp(prefix="lianzao-test-")
Path(os.environ["LIANZAO_HOME"], "data").mkdir()

from lianzao.node.settings import *  # noqa: E402, F403
