"""Tags, lemmas, speed, load time and peak memory of the German pipeline.

    python -m benchmarks.language [CORPUS]

CORPUS is a folder with treebank/gsd-test.conllu and releases/senat.jsonl.gz (by default ../shared/corpus).
"""

import gzip
import json
import resource
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
SCRIPT = SHARED / "eval" / "language.py"


def cost(corpus: Path) -> None:
    """Prints seconds to load and megabytes at the most, for the pipeline alone over 120 releases."""
    import spacy  # noqa: F401  (importing spaCy is not loading the pipeline)

    begin = time.perf_counter()
    from extractors.german import load

    nlp = load()
    print(f"load   {time.perf_counter() - begin:.2f} s")
    with gzip.open(corpus / "releases" / "senat.jsonl.gz", "rt", encoding="utf-8") as lines:
        for _ in nlp.pipe(json.loads(line)["text"] for line in islice(lines, 40, 160)):
            pass
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


def main() -> None:
    """Runs the measure on tags, lemmas and speed in a process of its own, then the costs."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "corpus"
    if not SCRIPT.exists() or not corpus.exists():
        print(f"Skipped: {SCRIPT} or {corpus} is not there.")
        return
    subprocess.run([sys.executable, str(SCRIPT), str(corpus)], check=True)
    cost(corpus)


if __name__ == "__main__":
    main()
