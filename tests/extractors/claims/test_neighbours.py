"""Which project a statement is about, with what the statements around it are about."""

from datetime import date

import pytest

from extractors.claims.about.alternatives import Utterance
from extractors.claims.about.subject import Subjects
from extractors.claims.extraction import found_in
from extractors.claims.found import Found
from extractors.decisions import Linear, learned

TEXT = """Stadtrat berichtet

Der Kulturfonds Nord fördert 40 Häuser. Er gibt 3 Millionen Euro. 12 Bühnen erhalten 90.000 Euro.

Die Stadtbibliothek Süd hat 12 Stellen und 4 Räume."""


def _found() -> Found:
    _, found = found_in(TEXT, published=date(2024, 5, 6), paragraphs=(), tagger=None)
    return found


def test_scores_are_the_weighed_rows() -> None:
    found = _found()
    subjects, weights = Subjects(found), learned("neighbours")
    assert len(found.projects) > 1 and len(found.quantities) > 5
    for quantity in found.quantities:
        statement = Utterance.of_number(quantity)
        rows = [weights.score(row) - weights.bias for row in subjects.neighbours.rows(statement)]
        assert [*subjects.neighbours.scores(statement, weights)] == pytest.approx(rows)


def test_what_the_others_are_about_is_a_share_of_them() -> None:
    found = _found()
    subjects = Subjects(found)
    rows = [subjects.neighbours.rows(Utterance.of_number(quantity)) for quantity in found.quantities]
    for of_statement in rows:
        assert sum(row.get("in-release", 0) + row.get("none, in-release", 0) for row in of_statement) == pytest.approx(
            1
        )


def test_neighbours_decide_where_they_weigh() -> None:
    """With weights that ask the paragraph alone, all its statements are about what most of them are about."""
    found = _found()
    by_paragraph = Linear({"in-paragraph": 1.0, "none, in-paragraph": 1.0})
    names = [project.name for project in found.projects]
    subjects = Subjects(found, neighbours=by_paragraph)
    chosen = [subjects.choose(Utterance.of_number(quantity)).named for quantity in found.quantities]
    by_place = [None if one is None else names[one.project] for one in chosen]
    assert by_place[:4] == ["Kulturfonds Nord"] * 4
