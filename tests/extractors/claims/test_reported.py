"""Which names a release is said to report on: subjects of its claims, and others that are no second name."""

from extractors.claims import extract
from extractors.claims.reported import beside_others
from extractors.decisions import learned
from extractors.rules.projects.naming import Standing

LIKELY = Standing(name=0.6, topic=0.1)


def chance(names: list[str], standings: list[Standing]) -> list[float]:
    """How likely the release reports on each of some names, each mentioned once."""
    return [learned("reported").probability(row) for row in beside_others(names, standings, [1] * len(names))]


def test_a_second_name_of_the_same_thing_is_less_likely_than_a_name_of_its_own() -> None:
    first = Standing(name=0.9, topic=0.5)
    _, same = chance(["Hafenwoche Nordstadt", "Hafenwochen"], [first, LIKELY])
    _, other = chance(["Hafenwoche Nordstadt", "Uferpakt"], [first, LIKELY])
    assert same < other


def test_a_name_among_many_better_ones_is_less_likely_than_alone() -> None:
    (alone,) = chance(["Uferpakt"], [LIKELY])
    better = ["Hafenwoche", "Deichfonds", "Moorlabor", "Küstenpreis"]
    among = chance([*better, "Uferpakt"], [*[Standing(name=0.9, topic=0.2)] * 4, LIKELY])[-1]
    assert among < alone


def test_the_order_of_the_names_decides_nothing() -> None:
    names, standings = ["Hafenwoche", "Uferpakt"], [Standing(name=0.9, topic=0.5), LIKELY]
    assert chance(names, standings) == chance(names[::-1], standings[::-1])[::-1]


def test_what_a_claim_is_about_is_reported_on() -> None:
    extraction = extract("Das Projekt „Uferpakt“ hat 40 Brücken saniert.", published=None)
    subjects = {claim.subject for claim in extraction.claims if claim.subject is not None}
    assert subjects
    assert subjects <= {project.name for project in extraction.projects}
