"""Releases by the words of their titles, for searches that no claim answers."""

import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, or_

from db.claims.search_terms import WORD, weighed
from db.claims.wording import Wording, wording
from db.releases.documents import is_document
from db.releases.queries import ReleaseSummary, load_summaries, summaries
from db.tables import ReleaseRow
from models.calendar import berlin_day
from models.filters import ClaimFilter
from models.keys import fold

_BEGINNING = 6
"""Letters of a word by which titles are sought, before each is read."""
_CALLED = ("korrektur", "berichtigung", "richtigstellung", "aktualisiert", "update", "achtung")
_CORRECTS = re.compile(
    r"(?:Achtung\W+)?(?:Korrektur(?:meldung)?|Berichtigung|Richtigstellung|Aktualisiert(?: am [\d.]+)?|Update)"
    r"\s*[:!–-]",
    re.IGNORECASE,
)
_INFLECTED = re.compile("[aou]e?|ss")
"""What umlauts make of vowels, and what may be spelt in two ways."""


def releases_titled(connection: Connection, wanted: ClaimFilter, *, limit: int) -> list[ReleaseSummary]:
    """Releases whose titles have all words of a search in any form, the newest first; none of a search without words.

    Args:
        connection: of the database.
        wanted: its words and its press offices; a title knows nothing of other filters.
        limit: at most.
    """
    said = wording(wanted.text or "")
    if not said.words:
        return []
    statement = summaries().where(~is_document(ReleaseRow.id), *map(_may_have, said.words))
    if wanted.source is not None:
        statement = statement.where(ReleaseRow.source_id == wanted.source)
    if wanted.sources is not None:
        statement = statement.where(ReleaseRow.source_id.in_(sorted(wanted.sources)))
    order = (ReleaseRow.published.is_(None), ReleaseRow.published.desc(), ReleaseRow.id)
    found = load_summaries(connection, statement.order_by(*order))
    return [each for each in found if _has(each, said)][:limit]


def self_called_corrections(connection: Connection) -> list[ReleaseSummary]:
    """Releases whose titles call them a correction of another one ("KORREKTUR: …"), the newest first."""
    begun = or_(*(ReleaseRow.title.ilike(f"{pattern}%") for pattern in _CALLED))
    statement = summaries().where(~is_document(ReleaseRow.id), begun)
    found = load_summaries(connection, statement.order_by(ReleaseRow.published.desc().nulls_last(), ReleaseRow.id))
    return [each for each in found if calls_itself_correction(each.title)]


def calls_itself_correction(title: str) -> bool:
    """Whether the title of a release says that it corrects another one."""
    return _CORRECTS.match(title) is not None


def _may_have(terms: Iterable[str]) -> ColumnElement[bool]:
    """That a title has letters of one of some terms; databases know neither umlauts nor inflection."""
    return or_(*(ReleaseRow.title.ilike(f"%{_INFLECTED.sub('%', term[:_BEGINNING])}%") for term in sorted(terms)))


def _has(release: ReleaseSummary, said: Wording) -> bool:
    title, day = fold(release.title), berlin_day(release.published) or ""
    terms = weighed(release.title)
    excluded = weighed(*said.excluded)
    return (
        all(word & terms.keys() for word in said.words)
        and all(fold(phrase) in title for phrase in said.phrases)
        and not any(fold(phrase) in title for phrase in said.excluded_phrases)
        and not any(terms.get(term) == WORD for term in excluded)
        and all(day.startswith(prefix) or fold(named) in title for named, prefix in said.dates.items())
    )
