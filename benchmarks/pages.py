"""Pages a second: our generic reading beside trafilatura and htmldate, in one run on the same pages.

    python benchmarks/pages.py [FOLDER]

FOLDER holds saved pages (*.html); without it the pages of the bundled press office are read. Each side gives title,
text and day of publication. Rounds alternate, and the best round of each side counts.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import htmldate
import trafilatura

from extractors.page import read_page
from scrapers.office import site

ROUNDS = 5


def ours(body: bytes, url: str) -> None:
    read_page(body, url=url)


def theirs(body: bytes, url: str) -> None:
    trafilatura.extract_metadata(body)
    trafilatura.extract(body)
    htmldate.find_date(body.decode("utf-8", "replace"), original_date=True, url=url)


def theirs_without_title(body: bytes, url: str) -> None:
    trafilatura.extract(body)
    htmldate.find_date(body.decode("utf-8", "replace"), original_date=True, url=url)


def pages(folder: str | None) -> list[tuple[bytes, str]]:
    if folder is None:
        found = [(site.release_page(release.slug), release.path) for release in site.releases()]
        return [(page.body, f"https://example.org{path}") for page, path in found if page]
    return [(path.read_bytes(), f"https://example.org/{path.name}") for path in sorted(Path(folder).glob("*.html"))]


def seconds(read: Callable[[bytes, str], None], corpus: list[tuple[bytes, str]]) -> float:
    start = perf_counter()
    for body, url in corpus:
        read(body, url)
    return perf_counter() - start


def main() -> None:
    corpus = pages(sys.argv[1] if len(sys.argv) > 1 else None)
    if not corpus:
        sys.exit("The folder holds no *.html files.")
    sides = {"ours": ours, "trafilatura + htmldate": theirs, "the same without title": theirs_without_title}
    best = dict.fromkeys(sides, float("inf"))
    for _ in range(ROUNDS):
        for side, read in sides.items():
            best[side] = min(best[side], seconds(read, corpus))
    for side, took in best.items():
        print(f"{side:24} {len(corpus) / took:8.1f} pages/s   {took / best['ours']:5.2f} x our time")


if __name__ == "__main__":
    main()
