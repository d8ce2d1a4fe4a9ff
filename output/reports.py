"""Progress reports project by project, as records, rows and sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

from inquiries.reports import CountCheck, CountedReport, ReportedProjects
from models.claim import plain
from models.language import Language
from models.stored import StoredClaim
from output.words import column_day, status_words

_IN_ALL: Mapping[Language, str] = {"de": "insgesamt", "en": "in all"}
_NOTHING: Mapping[Language, str] = {"de": "nichts gefunden", "en": "nothing found"}
_AGREES: Mapping[bool, Mapping[Language, str]] = {True: {"de": "ja", "en": "yes"}, False: {"de": "NEIN", "en": "NO"}}


def reports_record(found: ReportedProjects) -> dict[str, Any]:
    """All reports of a programme and the projects in their rows, JSON-ready; projects name a state for each report."""
    return {
        "programme": found.programme,
        "reports": [_report(report) for report in found.reports],
        "projects": [
            {"name": project.name, "changed": project.changed, "states": [_state(each) for each in project.states]}
            for project in found.projects
        ],
    }


def _report(report: CountedReport) -> dict[str, Any]:
    return {
        "id": report.id,
        "title": report.title,
        "url": report.url,
        "release_id": report.release_id,
        "release_title": report.release_title,
        "reporting_date": report.date,
        "agrees": report.agrees,
        "checks": [
            {
                "status": check.status,
                "rows": check.rows,
                "stated": [_stated(check, each) for each in check.stated],
                "agrees": check.agrees,
            }
            for check in report.checks
        ],
        "unread": list(report.unread),
    }


def _stated(check: CountCheck, claim: StoredClaim) -> dict[str, Any]:
    return {"claim": claim.key, "value": plain(check.number(claim)), "quote": claim.claim.quote}


def _state(claim: StoredClaim | None) -> dict[str, Any] | None:
    return None if claim is None else {"claim": claim.key, "status": claim.claim.status}


def project_rows(found: ReportedProjects) -> list[dict[str, Any]]:
    """A flat row for each project and report that names it."""
    return [
        {
            "programme": found.programme,
            "project": project.name,
            "reporting_date": report.date,
            "status": each.claim.status,
            "stated_as": each.claim.quote,
            "report": report.title,
            "url": report.url,
            "claim": each.key,
        }
        for project in found.projects
        for report, each in zip(found.reports, project.states, strict=True)
        if each is not None
    ]


def check_lines(found: ReportedProjects, language: Language) -> Iterator[tuple[str, ...]]:
    """The count check as cells: as at when, state, rows of the report, what its release says, whether they agree."""
    for report in found.reports:
        for check in report.checks:
            state = status_words(check.status, language) if check.status else _IN_ALL[language]
            stated = ", ".join(dict.fromkeys(plain(check.number(each)) or "" for each in check.stated))
            agrees = "" if check.agrees is None else _AGREES[check.agrees][language]
            yield column_day(report.date, language), state, str(check.rows), stated or _NOTHING[language], agrees
