"""Every setting of the node stands in the one place where settings are documented."""

from pathlib import Path

from lianzao.node.environment import SETTINGS

DOCS = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def test_each_setting_has_its_row_with_its_default() -> None:
    text = DOCS.read_text()
    for setting in SETTINGS:
        assert f"| `{setting.name}` | {f'`{setting.default}`' if setting.default else '—'} |" in text
