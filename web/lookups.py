"""What an address names, looked up for pages and API alike; what is unknown is refused with 404."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import quote

from fastapi import Request
from pydantic import BaseModel

from comparison.programme import Comparison
from comparison.recurring import Recurring
from db.claims.changes import ClaimChange, changes
from db.claims.facets import claims_by_project
from db.claims.queries import claim
from db.claims.wording import spelt_otherwise
from db.curation.names import ProjectNames
from db.curation.objections import may_object, objection
from db.curation.related_names import related_names
from db.releases.queries import ReleaseDetail, release
from db.watching.watches import WatchRecord, watch_by_token
from inquiries.due_plans import DuePlans, PlanOrder, due_plans
from inquiries.programme import compare
from inquiries.reports import ReportedProjects, reported_projects
from inquiries.series import one_series
from models.calendar import day_bounds
from models.errors import InputError, UnknownName
from models.keys import fold
from models.objections import Objection
from models.projects import ProjectGroup
from models.settings import settings
from models.stored import StoredClaim
from web.http.language import language_of, translations
from web.http.refusals import Refused, not_found
from web.offices import refuse_unknown_office
from web.site import Site, site_of

MOST_PROGRAMMES = 4
"""That stand side by side."""
WATCHED_DAYS = 30
"""That the page of a watch looks back."""
_MOST_CHANGES = 200


class ProjectRecord(BaseModel):
    """A project: its name, other names in use, its named parts, and how many claims are about it."""

    name: str
    aliases: list[str]
    parts: list[str]
    claims: int


def spelt_as_meant(site: Site, words: str | None) -> str | None:
    """Words for which nothing was found as they may be meant."""
    if not words:
        return None
    with site.engine.connect() as connection:
        return spelt_otherwise(connection, words)


def claim_of(site: Site, key: str) -> StoredClaim:
    """The claim of a key as it reads now.

    Raises:
        Refused: 404, there is no such claim.
    """
    with _known():
        return claim(site.engine, key)


def release_of(site: Site, release_id: str) -> ReleaseDetail:
    """The release of an id.

    Raises:
        Refused: 404, there is no such release.
    """
    with _known():
        return release(site.engine, release_id)


def reports_of(site: Site, name: str) -> ReportedProjects:
    """What the progress reports of a programme say of each of its projects.

    Raises:
        Refused: 404, no such name is known.
    """
    with _known():
        return reported_projects(site.engine, name)


def comparison_of(site: Site, name: str) -> Comparison:
    """The comparison of a programme, by any of its names.

    Raises:
        Refused: 404, no such name is known.
    """
    with _known():
        return compare(site.engine, name)


def objection_of(site: Site, number: int) -> Objection:
    """The objection of a number.

    Raises:
        Refused: 404, there is no such objection.
    """
    with _known():
        return objection(site.engine, number)


def plans_of(
    site: Site,
    year: str | None,
    project: str | None,
    source: str | None,
    *,
    later: bool,
    order: PlanOrder,
) -> DuePlans:
    """What was announced for a year, or for it and later ones, of all programmes or one, in an order.

    Raises:
        Refused: 404, no such programme or press office is known.
    """
    with _known():
        refuse_unknown_office(site, source)
        this_year = str(site.today().year)
        return due_plans(
            site.engine, year, this_year=this_year, later=later, project=project, source=source, order=order
        )


def series_of(site: Site, key: str) -> Recurring:
    """The series of a key, its own or that of any of its claims.

    Raises:
        Refused: 404, there is no such series.
    """
    with _known():
        return one_series(site.engine, key)


def project_of(site: Site, name: str) -> ProjectGroup:
    """The project of a name.

    Raises:
        Refused: 404, no such name is known.
    """
    with _known(), site.engine.connect() as connection:
        return ProjectNames(connection).resolve(name)


def related_to(site: Site, group: ProjectGroup | None) -> list[str]:
    """Names that share a rare word with a project's: releases may call it so, too."""
    if group is None:
        return []
    with site.engine.connect() as connection:
        return related_names(connection, ProjectNames(connection), group)


def nearest_if_unknown(site: Site, name: str) -> list[str] | None:
    """Known names like one that is not known, None where it is known."""
    with site.engine.connect() as connection:
        try:
            ProjectNames(connection).resolve(name)
        except UnknownName as error:
            return list(error.near)
    return None


def projects(site: Site, part: str | None = None) -> list[ProjectRecord]:
    """The listed programmes with the number of claims about them, by name; with `part` all that have it in a name."""
    with site.engine.connect() as connection:
        counts = claims_by_project(connection)
        names = ProjectNames(connection)
        groups = names.programmes() if part is None else names.groups()
    return [
        ProjectRecord(
            name=group.name,
            aliases=list(group.aliases),
            parts=[part.name for part in group.parts],
            claims=sum(counts.get(key, 0) for key in group.keys),
        )
        for group in groups
        if part is None or any(fold(part) in fold(name) for name in (group.name, *group.aliases))
    ]


def watch_of(site: Site, token: str) -> WatchRecord:
    """The watch whose page has this token.

    Raises:
        Refused: 404, nobody watches there (any more).
    """
    watch = watch_by_token(site.engine, token)
    if watch is None or watch.topic != "claims":
        raise Refused(404, "There is no such watch; it may have been ended.")
    return watch


def latest_changes(site: Site, watch: WatchRecord) -> list[ClaimChange]:
    """What changed among the claims of a watch in the last days, the latest first."""
    since, _ = day_bounds(site.today() - timedelta(days=WATCHED_DAYS - 1))
    _, until = day_bounds(site.today())
    try:
        return changes(site.engine, since=since, until=until, wanted=watch.wanted, limit=_MOST_CHANGES)
    except InputError:  # no release has named its project yet
        return []


def report_address(request: Request, about: str = "") -> str | None:
    """Where readers report an error: a mail to the operator, or the operator's page; None where neither is set.

    Args:
        request: of the page that says so.
        about: the address of what is wrong.
    """
    contact, language = settings().contact, language_of(request)
    if contact is None or "://" in contact:
        return contact
    subject = translations(language).gettext("Fehler in einer Angabe")
    return f"mailto:{quote(contact, safe='@')}?subject={quote(subject)}&body={quote(about)}"


def objections_closed(request: Request) -> str | None:
    """Why no error can be reported by the form on the page of a claim; None where it can."""
    _ = translations(language_of(request)).gettext
    if not settings().objections:
        return _("Über diese Seiten lässt sich kein Fehler melden: Der Betreiber hat das Formular abgeschaltet.")
    if not may_object(site_of(request).engine):
        return _("Über diese Seiten lässt sich kein Fehler melden: Sie speichern zur Zeit nichts.")
    return None


@contextmanager
def _known() -> Iterator[None]:
    try:
        yield
    except InputError as error:
        raise not_found(error) from error
