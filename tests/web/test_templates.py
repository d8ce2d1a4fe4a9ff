"""Templates that people can read, and that find a name for all that a search may ask for."""

from pathlib import Path

from inquiries.search import SearchQuery
from output.terms import FIELD_TERMS

TEMPLATES = Path(__file__).parents[2] / "web" / "templates"
LONGEST_LINE = 140


def test_no_line_is_too_long_to_read() -> None:
    long = [
        f"{template.name}:{number}"
        for template in TEMPLATES.glob("*.html")
        for number, line in enumerate(template.read_text("utf-8").splitlines(), start=1)
        if len(line) > LONGEST_LINE
    ]
    assert long == []


def test_every_filter_of_a_search_has_a_name() -> None:
    assert set(SearchQuery.model_fields) == set(FIELD_TERMS)
