"""Programmes that are worth a look to those who come without a question."""

from sqlalchemy import Engine

from comparison.programme import Comparison
from db.claims.facets import years_by_project
from db.claims.series import subjects_in_series
from db.curation.names import ProjectNames
from inquiries.kept import kept
from inquiries.programme import comparison
from models.projects import ProjectGroup

_MOST = 6
_YEARS = 3
"""In which a programme is told, so that there is something to compare."""


@kept
def most_told(engine: Engine) -> tuple[str, ...]:
    """Of the listed programmes that are told in several years, and have numbers of several dates to lay side by side,
    those with the most claims; none before series were made."""
    with engine.connect() as connection:
        told, in_series = years_by_project(connection), subjects_in_series(connection)
        candidates: list[tuple[int, str, ProjectGroup]] = []
        for group in ProjectNames(connection).programmes():
            by_year = [told[key] for key in group.keys if key in told]
            if group.keys & in_series and len({year for years in by_year for year in years}) >= _YEARS:
                candidates.append((-sum(sum(years.values()) for years in by_year), group.name, group))
        found: list[str] = []
        for _, name, group in sorted(candidates, key=lambda each: each[:2]):
            if len(found) < _MOST and has_numbers_to_compare(comparison(connection, group)):
                found.append(name)
        return tuple(found)


def has_numbers_to_compare(compared: Comparison) -> bool:
    """Whether its table or one of its series has numbers of two dates."""
    return len(compared.rows) > 1 or any(len({point.date for point in each.points}) > 1 for each in compared.series)
