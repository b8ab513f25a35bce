"""One installation: settings, URLs, ASGI entry, worker, command line. It only composes."""
