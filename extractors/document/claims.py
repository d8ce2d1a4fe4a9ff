"""The claims of a document: those of its sentences by the rules for releases, and those of the rows of its tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from extractors.claims import extract
from extractors.document.legend import legend_of
from extractors.document.vocabulary import ColumnRole, column_role, state_of
from extractors.rules.quantities.numerals import parse_figure
from models.claim import Claim, Cue, Extraction, Project, ReportingBasis
from models.document import Cell, Document, Table
from models.release import Paragraph
from models.statuses import TRAITS, Status

ROW_STATUS, ROW_MONEY = "row/status", "row/money"

_MOST_STATES = 0.8
"""Share of a column's cells that are known states, from which on it is one of states whatever its name."""
_LONGEST_QUOTE = 12
_SUM = re.compile(
    r"(?P<figure>\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?)\s*(?P<unit>[^\d\s].*)?", re.IGNORECASE
)
_SCALES = (
    (re.compile(r"(?<!\w)(?:mrd\.?|milliarden?)(?!\w)", re.IGNORECASE), Decimal(10**9)),
    (re.compile(r"(?<!\w)(?:mio\.?|millionen?)(?!\w)", re.IGNORECASE), Decimal(10**6)),
    (re.compile(r"(?<!\w)(?:tsd\.?|tausend|t\s?(?=€|eur)|teur|t€)(?!\w)|\bT€|\bTEUR", re.IGNORECASE), Decimal(1000)),
)
_EUROS = re.compile(r"€|\bT?EUR\b|\bEuro\b", re.IGNORECASE)
_DEADLINES = re.compile(r"frist|ende|fertigstellung|abschluss|bis\b|zieljahr|termin", re.IGNORECASE)
_DAY = re.compile(r"(?:(?:(?P<day>\d{1,2})\.)?(?P<month>\d{1,2})[./])?(?P<year>20\d\d)")
_DEFINED = re.compile(r"[●○◐■□▪•\-–]?\s*[„“\"»›]?([^„“”\"«‹:=]{3,60}?)[”“\"«‹]?\s*(?::|=|–|-)\s")
_REPORT = re.compile(r"\w*bericht\b", re.IGNORECASE)
_LABEL = re.compile(r"(?<=\S)\s+([^\W\d]+):\s")
"""Behind the name of a project: "Deich Nord Hinweis: Die Vergabe läuft." """
_NOT_NAMED = re.compile(r"[\W\d]*")


@dataclass(frozen=True, slots=True)
class DocumentClaims:
    """What a document states, and what of its tables could not be read, one sentence each."""

    extraction: Extraction
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """The release that links to a document: when it was published, and as at when it reports."""

    published: date | None
    reporting_date: str | None = None
    reporting_basis: ReportingBasis = "published"


def document_claims(document: Document, linked: Linked, *, tagger: str | None = None) -> DocumentClaims:
    """Everything that a document states.

    Args:
        document: as it was read.
        linked: the release that links to it, which says as at when it reports where the document does not.
        tagger: see `extractors.claims.extract`.

    Raises:
        InputError: see `extractors.claims.extract`.
    """
    told = tuple(each for each in document.paragraphs if each.role != "table_cell" and not _explains(document, each))
    extraction = extract(_prose(document, told), published=linked.published, paragraphs=told, tagger=tagger)
    if extraction.reporting_basis == "published" and linked.reporting_basis == "release":
        extraction = _reported_as(extraction, linked)
    extraction = _without_report(extraction)
    claims: list[Claim] = []
    unread: list[str] = []
    for table in document.tables:
        reader = _TableReader(document, table, extraction.reporting_date, extraction.reporting_basis)
        claims += reader.claims()
        unread += reader.unread
    names = {project.name for project in extraction.projects}
    rows = dict.fromkeys(claim.subject for claim in claims if claim.subject and claim.subject not in names)
    return DocumentClaims(
        replace(
            extraction,
            claims=(*extraction.claims, *claims),
            projects=(*extraction.projects, *(Project(name) for name in rows)),
        ),
        tuple(unread),
    )


def _reported_as(extraction: Extraction, linked: Linked) -> Extraction:
    """What a document states that does not say as at when: as at when the release that links to it reports."""
    reported: dict[str, Any] = {"reporting_date": linked.reporting_date, "reporting_basis": linked.reporting_basis}
    claims = (
        replace(claim, **reported) if claim.reporting_basis == "published" else claim for claim in extraction.claims
    )
    return replace(extraction, claims=tuple(claims), **reported)


def _prose(document: Document, told: Sequence[Paragraph]) -> str:
    """The text with blanks for all that tells nothing in sentences, so that offsets stay.

    A cell is no sentence, and rules for clauses must not run over it; a legend says of no project what became of it.
    """
    text = [" "] * len(document.text)
    for paragraph in told:
        text[paragraph.start : paragraph.end] = document.text[paragraph.start : paragraph.end]
    for number, character in enumerate(document.text):
        if character == "\n":
            text[number] = character
    return "".join(text)


def _explains(document: Document, paragraph: Paragraph) -> bool:
    """Whether a paragraph is part of a legend: "„abgeschlossen“: Das Vorhaben hat sein Ziel erreicht." """
    words = document.text[paragraph.start : paragraph.end]
    defined = _DEFINED.match(words)
    return words.startswith("Legende") or (defined is not None and state_of(defined[1]) is not None)


def _without_report(extraction: Extraction) -> Extraction:
    """What a document states of itself is of what it reports on: "Fortschrittsbericht 2024 der Ruhr-Konferenz"."""
    names = {
        project.name: project.aliases[0]
        for project in extraction.projects
        if project.aliases and _REPORT.match(project.name)
    }
    projects = dict.fromkeys(
        Project(project.aliases[0], project.aliases[1:]) if project.name in names else project
        for project in extraction.projects
    )
    claims = (replace(claim, subject=names.get(claim.subject or "", claim.subject)) for claim in extraction.claims)
    return replace(extraction, claims=tuple(claims), projects=tuple(projects))


class _TableReader:
    """Reads the rows of one table."""

    def __init__(self, document: Document, table: Table, reported: str | None, basis: ReportingBasis) -> None:
        self._text = document.text
        self._table = table
        self._reported, self._basis = reported, basis
        self._roles = self._column_roles()
        self._legend = self._own_legend(document)
        self.unread: list[str] = []

    def claims(self) -> Iterator[Claim]:
        """The claims of all rows, in their order."""
        project, status = self._column("project"), self._column("status")
        if project is None or status is None:
            return
        without = []
        for row in self._table.rows:
            name = self._name(row[project])
            if name is None:
                continue
            state = self._state(row[status])
            if state is None:
                without.append(self._words(row[status]))
            else:
                yield self._status(row, row[project], row[status], name, state)
            yield from self._sums(row, row[project], name)
        if without:
            examples = ", ".join(f"„{words}“" for words in dict.fromkeys(without) if words)
            because = f"no state is known by these words: {examples[:200]}" if examples else "nothing is there"
            self.unread.append(f"The state of {len(without)} of {len(self._table.rows)} rows was not read; {because}.")

    def _column_roles(self) -> list[ColumnRole | None]:
        roles = [column_role(name) for name in self._table.header]
        columns = len(self._table.rows[0]) if self._table.rows else 0
        roles = roles or [None] * columns
        if "status" not in roles or self._states(roles.index("status")) < _MOST_STATES:
            found = [number for number in range(columns) if self._states(number) >= _MOST_STATES]
            if found:
                roles = [None if role == "status" else role for role in roles]
                roles[found[0]] = "status"
        if "project" not in roles and "status" in roles:
            open_columns = [number for number in range(columns) if roles[number] is None]
            if open_columns:
                roles[max(open_columns, key=self._letters)] = "project"
        return roles

    def _states(self, column: int) -> float:
        cells = [self._words(row[column]) for row in self._table.rows]
        filled = [cell for cell in cells if cell]
        return sum(state_of(cell) is not None for cell in filled) / len(filled) if filled else 0.0

    def _letters(self, column: int) -> int:
        return sum(row[column].end - row[column].start for row in self._table.rows)

    def _column(self, role: ColumnRole) -> int | None:
        return self._roles.index(role) if role in self._roles else None

    def _own_legend(self, document: Document) -> dict[str, Status]:
        status = self._column("status")
        if status is None:
            return {}
        signs = {self._words(row[status]) for row in self._table.rows}
        return legend_of(document, sorted(sign for sign in signs if sign and state_of(sign) is None))

    def _words(self, cell: Cell) -> str:
        return " ".join(self._text[cell.start : cell.end].split())

    def _name(self, cell: Cell) -> str | None:
        words = self._words(cell)
        remark = next((match for match in _LABEL.finditer(words) if column_role(match[1]) is not None), None)
        name = words[: remark.start()] if remark else words
        return None if _NOT_NAMED.fullmatch(name) else name.strip('„“"»«').rstrip(",;:")

    def _state(self, cell: Cell) -> Status | None:
        words = self._words(cell)
        return state_of(words) or self._legend.get(words)

    def _status(self, row: Sequence[Cell], project: Cell, cell: Cell, name: str, state: Status) -> Claim:
        until = None if TRAITS[state].end else self._deadline(row)
        claim = self._claim(row, project, cell, name)
        cues = (*claim.cues, Cue("status", cell.start, cell.end))
        return replace(claim, kind="status", status=state, until=until, rule=ROW_STATUS, cues=cues)

    def _sums(self, row: Sequence[Cell], project: Cell, name: str) -> Iterator[Claim]:
        for number, role in enumerate(self._roles):
            title = self._table.header[number] if self._table.header else ""
            value = _sum(self._words(row[number]), title) if role == "money" else None
            if value is not None:
                claim = self._claim(row, project, row[number], name)
                yield replace(claim, kind="money", value=value, comparator="=", unit="EUR", rule=ROW_MONEY)

    def _deadline(self, row: Sequence[Cell]) -> str | None:
        for number, role in enumerate(self._roles):
            if role == "due" and self._table.header and _DEADLINES.search(self._table.header[number]):
                return _iso(self._words(row[number]))
        return None

    def _claim(self, row: Sequence[Cell], project: Cell, cell: Cell, name: str) -> Claim:
        """A claim of this row without what it states; its sentence is the row."""
        filled = [each for each in row if each.end > each.start]
        start, end = min(each.start for each in filled), max(each.end for each in filled)
        quote_end = self._quote_end(cell)
        return Claim(
            kind="status",
            quote=self._text[cell.start : quote_end],
            start=cell.start,
            end=quote_end,
            sentence=self._text[start:end],
            sentence_start=start,
            rule=ROW_STATUS,
            subject=name,
            reporting_date=self._reported,
            reporting_basis=self._basis,
            cues=(Cue("subject", project.start, project.end),),
        )

    def _quote_end(self, cell: Cell) -> int:
        words = list(re.finditer(r"\S+", self._text[cell.start : cell.end]))
        return cell.start + words[min(len(words), _LONGEST_QUOTE) - 1].end()


def _sum(words: str, title: str) -> Decimal | None:
    """A sum of money in euros, None where the cell or the name of its column does not say that it is one."""
    match = _SUM.fullmatch(words)
    if match is None:
        return None
    told = match["unit"] or ""
    if not _EUROS.search(told or title) or (told and not re.fullmatch(r"[^\d]{1,20}", told)):
        return None
    scale = next((scale for pattern, scale in _SCALES if pattern.search(told or title)), Decimal(1))
    return parse_figure(re.sub(r"[\u00a0\u202f ]", ".", match["figure"])) * scale


def _iso(words: str) -> str | None:
    match = _DAY.fullmatch(words.removeprefix("bis ").strip())
    if match is None or (match["month"] and not 1 <= int(match["month"]) <= 12):
        return None
    parts = [match["year"], match["month"], match["day"]]
    return "-".join(part if len(part) == 4 else f"{int(part):02}" for part in parts if part)
