"""Proposes the file of a press office together with a golden pair, to be reviewed.

    python -m tests.golden.propose URL FOLDER

Writes ID.yaml, ID.html (a release as the site sent it) and ID.json (the record that is read from it).
"""

import json
import sys
from pathlib import Path

import yaml

from models.errors import BilanzError
from models.source import Layout
from scrapers.http.fetch import Fetcher
from scrapers.proposing.propose import propose
from tests.golden.test_golden import record_of


def main(url: str, folder: Path) -> None:
    """Writes the three files and says what to do with them."""
    proposal = propose(url, Fetcher())
    path = folder / f"{proposal.id}.yaml"
    if path.exists():
        raise SystemExit(f"{path} exists already; move it away first.")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(proposal.text, "utf-8")
    sys.stdout.write(f"{path}: fill in publisher, level and state.\n")
    if proposal.sample is None:
        raise SystemExit("No release could be fetched: save one by hand for the golden pair.")
    description = yaml.safe_load(proposal.text)
    layouts = [Layout.model_validate(layout) for layout in description.get("layouts", [])]
    found = record_of(proposal.sample.body, proposal.id, description["family"], next(iter(layouts), None))
    path.with_suffix(".html").write_bytes(proposal.sample.body)
    path.with_suffix(".json").write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    sys.stdout.write(f"{path.with_suffix('.html')}, .json: the golden pair; is every paragraph there?\n")
    sys.stdout.write(f"Then: BILANZ_SOURCES={folder} bilanz sources check {proposal.id}\n")


if __name__ == "__main__":
    try:
        main(sys.argv[1], Path(sys.argv[2]))
    except BilanzError as error:
        raise SystemExit(str(error)) from error
