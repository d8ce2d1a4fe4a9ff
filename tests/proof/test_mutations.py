"""Damaged pages and texts, from bytes to claims: read or refused, never a crash, never without end, and offsets true.

Seeds are the golden pages, the pages of the bundled press office and the annotated texts. `make proof` tries 10,000
cases, `make test` 200; `CASE=1234 pytest tests/proof -k one_case` tries one again.
"""

import faulthandler
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractors.claims import extract
from extractors.page import read_page
from models.claim import Extraction
from models.errors import BilanzError
from models.release import Paragraph
from scrapers.office import site
from scrapers.registry import all_sources
from tests.proof.mutations import PAGES, TEXTS

CEILING = 10.0
"""Seconds of processor time that a page of up to a million characters may take."""
_FOLDER = Path(__file__).parent.parent
_SOURCES = [None, *(source for source in all_sources() if source.layouts)]
_PAGES = [path.read_bytes() for path in sorted(_FOLDER.glob("golden/*/*.html"))] + [
    page.body for release in site.releases() if (page := site.release_page(release.slug))
]
_TEXTS = [path.read_text("utf-8") for path in sorted(_FOLDER.glob("gold/text/*.txt"))]


class WithoutEnd(BaseException):
    """The ceiling was reached; no `except Exception` may swallow that."""


@contextmanager
def ceiling() -> Iterator[None]:
    """Breaks off after so much time of the processor, whatever else the machine does meanwhile."""

    def stop(*_: Any) -> None:
        raise WithoutEnd

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, CEILING)
    # Where a library in C does not come back to Python, the whole process shows where it hangs, and ends.
    faulthandler.dump_traceback_later(CEILING * 30, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def claims_of(text: str, published: date | None, paragraphs: tuple[Paragraph, ...] = ()) -> Extraction:
    """What a text states, after a look whether all of it stands where it says."""
    found = extract(text, published=published, paragraphs=paragraphs)
    for claim in found.claims:
        assert claim.quote.strip()
        assert text[claim.start : claim.end] == claim.quote
        assert text[claim.sentence_start :].startswith(claim.sentence)
        assert all(0 <= cue.start < cue.end <= len(text) for cue in claim.cues)
        assert claim.whole is None or 0 <= claim.whole < len(found.claims)
    return found


def page_case(chance: random.Random) -> Extraction:
    body = chance.choice(_PAGES)
    for mutation in chance.choices(PAGES, k=chance.randrange(1, 4)):
        body = mutation(chance, body) or b"<p>"
    source = chance.choice(_SOURCES)
    release = read_page(body, url="https://www.ministerium.example/presse/meldung", source=source)
    for part in release.paragraphs:
        assert release.text[part.start : part.end].strip()
    release.text.encode()
    return claims_of(release.text, release.published.date() if release.published else None, release.paragraphs)


def text_case(chance: random.Random) -> Extraction:
    text = chance.choice(_TEXTS)
    for mutation in chance.choices(TEXTS, k=chance.randrange(1, 4)):
        text = mutation(chance, text)
    return claims_of(text, chance.choice((None, date(2024, 5, 6), date(1, 1, 1), date(9999, 12, 31))))


def run(number: int) -> tuple[str, int]:
    """How a case ended ("read", "refused" or what went wrong) and how many claims it gave."""
    chance = random.Random(number)
    try:
        with ceiling():
            return "read", len((page_case if number % 2 else text_case)(chance).claims)
    except BilanzError as refusal:
        assert str(refusal).strip()
        return "refused", 0
    except WithoutEnd:
        return f"longer than {CEILING} s", 0
    except Exception as fault:  # noqa: BLE001  (whatever it is, the proof goes on and tells it at the end)
        return f"{type(fault).__name__}: {fault}"[:200], 0


@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.long)])
def test_damaged_pages_and_texts_are_read_or_refused(count: int) -> None:
    claims_of(_TEXTS[0], None)
    ends: Counter[str] = Counter()
    wrong: dict[int, str] = {}
    claims, longest = 0, (0.0, 0)
    for number in range(count):
        began = time.process_time()
        end, found = run(number)
        longest = max(longest, (time.process_time() - began, number))
        claims += found
        ends[end] += 1
        if end not in ("read", "refused"):
            wrong[number] = end
    print(f"\n{count} cases: {dict(ends)}; {claims} claims; the longest took {longest[0]:.1f} s (case {longest[1]})")
    assert not wrong
    assert ends["read"] > count / 3
    assert claims > count


@pytest.mark.skipif("CASE" not in os.environ, reason="CASE names the case to try again")
def test_one_case() -> None:
    chance = random.Random(number := int(os.environ["CASE"]))
    with ceiling():
        (page_case if number % 2 else text_case)(chance)
