"""Serve the press office by hand: `python -m scrapers.office --port 8913`."""

import argparse
import sys
from contextlib import suppress
from threading import Event

from scrapers.office.server import PORT, Office

parser = argparse.ArgumentParser(prog="python -m scrapers.office", description=__doc__)
parser.add_argument("--port", type=int, default=PORT, help="port on 127.0.0.1; 0 takes any free one")
with Office(parser.parse_args().port) as office:
    sys.stdout.write(f"{office.url}/presse/pressemitteilungen (Ctrl-C ends)\n")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        Event().wait()
