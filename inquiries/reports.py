"""Progress reports project by project: what became of each, and whether rows and release say the same."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, bindparam, select

from db.claims.queries import load, stored_claims
from db.curation.names import ProjectNames
from db.curation.nouns import nouns_of
from db.tables import ClaimRow, DocumentRow, PageReading, Reading, ReleaseProject, ReleaseRow, Revision
from models.keys import name_key
from models.nouns import Nouns
from models.projects import ProjectGroup
from models.statuses import STATUSES, Status
from models.stored import StoredClaim

_ROW = "row/status"


@dataclass(frozen=True, slots=True)
class CountCheck:
    """How many rows of a report are in a state, beside what the release says; `status` None is all of them.

    Attributes:
        status: the state.
        rows: so many.
        stated: the release's claims of that number, alike or not; empty where it states none.
    """

    status: Status | None
    rows: int
    stated: tuple[StoredClaim, ...]

    @property
    def agrees(self) -> bool | None:
        """Whether the release says the same; None where it says nothing. Of two statements both must."""
        return all(self.number(each) == self.rows for each in self.stated) if self.stated else None

    def number(self, stated: StoredClaim) -> Decimal | None:
        """What a claim says of this state: its own number, of all that of its whole."""
        return stated.claim.of if self.status is None else stated.claim.value


@dataclass(frozen=True, slots=True)
class CountedReport:
    """A progress report with a row for each project.

    Attributes:
        id: of the document; `title` and `url` likewise.
        release_id: of the release that links to it; `release_title` likewise.
        date: as at when it reports (ISO date or prefix).
        checks: the states of its rows, and all of them first.
        unread: what could not be read of its tables, one sentence each.
    """

    id: str
    title: str
    url: str
    release_id: str
    release_title: str
    date: str
    checks: tuple[CountCheck, ...]
    unread: tuple[str, ...]

    @property
    def agrees(self) -> bool | None:
        """Whether release and rows say the same wherever the release says anything; None where it says nothing."""
        told = [check.agrees for check in self.checks if check.agrees is not None]
        return all(told) if told else None


@dataclass(frozen=True, slots=True)
class ProjectStates:
    """What became of one project: its name as the newest report has it, and its claim in each report, None in some."""

    name: str
    states: tuple[StoredClaim | None, ...]

    @property
    def changed(self) -> bool:
        """Whether its state is not the same in all reports that name it."""
        return len({each.claim.status for each in self.states if each is not None}) > 1


@dataclass(frozen=True, slots=True)
class ReportedProjects:
    """The reports of a programme, the oldest first, and all projects that stand in their rows."""

    programme: str
    reports: tuple[CountedReport, ...]
    projects: tuple[ProjectStates, ...]


def reported_projects(engine: Engine, programme: str) -> ReportedProjects:
    """What the reports of a programme say of each of its projects.

    Raises:
        InputError: no such programme is known.
    """
    with engine.connect() as connection:
        group = ProjectNames(connection).resolve(programme)
        nouns = nouns_of(connection, group.name)
        found = [
            (_report(connection, document, rows, group, nouns), rows)
            for document in _documents(connection, group)
            if (rows := _rows(connection, document.id))
        ]
    found.sort(key=lambda each: (each[0].date, each[0].id))
    return ReportedProjects(group.name, tuple(report for report, _ in found), _projects([rows for _, rows in found]))


@dataclass(frozen=True, slots=True)
class _Document:
    id: str
    title: str
    url: str
    release_id: str
    release_title: str


def _documents(connection: Connection, group: ProjectGroup) -> list[_Document]:
    """The documents that name the programme themselves, or whose release names it."""
    return [_Document(*row) for row in connection.execute(_naming(), {"keys": sorted(group.keys)})]


# Made once, for to put it together takes longer than to run it.
@lru_cache(maxsize=1)
def _naming() -> Select[Any]:
    named = ReleaseProject.name_key.in_(bindparam("keys", expanding=True))
    naming = select(ReleaseProject.release_id).where(named)
    linking = select(ReleaseRow.id, ReleaseRow.title).subquery()
    return (
        select(ReleaseRow.id, ReleaseRow.title, ReleaseRow.url, linking.c.id, linking.c.title)
        .join(DocumentRow, DocumentRow.release_id == ReleaseRow.id)
        .join(linking, linking.c.id == DocumentRow.part_of)
        .where(DocumentRow.release_id.in_(naming) | DocumentRow.part_of.in_(naming))
    )


def _rows(connection: Connection, document_id: str) -> list[StoredClaim]:
    of_document = (ClaimRow.release_id == document_id) & (Reading.rule == _ROW)
    return [each for each in _claims(connection, of_document) if each.decision != "rejected"]


def _claims(connection: Connection, *conditions: ColumnElement[bool]) -> list[StoredClaim]:
    statement = stored_claims().where(Reading.current, *conditions)
    return load(connection, statement.order_by(Reading.start, Reading.claim_key))


def _report(
    connection: Connection, document: _Document, rows: Sequence[StoredClaim], group: ProjectGroup, nouns: Nouns
) -> CountedReport:
    stated = [
        each
        for each in _claims(connection, ClaimRow.release_id == document.release_id, Reading.kind == "count")
        if _counts_projects(each, group, nouns)
    ]
    counts = Counter(each.claim.status for each in rows)
    whole = CountCheck(None, len(rows), tuple(each for each in stated if each.claim.of is not None))
    parts = (
        CountCheck(status, counts[status], tuple(each for each in stated if each.claim.status == status))
        for status in STATUSES
    )
    shown = tuple(check for check in parts if check.rows or check.stated)
    return CountedReport(
        document.id,
        document.title,
        document.url,
        document.release_id,
        document.release_title,
        rows[0].date,
        (whole, *shown),
        _unread(connection, document.id),
    )


def _counts_projects(stored: StoredClaim, group: ProjectGroup, nouns: Nouns) -> bool:
    """Whether a release states by it how many of the programme's projects there are, or are in a state."""
    claim = stored.claim
    told = claim.comparator == "=" and claim.modality == "actual" and stored.decision != "rejected"
    about = claim.subject is None or name_key(claim.subject) in group.keys
    return told and about and isinstance(claim.of, Decimal) and nouns.series(claim.counted) in _counted(nouns)


def _counted(nouns: Nouns) -> set[str | None]:
    return {nouns.series(noun) for noun in ("Projekt", "Vorhaben", "Maßnahme")}


def _unread(connection: Connection, document_id: str) -> tuple[str, ...]:
    newest = (
        select(PageReading.warnings)
        .join(Revision, Revision.id == PageReading.revision_id)
        .where(Revision.release_id == document_id)
        .order_by(PageReading.id.desc())
        .limit(1)
    )
    return tuple(connection.execute(newest).scalar_one())


def _projects(reports: Sequence[Sequence[StoredClaim]]) -> tuple[ProjectStates, ...]:
    """All projects, in the order of the newest report that names them."""
    names: dict[str, str] = {}
    by_report: list[dict[str, StoredClaim]] = []
    for rows in reversed(reports):
        own: dict[str, StoredClaim] = {}
        for each in rows:
            assert each.claim.subject is not None
            key = name_key(each.claim.subject)
            names.setdefault(key, each.claim.subject)
            own.setdefault(key, each)
        by_report.insert(0, own)
    return tuple(ProjectStates(name, tuple(own.get(key) for own in by_report)) for key, name in names.items())
