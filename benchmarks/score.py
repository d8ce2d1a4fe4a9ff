"""The claims of the annotated releases in ../shared, through the command line, by the shared measure.

    python benchmarks/score.py [--errors N]

Says so and ends with status 0 where ../shared is not there; `python -m tests.gold.scoring` measures our own releases.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
BILANZ = Path(sys.executable).parent / "bilanz"


def measure(name: str, gold: Path, texts: Path, options: list[str]) -> None:
    """Extracts the releases of one annotated set and prints its figures."""
    with tempfile.TemporaryDirectory() as folder:
        releases, predictions = Path(folder, "releases.jsonl"), Path(folder, "predictions.jsonl")
        for target, command in (
            (releases, [SHARED / "eval/releases.py", gold, texts]),
            (predictions, [BILANZ, "extract", releases, "--jsonl"]),
        ):
            with target.open("w") as output:
                subprocess.run([str(part) for part in command], stdout=output, check=True)
        print(f"== {name}", flush=True)
        subprocess.run([str(SHARED / "eval/score.py"), str(gold), str(texts), str(predictions), *options], check=True)


def main() -> None:
    """Measures the two shared sets."""
    if not (SHARED / "corpus/gold").exists():
        print("skipped: ../shared/corpus/gold is not there")
        return
    corpus = SHARED / "corpus"
    releases = len(list((corpus / "gold").glob("*.json")))
    measure(f"{releases} annotated releases", corpus / "gold", corpus / "text", sys.argv[1:])
    measure("seed", corpus / "seed/gold", corpus / "seed/text", sys.argv[1:])


if __name__ == "__main__":
    main()
