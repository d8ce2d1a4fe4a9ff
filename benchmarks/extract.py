"""Words a second from text to claims, beside fr_core_news_sm on the same texts in one run; growth with length.

    python benchmarks/extract.py

Texts are our own annotated releases, and those of ../shared/corpus where they are there. One thread. Exit status 1
where the extraction is not at least three times as fast as the reference, or does not grow linearly.
"""

import gzip
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import spacy

from extractors.claims import extract

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "releases" / "senat.jsonl.gz"
TIMES = 3
SHORT, LONG = 10_000, 200_000
RUNS = 3
LINEAR = 1.5
"""A text of LONG characters may take this much more time than as pieces of SHORT."""


def releases() -> list[str]:
    """120 releases: of the shared corpus where it is there, else our own, repeated."""
    if CORPUS.exists():
        with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
            found = [json.loads(line) for line in islice(lines, 40, 160)]
        return [f"{release['title']}\n\n{release['text']}" for release in found]
    print("../shared/corpus is not there: measured on our own annotated releases")
    own = [path.read_text("utf-8") for path in sorted((ROOT / "tests/gold/text").glob("*.txt"))]
    return (own * 4)[:120]


def seconds(function: Callable[[str], object], inputs: list[str]) -> float:
    """Seconds of the processor that a function of one text takes for all of them."""
    begin = time.process_time()
    for text in inputs:
        function(text)
    return time.process_time() - begin


def ours(text: str) -> object:
    """Text to claims."""
    return extract(text, published=date(2024, 5, 6))


def main() -> None:
    """Prints both figures and their ratio."""
    inputs = releases()
    words = sum(len(text.split()) for text in inputs)
    reference = spacy.load("fr_core_news_sm")
    for function in (ours, reference):
        seconds(function, inputs[:5])
    # Each text once, as an ingest meets it, and by turns: whatever else the machine does burdens both alike.
    own, other = map(sum, zip(*((seconds(ours, [text]), seconds(reference, [text])) for text in inputs), strict=True))
    print(f"{words / own:.0f} words/s, {other / own:.2f} x fr_core_news_sm ({words / other:.0f} words/s)")
    body = ("\n\n".join(inputs) * 2)[:LONG]
    pieces = [body[start : start + SHORT] for start in range(0, LONG, SHORT)]
    short, long = (min(seconds(ours, texts) for _ in range(RUNS)) for texts in (pieces, [body]))
    print(f"{LONG:,} characters as one release: {long / short:.2f} x the time of {len(pieces)} of {SHORT:,}")
    sys.exit(other / own < TIMES or long > LINEAR * short)


if __name__ == "__main__":
    main()
