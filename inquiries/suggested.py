"""Programmes that are worth a look to those who come without a question."""

from sqlalchemy import Connection

from db.claims.facets import years_by_project
from db.curation.names import ProjectNames

_YEARS = 3
"""In which a programme is told, so that there is something to compare."""


def most_told(connection: Connection, most: int) -> list[str]:
    """Of the listed programmes that are told in several years those with the most claims."""
    told = years_by_project(connection)
    found: list[tuple[int, str]] = []
    for group in ProjectNames(connection).programmes():
        by_year = [told[key] for key in group.keys if key in told]
        if len({year for years in by_year for year in years}) >= _YEARS:
            found.append((-sum(sum(years.values()) for years in by_year), group.name))
    return [name for _, name in sorted(found)[:most]]
