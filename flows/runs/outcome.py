"""What a run came to, source by source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Literal

from models.errors import BilanzError

FinalState = Literal["completed", "degraded", "failed"]


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What a number of releases came to; outcomes can be added.

    Attributes:
        found: announced by the office and taken up.
        new: releases stored for the first time.
        corrected: known releases whose text the office changed.
        unchanged: known releases that say what they said before.
        gone: answered with 404 or 410.
        blocked: answered with a refusal, a challenge or an error page.
        broken: no answer, or a page that could not be read.
        claims: whose key was not known before.
        releases: ids of the new and the corrected releases.
        problems: one sentence each.
        warnings: what was stored all the same but should be looked at, one sentence each.
    """

    found: int = 0
    new: int = 0
    corrected: int = 0
    unchanged: int = 0
    gone: int = 0
    blocked: int = 0
    broken: int = 0
    claims: int = 0
    releases: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def __add__(self, other: "RunOutcome") -> "RunOutcome":
        return RunOutcome(*(getattr(self, part.name) + getattr(other, part.name) for part in fields(self)))

    @property
    def counts(self) -> dict[str, int]:
        """All that is counted, by name."""
        return {part.name: getattr(self, part.name) for part in fields(self) if isinstance(part.default, int)}

    @property
    def read(self) -> int:
        """Releases of which is known what they say."""
        return self.new + self.corrected + self.unchanged

    @property
    def seen_to(self) -> int:
        """Releases of which is known what they came to."""
        return self.read + self.gone + self.blocked + self.broken


@dataclass(frozen=True, slots=True)
class SourceReport:
    """How one source fared in one run.

    `reason` says why it is not completed; `read` is False where another run was reading it, which
    says nothing of how the source is.
    """

    source: str
    state: FinalState
    started_at: datetime
    ended_at: datetime
    outcome: RunOutcome = field(default_factory=RunOutcome)
    reason: str | None = None
    read: bool = True

    def row(self) -> dict[str, str | int | float | None]:
        """The report as one row of a table."""
        seconds = (self.ended_at - self.started_at).total_seconds()
        return {
            "source": self.source,
            "state": self.state,
            **self.outcome.counts,
            "seconds": round(seconds, 1),
            "reason": self.reason,
        }


class RunFailed(BilanzError):
    """A whole run failed; the message says why, office by office.

    Attributes:
        results: what the run came to all the same: reports of offices, or pages that were read again.
    """

    def __init__(self, message: str, results: Sequence[Any]) -> None:
        super().__init__(message)
        self.results = list(results)


def all_failed(reports: Sequence[SourceReport]) -> RunFailed:
    """What a run ends with of which no office could be read."""
    reasons = (f"{report.source}: {report.reason}" for report in reports)
    return RunFailed("\n".join(("No source could be read.", *reasons)), reports)


def could_read(reports: Iterable[SourceReport]) -> bool:
    """Whether any office could be read: by this run, and not by another just now."""
    return any(report.read and report.state != "failed" for report in reports)


def state_of(reports: Iterable[SourceReport]) -> FinalState:
    """Of the whole run: failed where all sources failed, degraded where not all are completed."""
    states = {report.state for report in reports}
    if states == {"failed"}:
        return "failed"
    return "completed" if states <= {"completed"} else "degraded"


def markdown(reports: Iterable[SourceReport]) -> str:
    """The run as a text for people: what is new, and what went wrong where."""
    reports = tuple(reports)
    total = sum((report.outcome for report in reports), RunOutcome())
    lines = [
        "# Ingestion",
        "",
        f"{total.new} new releases, {total.corrected} corrected, {total.claims} new claims "
        f"from {len(reports)} sources: {state_of(reports)}.",
    ]
    for report in reports:
        if report.state == "completed":
            continue
        lines += ["", f"## {report.source}: {report.state}", "", str(report.reason)]
        lines += [f"- {sentence}" for sentence in (*report.outcome.problems, *report.outcome.warnings)]
    return "\n".join(lines)
