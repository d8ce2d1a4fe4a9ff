"""The generic reading of whole pages as German, Austrian and Swiss authorities build them, with all that stands around.

`cms/index.json` names for each page its headline, the day of publication, what title and text must hold and what
they must not; the sentences are made up.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from extractors.page import page_record, read_page

FOLDER = Path(__file__).parent / "cms"
PAGES: list[dict[str, Any]] = json.loads((FOLDER / "index.json").read_text("utf-8"))


def squash(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


@pytest.mark.parametrize("page", PAGES, ids=[page["file"].removesuffix(".html") for page in PAGES])
def test_release_is_read_without_what_stands_around_it(page: dict[str, Any]) -> None:
    record = page_record(read_page((FOLDER / page["file"]).read_bytes(), url=page["url"]))
    text = squash(f"{record['title']} {record['text']}")
    assert [snippet for snippet in page["gold_with"] if squash(snippet) not in text] == []
    assert [snippet for snippet in page["gold_without"] if squash(snippet) in text] == []
    assert (record["published"] or "")[:10] == page["gold_date"]
    assert record["title"] == page["gold_title"]


def test_every_page_has_a_gold_entry() -> None:
    assert {page["file"] for page in PAGES} == {path.name for path in FOLDER.glob("*.html")}
    assert len(PAGES) >= 15
