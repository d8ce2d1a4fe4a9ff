"""Press offices by what is known of them: the Land they belong to, and how their last run went."""

from collections import Counter
from collections.abc import Callable, Mapping

from db.archive.imported import collections
from db.claims.facets import Facet, Facets
from db.claims.facets import facets as stored_facets
from db.operation.health import last_states
from inquiries.search import SearchQuery
from models.errors import UnknownName
from models.filters import FACETS, NOT_STATED, OFFICE_FACETS, ClaimFilter
from models.source import State
from models.spelling import meant, spelt_like
from web.site import Site

OF_OFFICES = tuple(facet.name for facet in OFFICE_FACETS)
"""Fields that press offices have, not their claims."""
_NAMES = (*(facet.name for facet in FACETS), *OF_OFFICES)


def filter_of(site: Site, query: SearchQuery) -> ClaimFilter:
    """What a search means to the database; its Land and health are the press offices that have them."""
    return query.filter(_offices_where(site, query.state, query.health))


def known_filter(site: Site, query: SearchQuery) -> ClaimFilter:
    """The same, of a press office that is known.

    Raises:
        UnknownName: it is not.
    """
    refuse_unknown_office(site, query.source)
    return filter_of(site, query)


def facets(site: Site, wanted: ClaimFilter, *, names: tuple[str, ...] = _NAMES) -> Facets:
    """Counts for each value of a field, those of the press offices added up from the offices' own.

    Raises:
        InputError: an unknown project.
    """
    counted = stored_facets(site.engine, wanted, names=tuple(name for name in names if name not in OF_OFFICES))
    by_name = {facet.field: facet for facet in counted.facets}
    values = _values(site, last_states(site.engine))
    for name in OF_OFFICES:
        sums: Counter[str] = Counter()
        for source, count in by_name["source"].counts:
            sums[values[name](source)] += count or 0
        most_first: list[tuple[str, int]] = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
        by_name[name] = Facet(name, tuple(most_first))
    found = tuple(by_name[name] for name in names)
    return Facets(counted.total, counted.exact, found if counted.exact else tuple(map(_without_numbers, found)))


def _without_numbers(facet: Facet) -> Facet:
    """A facet of a sample: which values are frequent, but not how many claims have them."""
    return Facet(facet.field, tuple((value, None) for value, _ in facet.counts))


def nearest_offices(site: Site, source: str | None) -> list[str] | None:
    """Ids of press offices called or named like one that is not known; None where it is, or none is asked for."""
    if source is None or source == NOT_STATED or source in site.sources:
        return None
    known = sorted({*site.sources, *last_states(site.engine)})
    if source in known:
        return None
    called = {name: each for each in known for name in (each, site.publisher(each))}
    return list(dict.fromkeys(called[name] for name in spelt_like(source, called)))


def refuse_unknown_office(site: Site, source: str | None) -> None:
    """For what has no place to say so beside an answer: programs and files.

    Raises:
        UnknownName: nobody knows the press office that is asked for.
    """
    near = nearest_offices(site, source)
    if source is not None and near is not None:
        hint = meant(near, "/api/v1/health lists those that were read.")
        raise UnknownName(f"No press office is called {source!r}; {hint}", source, near)


def imported_among(site: Site, source: str | None) -> dict[str, str]:
    """The imported collections by id: the one that is asked for, else all."""
    return {each: name for each, name in collections(site.engine).items() if source in (None, each)}


def offices_asked_for(site: Site, source: str | None, state: State | None) -> frozenset[str] | None:
    """Ids of the press offices of a Land, or of one of them alone; None where neither is asked for."""
    of_land = _offices_where(site, state, None)
    if source is None:
        return of_land
    return frozenset({source}) if of_land is None or source in of_land else frozenset()


def _offices_where(site: Site, state: str | None, health: str | None) -> frozenset[str] | None:
    """Ids of the press offices of a Land and with a health, None where neither is asked for."""
    wanted = {name: value for name, value in zip(OF_OFFICES, (state, health), strict=True) if value is not None}
    if not wanted:
        return None
    known = last_states(site.engine)
    values = _values(site, known)
    return frozenset(each for each in known if all(values[name](each) == value for name, value in wanted.items()))


def _values(site: Site, states: Mapping[str, str | None]) -> dict[str, Callable[[str], str]]:
    """What is known of a press office by its id, for each of `OFFICE_FACETS`."""
    return {
        "state": lambda source: site.sources[source].state if source in site.sources else NOT_STATED,
        "health": lambda source: states.get(source) or NOT_STATED,
    }
