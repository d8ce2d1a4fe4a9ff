"""The table of facets, and all that must agree with it."""

from inspect import signature
from typing import Any, get_args

from cli.commands.claims import claims as claims_command
from inquiries.search import SearchQuery
from models.filters import FACETS, NOT_STATED, OFFICE_FACETS, SHOWN_FACETS, ClaimFilter
from output.letters import described


def test_addresses_and_filters_know_all_facets_and_their_values() -> None:
    for facet in FACETS:
        assert facet.name in SearchQuery.model_fields
        assert facet.name in ClaimFilter.__dataclass_fields__ or facet.name == "year"
        if facet.values:
            assert set(_words(SearchQuery.model_fields[facet.name].annotation)) - {NOT_STATED} == set(facet.values)


def test_pages_show_facets_by_their_place() -> None:
    assert SHOWN_FACETS == (
        "project", "status", "year", "source", "state", "kind", "modality", "speaker", "health", "decision",
    )  # fmt: skip
    assert all(set(facet.words) == {"de", "en"} for facet in (*FACETS, *OFFICE_FACETS))


def test_command_has_an_option_for_each_facet_that_says_what_it_is() -> None:

    options = signature(claims_command).parameters
    assert [facet.name for facet in FACETS if facet.option and facet.name not in options] == []
    assert "facets" not in options and "unit" not in options


def test_watch_is_described_by_all_that_it_asks_for() -> None:
    wanted = ClaimFilter(text="Deich", project="Deichpakt", status="completed", unit="km", decision=NOT_STATED)
    assert described(wanted, "de") == "„Deich“, Deichpakt, abgeschlossen, km, nicht durchgesehen"


def _words(annotation: Any) -> list[str]:
    """The words that a type allows."""
    parts = get_args(annotation)
    return [word for part in parts for word in ([part] if isinstance(part, str) else _words(part))]
