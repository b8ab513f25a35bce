"""Django's own command line, for those who build the platform; users have `lianzao`."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianzao.node.settings")
execute_from_command_line(sys.argv)
