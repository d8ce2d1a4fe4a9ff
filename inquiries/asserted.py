"""What a statement asserts: its claims, read by the rules, with what people say and no release does.

"Kein einziges Projekt ist fertig" 0 Projekte
"neun von zehn Anträgen"           about 90 percent
"beim Aktionstag 2021"             of 2021
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from inquiries.said import frames
from models.claim import Claim, Cue, Extraction
from models.quantity import Comparator

_HEADLINE = "Aussage"
# A year in brackets is that of another number ("113 (2020: 193)").
_YEAR = re.compile(r"(?<![\d/.,(])(?:19|20)\d\d(?![\d/)]|[.,]\d)")
_NOT_ONE = re.compile(r"\b(?:kein|nicht\s+ein)(?:e[nmrs]?)?\s+einzige[nmrs]?(?=\s)", re.IGNORECASE)
_DIFFERENCE = re.compile(r"\s+(?:mehr|weniger)\b")
_ONE = "1"
_SMALL = {"zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9}
# "Neun von zehn Fällen", not "neun von den zehn Fällen": a share in round words, and no ten of anything.
_OF_TEN = re.compile(r"\s+von\s+(?:drei|vier|fünf|sechs|sieben|acht|neun|zehn|hundert|10|100)\b(?=\s+[A-ZÄÖÜ])")
# "Drei von [vier der 60 Schulen]": the rules read four of sixty.
_OF_FOUR = re.compile(rf"\b({'|'.join(_SMALL)})\s+von\s+$", re.IGNORECASE)


def asserted(statement: str, names: Sequence[str], extract: Callable[[str], Extraction]) -> list[Claim]:
    """The claims of a statement, offsets counted in it.

    Args:
        statement: as someone made it.
        names: those of known projects in it.
        extract: the extractor.
    """
    read = _Rewritten.of(statement)
    claims = [read.placed(claim) for claim in _extracted(read.text, names, extract) if not read.denies(claim)]
    framed = frames(statement)
    return [_dated(_of_no_frame(_plain(claim), framed), framed) for claim in _shares(statement, claims)]


@dataclass(frozen=True, slots=True)
class _Rewritten:
    """A statement in which "kein einziges" reads "1", for the rules read no number that is not there.

    Attributes:
        statement: as it is.
        text: rewritten.
        none: where those words begin in `text`, and by how much they are longer than what stands for them.
    """

    statement: str
    text: str
    none: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, statement: str) -> "_Rewritten":
        text, none, shorter = statement, [], 0
        for match in _NOT_ONE.finditer(statement):
            none.append((match.start() - shorter, len(match[0]) - len(_ONE)))
            shorter += none[-1][1]
        for start, by in none:
            text = text[:start] + _ONE + text[start + by + len(_ONE) :]
        return cls(statement, text, tuple(none))

    def placed(self, claim: Claim) -> Claim:
        """A claim of the text as one of the statement."""
        if not self.none:
            return claim
        start, end = self._place(claim.start), self._place(claim.end)
        first, last = self._place(claim.sentence_start), self._place(claim.sentence_start + len(claim.sentence))
        is_none = any(claim.start == place for place, _ in self.none)
        return replace(
            claim,
            start=start,
            end=end,
            quote=self.statement[start:end],
            sentence_start=first,
            sentence=self.statement[first:last],
            cues=tuple(Cue(cue.role, self._place(cue.start), self._place(cue.end)) for cue in claim.cues),
            value=Decimal(0) if is_none else claim.value,
        )

    def denies(self, claim: Claim) -> bool:
        """Whether a claim is a state that "kein einziges Projekt" is said not to have."""
        end = claim.sentence_start + len(claim.sentence)
        return claim.kind == "status" and any(claim.sentence_start <= place < end for place, _ in self.none)

    def _place(self, offset: int) -> int:
        return offset + sum(by for start, by in self.none if start < offset)


def _extracted(statement: str, names: Sequence[str], extract: Callable[[str], Extraction]) -> list[Claim]:
    """What the rules read in a statement.

    A headline introduces the projects that we know, as a release would: a single sentence does not
    say that "SiKo Ruhr" is one.
    """
    headline = ", ".join(f"Projekt „{name}“" for name in names) or _HEADLINE
    shift = len(headline) + 2
    extraction = extract(f"{headline}\n\n{statement}")
    kept = [index for index, claim in enumerate(extraction.claims) if claim.start >= shift]
    return [
        replace(
            claim,
            start=claim.start - shift,
            end=claim.end - shift,
            sentence_start=claim.sentence_start - shift,
            subject=None if claim.subject == _HEADLINE else claim.subject,
            cues=tuple(Cue(cue.role, cue.start - shift, cue.end - shift) for cue in claim.cues if cue.start >= shift),
            whole=kept.index(claim.whole) if claim.whole in kept else None,
        )
        for claim in (extraction.claims[index] for index in kept)
    ]


def _shares(statement: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, with "neun von zehn" as the share that it means; there are no ten of which anybody speaks."""
    meant: dict[int, Claim] = {}
    dropped: set[int | None] = set()
    for index, claim in enumerate(claims):
        if claim.kind != "count" or not claim.value or not claim.of or claim.value_to is not None:
            continue
        if before := _OF_FOUR.search(statement, 0, claim.start):
            meant[index] = _share(statement, claim, _SMALL[before[1].lower()] / claim.value, before.start(), claim.end)
        elif (ratio := _OF_TEN.match(statement, claim.end)) and claim.whole is not None:
            share = _share(statement, claim, claim.value / claim.of, claim.start, ratio.end())
            meant[index] = replace(share, of=None, whole=None)
            dropped.add(claim.whole)
    kept = [index for index in range(len(claims)) if index not in dropped]
    told = [meant.get(index, claims[index]) for index in kept]
    return [replace(each, whole=kept.index(each.whole) if each.whole in kept else None) for each in told]


def _share(statement: str, claim: Claim, share: Decimal, start: int, end: int) -> Claim:
    return replace(
        claim,
        kind="share",
        unit="%",
        value=(100 * share).quantize(Decimal("0.1")),
        comparator="~" if claim.comparator == "=" else claim.comparator,
        start=start,
        end=end,
        quote=statement[start:end],
    )


def _plain(claim: Claim) -> Claim:
    """ "Mehr als 175 gibt es nicht" says that there are 175 at most; "jeder Zweite" is said of one half or so.

    "100 Plätze mehr" are no 100 places.
    """
    if claim.kind != "share" and claim.aspect == "level" and _DIFFERENCE.match(claim.behind):
        return replace(claim, aspect="change")
    if claim.modality == "denied" and claim.comparator in (">", ">=") and claim.kind == "count":
        below: Comparator = "<=" if claim.comparator == ">" else "<"
        return replace(claim, modality="actual", comparator=below)
    if claim.kind == "share" and claim.comparator == "=" and claim.quote.lower().startswith("jede"):
        return replace(claim, comparator="~")
    return claim


def _of_no_frame(claim: Claim, framed: Sequence[tuple[int, int]]) -> Claim:
    """A claim without the date on which it was said, which is none of its own."""
    if not any(cue.role == "period" and start <= cue.start < end for cue in claim.cues for start, end in framed):
        return claim
    return replace(claim, since=None, until=None, as_of=None, span=None, reporting_basis="published")


def _dated(claim: Claim, framed: Sequence[tuple[int, int]]) -> Claim:
    """A claim of a sentence that names one year is of that year, however it is named ("beim Aktionstag 2021")."""
    begin = claim.sentence_start
    places = ((match[0], begin + match.start()) for match in _YEAR.finditer(claim.sentence))
    years = {year for year, place in places if not any(start <= place < end for start, end in framed)}
    said = (claim.since, claim.until, claim.as_of)
    if claim.kind == "status" or any(said) or len(years) != 1:
        return claim
    return replace(claim, as_of=years.pop())
