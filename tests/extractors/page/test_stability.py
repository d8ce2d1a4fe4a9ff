"""The canonical text does not change with the markup around the same words, and no markup breaks the reader."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from extractors.page import read_page
from models.errors import BilanzError
from scrapers.office import site
from scrapers.registry import source

URL = "http://127.0.0.1:8913/presse/pressemitteilung/x"
PAGES = {release.slug: site.release_page(release.slug) for release in site.releases()}
RESTYLED = ("row", "col-md-8", "c-block", "wrapper", "u-mb-2")


def restyle(body: bytes, seed: int) -> bytes:
    """The same page with other wrappers, attributes and white space."""
    chance = random.Random(seed)
    root = html.document_fromstring(body.decode())
    for element in list(root.body.iter()):
        if not isinstance(element.tag, str):
            continue
        if chance.random() < 0.3:
            element.set("data-id", str(chance.random()))
        if element.tag in ("p", "h1", "h2", "ul", "table", "blockquote") and chance.random() < 0.4:
            wrapper = html.Element("div", {"class": chance.choice(RESTYLED)})
            parent = element.getparent()
            wrapper.tail, element.tail = element.tail, None
            parent.replace(element, wrapper)
            wrapper.append(element)
        if element.tag == "p" and element.text and chance.random() < 0.3:
            element.text = element.text.replace(" ", "\n   ", 1)
        if element.tag in ("p", "li") and not len(element) and element.text and chance.random() < 0.3:
            span = html.Element("span")
            span.text, element.text = element.text, None
            element.append(span)
    return html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>")


@settings(max_examples=60, deadline=None)
@given(slug=st.sampled_from(sorted(PAGES)), seed=st.integers(0, 10**6))
def test_text_is_stable_against_markup(slug: str, seed: int) -> None:
    page = PAGES[slug]
    assert page is not None
    changed = restyle(page.body, seed)
    assert changed != page.body
    for office in (None, source("uebungsportal")):
        before, after = (read_page(body, url=URL, source=office) for body in (page.body, changed))
        assert (after.title, after.text, after.published) == (before.title, before.text, before.published)
        assert after.text_hash == before.text_hash


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(slug=st.sampled_from(sorted(PAGES)), data=st.data())
def test_cut_or_damaged_pages_are_read_or_refused(slug: str, data: st.DataObject) -> None:
    page = PAGES[slug]
    assert page is not None
    body = bytearray(page.body[: data.draw(st.integers(0, len(page.body)))])
    for _ in range(data.draw(st.integers(0, 20)) if body else 0):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    for office in (None, source("uebungsportal")):
        try:
            release = read_page(bytes(body), url=URL, source=office)
        except BilanzError:
            continue
        assert release.text.startswith(release.title + "\n\n")
        for part in release.paragraphs:
            assert release.text[part.start : part.end].strip()


SENTENCE = "<p>Das Land fördert 12 Projekte mit 3,5 Millionen Euro und freut sich sehr darüber, sagte der Minister.</p>"


@pytest.mark.parametrize(
    "inner",
    [
        "<div>" * 10_000 + "tief",
        f"<div>{SENTENCE}" * 3_000,
        "<p>" + "<span>" * 10_000 + "tief",
        "<ul><li>Punkt" * 10_000,
        "<table><tr><td>" * 3_000 + SENTENCE,
        "<table>" + "<tr><th>A</th><td>1.234</td><td>5,6 %</td></tr>" * 20_000 + "</table>",
        "<blockquote>" * 10_000,
        "a" * 1_000_000,
        "<time datetime='2021-13-01'>x</time>" * 5_000,
    ],
    ids=["divs", "texts", "spans", "lists", "tables", "rows", "quotes", "word", "times"],
)
def test_monstrous_pages_are_read(inner: str) -> None:
    document = f"<html><body><h1>Titel der Meldung</h1>{SENTENCE}{inner}</body></html>"
    release = read_page(document.encode(), url=URL)
    assert "12 Projekte mit 3,5 Millionen Euro" in release.text


def test_the_same_bytes_give_the_same_release() -> None:
    for page in PAGES.values():
        assert page is not None
        assert read_page(page.body, url=URL) == read_page(page.body, url=URL)
