"""`bilanz relate`: may two numbers be laid side by side?"""

from __future__ import annotations

import json
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.language import _
from cli.opening import open_database
from cli.printing import NOTHING_FOUND, console
from cli.settings import settings
from models.errors import InputError
from output.formats.jsonl import write_line

if TYPE_CHECKING:
    from comparison.likeness import Stated
    from models.claim import Claim, Extraction
    from models.stored import StoredClaim

_KEPT = 400
"""Releases whose claims are kept while a file is read."""
_SIDE = ("title", "published", "text", "start", "end")

Read = Callable[[str, "date | None"], "Extraction"]


def relate(
    claims: Annotated[
        list[str] | None,
        typer.Argument(metavar="KEY KEY | FILE", help="Keys of two claims, or a .jsonl file; - reads standard input."),
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read places in releases from a file, print a line each.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Relate all stored numbers, and store the series that they make.")
    ] = False,
) -> None:
    """Say whether two numbers may be compared: same, repeat, plan, part or different, and why.

    A line of a file holds `id`, `a` and `b`; each side has title, published, text, start and end, the place of a
    number, counted in the title, two newlines and the text. The answer holds id, relation (null where no number
    was read there) and reasons. `--all` makes the series that `bilanz series` lists; where neither claims nor rules
    have changed since the last time, it does nothing.

    Example: `bilanz relate 7gsqw4x5uzihx54t igu5yssk6r6ovz55`
    """
    claims = claims or []
    if every:
        if claims or jsonl:
            raise InputError("--all relates all that is stored; it takes no keys and no file.")
        _relate_all()
        return
    if jsonl:
        if len(claims) != 1:
            raise InputError("With --jsonl one file is read.")
        for line in _lines(claims[0]):
            write_line(line, sys.stdout)
        return
    if len(claims) != 2:
        raise InputError("Two keys are compared; with --jsonl, the lines of one file.")
    _show(*claims)


def _relate_all() -> None:
    from rich.progress import Progress

    from inquiries.series import make_series

    engine, errors = open_database(), console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task(_("relating numbers"), total=None)
        made = make_series(
            engine, datetime.now(UTC), lambda done, numbers: progress.update(task, completed=done, total=numbers)
        )
    if made.fresh:
        console().print(_("All series are as new as the claims and the rules."))
        return
    console().print(
        _(
            "{numbers} numbers were related; {series} series of {points} points are stored.",
            numbers=made.numbers,
            series=made.series,
            points=made.points,
        )
    )


def _show(key: str, other: str) -> None:
    from inquiries.relation import relation_of
    from output.relations import RELATION_WORDS, reasons

    out, found = console(), relation_of(open_database(), key, other)
    for each in (found.a, found.b):
        for line in _proof(each):
            out.print(line, soft_wrap=True)
    relation = found.relation
    out.print(f"\n{relation.kind}: {RELATION_WORDS[relation.kind]}", style="bold", soft_wrap=True)
    for reason in reasons(relation):
        out.print(f"  {reason}", soft_wrap=True)
    if not relation.comparable:
        raise typer.Exit(NOTHING_FOUND)


def _proof(stored: StoredClaim) -> tuple[str, str]:
    sentence = " ".join(stored.claim.sentence.split())
    return f"„{sentence}“", f"  {stored.release_title}, {stored.date or 'undated'}, {stored.url}"


def _lines(path: str) -> Iterator[dict[str, Any]]:
    from comparison.relation import relate as relation_of
    from extractors.claims import extract
    from output.relations import reasons

    tagger = settings().spacy_model
    read = _kept(lambda text, published: extract(text, published=published, tagger=tagger))
    for number, line in enumerate(_content(path).splitlines(), start=1):
        if not line.strip():
            continue
        asked = _asked(line, _("{path}, line {number}", path=path, number=number))
        a, b = (_stated(asked[side], read) for side in "ab")
        if a is None or b is None:
            yield {"id": asked["id"], "relation": None, "reasons": ["no number was read there"]}
            continue
        relation = relation_of(a, b)
        yield {
            "id": asked["id"],
            "relation": relation.kind,
            "confidence": round(relation.confidence, 3),
            "reasons": reasons(relation),
        }


def _content(path: str) -> str:
    try:
        if path == "-":
            return sys.stdin.read()
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - as typed
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error}).") from error


def _asked(line: str, place: str) -> dict[str, Any]:
    try:
        asked: dict[str, Any] = json.loads(line)
        sides = [asked[side][name] for side in "ab" for name in _SIDE]
        _wanted = asked["id"], sides
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(f"{place} is no JSON object with id, a and b, each with {', '.join(_SIDE)}.") from error
    return asked


def _stated(side: dict[str, Any], read: Read) -> Stated | None:
    """The number that is read at a place of a release: of several the one that shares most characters with it."""
    from comparison.likeness import Stated

    title, published = side["title"], side["published"]
    claims = read(f"{title}\n\n{side['text']}", date.fromisoformat(published) if published else None).claims
    start, end = side["start"], side["end"]

    def shared(claim: Claim) -> tuple[int, int]:
        return min(claim.end, end) - max(claim.start, start), claim.start - claim.end

    there = [claim for claim in claims if claim.value is not None and shared(claim)[0] > 0]
    return Stated(max(there, key=shared), title, published or "") if there else None


def _kept(read: Read) -> Read:
    kept: OrderedDict[tuple[str, date | None], Extraction] = OrderedDict()

    def from_kept(text: str, published: date | None) -> Extraction:
        if (text, published) not in kept:
            kept[text, published] = read(text, published)
            if len(kept) > _KEPT:
                kept.popitem(last=False)
        return kept[text, published]

    return from_kept
