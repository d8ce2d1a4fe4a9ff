"""Pages that hold one trap each, and what is read from them."""

from typing import Any

from extractors.page import page_record, read_page
from models.release import Release
from models.source import Source

URL = "https://m.example/presse/hafen"
FIRST = (
    "Das Land gibt im kommenden Jahr 12,5 Millionen Euro für den Ausbau der 48 Häfen, sagte die Ministerin am Dienstag."
)
SECOND = (
    "Die Städte können Anträge bis Ende März stellen; im vergangenen Jahr wurden 31 Vorhaben mit 8,2 Millionen "
    "Euro bezahlt."
)
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"
DATED = "<p>23.04.2024</p>"


def read(markup: str, head: str = "<title>Häfen werden ausgebaut</title>", url: str = URL) -> Release:
    return read_page(f"<html lang=de><head>{head}</head><body>{markup}</body></html>".encode(), url=url)


def main(markup: str, **options: Any) -> Release:
    return read(f"<main><h1>Häfen werden ausgebaut</h1>{markup}</main>", **options)


def parts(release: Release) -> list[str]:
    return [release.text[part.start : part.end] for part in release.paragraphs]


def day(release: Release) -> str:
    return str(page_record(release)["published"] or "")[:10]


def by_selectors(markup: str, **selectors: Any) -> Release:
    layout = {"name": "now", "selectors": {"title": "h1", "body": "div.text", **selectors}}
    office = Source.model_validate({
        "id": "m", "publisher": "Ministerium", "level": "land", "state": "NW", "homepage": "https://m.example/",
        "hosts": ["m.example"], "family": "own", "verified": "never", "feeds": ["https://m.example/feed"],
        "layouts": [layout],
    })  # fmt: skip
    page = (
        f"<html lang=de><head><title>Häfen</title><meta name=date content='23.04.2024'></head><body>"
        f"{markup}</body></html>"
    )
    return read_page(page.encode(), url=URL, source=office)
