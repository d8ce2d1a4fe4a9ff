"""Which project a statement is about: what is summed by columns is what the named features weigh."""

from datetime import date

import pytest

from extractors.claims.about.alternatives import Utterance
from extractors.claims.about.subject import Subjects
from extractors.claims.extraction import found_in
from extractors.decisions import learned

TEXT = """Programm „Neue Wege“ startet

Das Programm „Neue Wege“ fördert 40 Projekte mit 2,5 Mio. Euro. Die Stiftung Heimat gibt 300.000 Euro dazu.

Die Stadtbibliothek Nord
Für die Stadtbibliothek Nord sind 12 Stellen bewilligt. Die Bibliothek öffnet 2026. Die Stiftung prüft den Umbau."""


@pytest.mark.parametrize("kind", ["count", "money", "share", "status"])
def test_scores_are_the_weighed_rows(kind: str) -> None:
    _, found = found_in(TEXT, published=date(2024, 5, 6), paragraphs=(), tagger=None)
    subjects, weights = Subjects(found), learned("subject")
    assert len(found.projects) > 2
    for token in range(len(found.tokens.words)):
        statement = Utterance(token, token, kind, None)  # type: ignore[arg-type]
        ruled = subjects.by_rule(statement)
        scores = subjects.alternatives.scores(statement, ruled)
        rows = [weights.score(row) - weights.bias for row in subjects.alternatives.rows(statement, ruled)]
        assert [*scores] == pytest.approx(rows)
