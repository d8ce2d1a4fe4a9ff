"""Golden pairs: for every family of sites and every version of its layout a page and the release it holds.

`FAMILY/LAYOUT.html` is read by the family's file, or by the first source that brings the layout along;
`FAMILY/generic.html` stands for sources that describe no layout. After a deliberate change of the page
extractor, `python -m tests.golden.test_golden` writes the records anew; read the difference before it
is committed.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.page import digits_kept, page_record, read_page
from models.source import Layout, Source
from scrapers.registry import FAMILIES
from tests.support.offices import bundled_sources

FOLDER = Path(__file__).parent
PAGES = sorted(FOLDER.glob("*/*.html"))
FETCHED_AT = datetime(2026, 1, 15, 6, 0, tzinfo=UTC)


def family_layouts(family: str) -> list[Layout]:
    document = yaml.safe_load((FAMILIES / f"{family}.yaml").read_text(encoding="utf-8")) or {}
    return [Layout.model_validate(layout) for layout in document.get("layouts", [])]


def layout_of(page: Path) -> Layout | None:
    """The layout that a golden page has; None where it is read generically."""
    family, name = page.parent.name, page.stem
    own = family_layouts(family)
    brought = [layout for source in bundled_sources() if source.family == family for layout in source.layouts]
    return next((layout for layout in [*own, *brought] if layout.name == name), None)


def record(page: Path) -> dict[str, Any]:
    return record_of(page.read_bytes(), page.stem, page.parent.name, layout_of(page))


def record_of(body: bytes, name: str, family: str, layout: Layout | None) -> dict[str, Any]:
    """What is read from a page by a layout, as a golden record holds it."""
    source = Source.model_validate(
        {
            "id": "golden",
            "publisher": "Ministerium",
            "level": "land",
            "state": "NW",
            "homepage": "https://www.ministerium.example/",
            "hosts": ["www.ministerium.example"],
            "family": family,
            "verified": "never",
            "feeds": ["https://www.ministerium.example/feed"],
            "layouts": [layout] if layout else [],
        }
    )
    url = f"https://www.ministerium.example/presse/{name}"
    release = read_page(body, url=url, content_type="text/html", source=source, fetched_at=FETCHED_AT)
    return {**page_record(release), "digits_kept": round(digits_kept(body, release), 2)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_golden_page_gives_the_expected_release(page: Path) -> None:
    found = record(page)
    assert found == json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert found["generic"] == (layout_of(page) is None)
    assert found["digits_kept"] >= 0.9
    assert found["published"]


@pytest.mark.parametrize("source", bundled_sources(), ids=lambda source: source.id)
def test_every_source_has_a_golden_pair_for_its_family_and_layouts(source: Source) -> None:
    pairs = {page.stem for page in PAGES if page.parent.name == source.family if page.with_suffix(".json").exists()}
    assert pairs, f"tests/golden/{source.family} holds no pair"
    assert {layout.name for layout in source.layouts} <= pairs


@pytest.mark.parametrize("family", sorted(path.stem for path in FAMILIES.glob("*.yaml")))
def test_every_layout_of_a_family_has_a_golden_pair(family: str) -> None:
    names = [layout.name for layout in family_layouts(family)] or ["generic"]
    missing = [name for name in names if not (FOLDER / family / f"{name}.json").exists()]
    assert missing == []


if __name__ == "__main__":
    for each in PAGES:
        text = json.dumps(record(each), ensure_ascii=False, indent=2) + "\n"
        each.with_suffix(".json").write_text(text, encoding="utf-8")
