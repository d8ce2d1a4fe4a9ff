"""Reading by the selectors of a source file."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest

from extractors.page import page_record, read_page
from models.errors import LayoutChanged
from models.source import Source
from scrapers.office import site
from scrapers.registry import source

URL = "https://m.example/presse/1"
PAGE = """<html lang="de"><head><title>Presse | Ministerium</title></head><body><div class="frame">
<p class="day">Presse 12/24, 21. Mai 2024</p><p class="top">Verkehr</p><h1>Hafen wird ausgebaut</h1>
<div class="lead">Das Land gibt 12,5 Millionen Euro.</div>
<div class="body"><p>Von 40 Plätzen sind 31 fertig.</p><div class="ad"><p>Abonnieren Sie 7 Newsletter.</p></div>
<ul><li>4 Kräne</li></ul><p>Kurz.</p></div>
<div class="who">Jana Beispiel<br>Tel. 0211 1234</div>
<a class="file" href="/a.pdf">Plan (PDF)</a></div></body></html>"""


def office(**changes: Any) -> Source:
    selectors = {
        "title": "h1",
        "body": "div.body",
        "date": "p.day",
        "kicker": "p.top",
        "lead": {"css": "div.lead", "count": "0-1"},
        "contact": "div.who",
        "attachments": {"css": "a.file", "count": "0-3"},
        "remove": [".ad"],
    }
    layouts = [{"name": "now", "selectors": selectors | changes.pop("selectors", {}), **changes}]
    return made(layouts)


def made(layouts: list[dict[str, Any]]) -> Source:
    return Source.model_validate({
        "id": "m", "publisher": "Ministerium", "level": "land", "state": "NW", "homepage": "https://m.example/",
        "hosts": ["m.example"], "family": "own", "verified": "never", "feeds": ["https://m.example/feed"],
        "layouts": layouts,
    })  # fmt: skip


def test_parts_are_read_where_the_file_says() -> None:
    record = page_record(read_page(PAGE.encode(), url=URL, source=office()))
    assert record["text"] == (
        "Hafen wird ausgebaut\n\nDas Land gibt 12,5 Millionen Euro.\n\n"
        "Von 40 Plätzen sind 31 fertig.\n\n4 Kräne\n\nKurz."
    )
    assert [part["role"] for part in record["paragraphs"]] == ["lead", "paragraph", "list_item", "paragraph"]
    assert (record["kicker"], record["published"]) == ("Verkehr", "2024-05-21")
    assert record["date_method"] == "selector:p.day"
    assert record["contact"] == "Jana Beispiel\nTel. 0211 1234"
    assert record["attachments"] == [{"url": "https://m.example/a.pdf", "title": "Plan"}]
    assert not record["generic"]


@pytest.mark.parametrize(
    ("part", "selector"),
    [
        ("title", "h1.gone"),
        ("body", {"css": "p", "count": "1"}),
        ("date", "p.top"),
        ("contact", {"css": ".who", "count": "2+"}),
        ("body", "div.frame > .empty"),
    ],
)
def test_selectors_that_do_not_fit_are_a_changed_layout(part: str, selector: Any) -> None:
    strict = office(selectors={part: selector}, generic_fallback=False)
    with pytest.raises(LayoutChanged, match=f"selector of the {part}") as failure:
        read_page(PAGE.encode(), url=URL, source=strict)
    assert failure.value.snapshot == sha256(PAGE.encode()).hexdigest()


def test_generic_fallback_is_marked() -> None:
    long = PAGE.replace("Kurz.", "Der Hafen ist der wichtigste Umschlagplatz der Region, sagte die Ministerin am Kai.")
    release = read_page(long.encode(), url=URL, source=office(selectors={"title": "h1.gone"}))
    assert release.generic
    assert release.title == "Hafen wird ausgebaut"
    assert "h1.gone" in release.warnings[0]


def test_optional_parts_may_be_missing() -> None:
    without = PAGE.replace('<div class="lead">Das Land gibt 12,5 Millionen Euro.</div>', "")
    release = read_page(without.encode(), url=URL, source=office(selectors={"date": {"css": "p.none", "count": "0-1"}}))
    assert release.text.startswith("Hafen wird ausgebaut\n\nVon 40 Plätzen")
    assert page_record(release)["published"] == "2024-05-21", "what the selector does not find is looked for"


def test_parts_inside_title_and_body_are_not_read_twice() -> None:
    page = """<html><body><h1><small class="top">Verkehr</small> Hafen <time class="day">21.05.2024</time> wächst</h1>
    <div class="body"><p>Von 40 Plätzen sind 31 fertig.</p><p class="who">Jana Beispiel</p></div></body></html>"""
    inside = {"date": "time.day", "kicker": "small.top", "contact": "p.who", "attachments": None}
    release = read_page(page.encode(), url=URL, source=office(selectors=inside))
    assert release.text == "Hafen wächst\n\nVon 40 Plätzen sind 31 fertig."
    assert (release.kicker, release.contact, release.date_precision) == ("Verkehr", "Jana Beispiel", "day")


def test_snapshots_are_read_with_the_layout_of_their_day() -> None:
    old = {"name": "old", "valid_until": date(2023, 12, 31), "selectors": {"title": "h2", "body": "article"}}
    new = {"name": "new", "selectors": {"title": "h1", "body": "div.body"}, "generic_fallback": False}
    both = made([new, old])
    page = b"<html><body><h2>Hafen geplant</h2><article><p>Das Land plant 40 Kais.</p></article></body></html>"
    release = read_page(page, url=URL, source=both, fetched_at=datetime(2023, 5, 1, tzinfo=UTC))
    assert release.title == "Hafen geplant"
    with pytest.raises(LayoutChanged, match="'new'"):
        read_page(page, url=URL, source=both, fetched_at=datetime(2024, 5, 1, tzinfo=UTC))


def test_future_day_is_refused() -> None:
    release = read_page(PAGE.encode(), url=URL, source=office(), fetched_at=datetime(2024, 5, 1, tzinfo=UTC))
    assert release.published is None
    assert "21. Mai 2024" in release.warnings[0]


def test_the_bundled_office_is_read_alike_with_and_without_its_file() -> None:
    for release in site.releases():
        page = site.release_page(release.slug)
        assert page is not None
        by_file = read_page(page.body, url=f"http://127.0.0.1:8913{release.path}", source=source("uebungsportal"))
        generic = read_page(page.body, url=f"http://127.0.0.1:8913{release.path}")
        assert by_file.text == generic.text
        assert by_file.published == generic.published == release.published
        assert (by_file.place, by_file.kicker) == (release.place, release.topic)
        assert len(by_file.attachments) == len(generic.attachments) == len(release.attachments)
        assert release.contact.phone in (by_file.contact or "")
        assert release.contact.phone not in by_file.text
