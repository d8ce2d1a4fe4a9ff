"""Time from text to claims for texts without a full stop: it has to grow with their length, whatever they repeat.

    python -m benchmarks.growth [--only WORD] [--seconds 2]

Tables, lists of places and what a stranger sends to the page that checks texts have sentences of any length. Each
kind is read once as a text of LONG characters and once as pieces of SHORT; exit status 1 where one text takes more
than GROWTH times as long as its pieces, or 40,000 characters take longer than the seconds allowed.
"""

import argparse
import os
import sys
import time
from datetime import date

os.environ.setdefault("OMP_NUM_THREADS", "1")

from extractors.claims import extract

SHORT, LONG = 10_000, 40_000
GROWTH = 1.3
KINDS = {
    "figures": "1 ",
    "figures and tabs": "5\t",
    "figures and commas": "5, ",
    "figures and semicolons": "5; ",
    "figures and slashes": "5/",
    "figures and dashes": "5–6–",
    "figures grouped by thin spaces": "1\u2009000 ",
    "figures grouped by no-break spaces": "1\u00a0000 ",
    "figures with zero-width joiners": "5\u200d",
    "figures with soft hyphens": "5\u00ad",
    "decimals": "12,5 und ",
    "years": "2024 ",
    "dates": "12.05.2024 ",
    "days": "am 5. Mai ",
    "percent signs": "5 % ",
    "percent of percent": "5 Prozent der ",
    "millions": "5 Millionen ",
    "euros": "5 Euro ",
    "metres": "5 m² ",
    "counted": "5 Projekte ",
    "counted and commas": "5 Projekte, ",
    "counted and “und”": "5 Projekte und ",
    "counted in quotation marks": "„5 Projekte“ ",
    "counted in open brackets": "(5 Projekte ",
    "counted in brackets": "(5 Projekte) ",
    "counted of counted": "5 von 10 Projekten ",
    "counted in subordinate clauses": "weil 5 Projekte, die ",
    "counted and done": "5 Projekte sind abgeschlossen und ",
    "compared": "mehr als 5 Projekte als ",
    "opening marks": "„",
    "closing marks": "“",
    "straight marks": '" ',
    "opening brackets": "(",
    "brackets": "[] ",
    "hyphens": "Ruhr-",
    "one letter": "a",
    "capitals": "A ",
    "dots": ". ",
    "commas": ", ",
    "nouns": "Schule ",
    "names of places": "Musterstadt, ",
    "named projects": "Projekt „Alpha“ ",
    "programmes": "das Programm Neue Wege ",
    "verbs": "wurde ",
    "statuses": "abgeschlossen ",
    "speech in speech": "„Wir haben 5 Projekte, sagte ",
    "ministers": "Ministerin Anna Muster sagte, ",
    "reference": "dazu 5 davon ",
    "addresses": "https://example.de/5 ",
    "negation": "nicht 5 ",
}
"""What a text of each kind repeats."""


def text(kind: str, length: int) -> str:
    """A text of one kind, cut to its length."""
    unit = KINDS[kind]
    return (unit * (length // len(unit) + 1))[:length]


def seconds(texts: list[str]) -> float:
    """Seconds of the processor from text to claims, all together."""
    begin = time.process_time()
    for one in texts:
        extract(one, published=date(2024, 5, 6))
    return time.process_time() - begin


def main() -> None:
    """Prints each kind's seconds and growth, worst last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="kinds whose name holds this")
    parser.add_argument("--long", type=int, default=LONG, help="characters of the long text")
    parser.add_argument("--seconds", type=float, default=2.0, help="that 40,000 characters may take")
    arguments = parser.parse_args()
    extract("Von 73 Projekten sind 42 abgeschlossen.", published=date(2024, 5, 6))
    rows = []
    for kind in KINDS:
        if arguments.only in kind:
            whole = text(kind, arguments.long)
            short = seconds([whole[start : start + SHORT] for start in range(0, arguments.long, SHORT)])
            rows.append((seconds([whole]), short, kind))
    slow = [row for row in rows if row[0] > GROWTH * row[1] or row[0] > arguments.seconds * arguments.long / LONG]
    for spent, short, kind in sorted(rows):
        print(f"{kind:40}{spent:8.2f} s {spent / short:6.2f} x pieces of {SHORT:,}")
    worst = max(rows, key=lambda row: row[0] / row[1])
    print(
        f"{len(rows)} kinds, {arguments.long:,} characters: {max(rows)[0]:.2f} s at most, {worst[0] / worst[1]:.2f} x"
    )
    sys.exit(bool(slow))


if __name__ == "__main__":
    main()
