"""The command line `lianzao`: a contract that scripts and other people's tools rely on."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command; a refusal is a problem object on stderr and exit 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianzao.node.settings")
    from lianzao.node.environment import BadSetting

    try:
        import django

        django.setup()
    except BadSetting as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    from lianzao.node.cli.tour import cli

    cli()
