"""Every release of ../shared/corpus through the extractor: no crash, and every claim proves itself.

    python benchmarks/corpus.py [--limit N]

Says so and ends with status 0 where the corpus is not there.
"""

import gzip
import json
import sys
from datetime import date
from itertools import islice
from pathlib import Path

from extractors.claims import extract
from models.claim import Claim

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus" / "releases" / "senat.jsonl.gz"


def faults(claim: Claim, text: str) -> list[str]:
    """What is wrong with a claim's evidence."""
    found = []
    if not claim.quote.strip() or text[claim.start : claim.end] != claim.quote:
        found.append("quote")
    if text[claim.sentence_start : claim.sentence_start + len(claim.sentence)] != claim.sentence:
        found.append("sentence")
    if any(not 0 <= cue.start < cue.end <= len(text) for cue in claim.cues):
        found.append("cue")
    if (claim.value is None) == (claim.kind != "status") or (claim.kind == "status" and claim.status is None):
        found.append("nothing stated")
    return found


def main() -> None:
    """Counts releases, claims and faults; status 1 where there is a fault."""
    if not CORPUS.exists():
        print("skipped: ../shared/corpus/releases is not there")
        return
    limit = int(sys.argv[2]) if sys.argv[1:2] == ["--limit"] else None
    releases = claims = wrong = 0
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in islice(lines, limit):
            release = json.loads(line)
            text = f"{release['title']}\n\n{release['text']}"
            releases += 1
            for claim in extract(text, published=date.fromisoformat(release["published"])).claims:
                claims += 1
                for fault in faults(claim, text):
                    wrong += 1
                    print(f"{release['id']}: {fault} of {claim.quote!r}")
    print(f"{releases} releases, {claims} claims, {wrong} faults")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
