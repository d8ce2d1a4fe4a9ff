"""Claims in words that need more of them than their number."""

from decimal import Decimal

import pytest

from models.claim import Claim, Cue
from models.language import LANGUAGES
from output.records import record
from output.sentences import period, quantity, statement


@pytest.mark.parametrize(
    ("words", "since", "until", "as_of", "german", "english"),
    [
        ("seit 2022", "2022", None, None, "seit 2022", "since 2022"),
        ("ab 2024", "2024", None, None, "ab 2024", "from 2024"),
        ("2022 bis 2023", "2022", "2023", None, "2022 bis 2023", "2022 to 2023"),
        ("Seit 2022", "2022", "2023", None, "2022 bis 2023", "2022 to 2023"),
        ("bis 2029", None, "2029", None, "bis 2029", "until 2029"),
        ("2020", None, None, "2020", "2020", "2020"),
        ("ab 2024", "2024", "2023", None, "ab 2024, bis 2023", "from 2024, until 2023"),
    ],
)
def test_a_time_is_stated_as_its_words_state_it(
    words: str, since: str | None, until: str | None, as_of: str | None, german: str, english: str
) -> None:
    claim = Claim(
        kind="count", quote="42 Plätze", start=0, end=9, sentence=f"42 Plätze {words}.", sentence_start=0, rule="test",
        since=since, until=until, as_of=as_of, cues=(Cue("period", 10, 10 + len(words)),),
    )  # fmt: skip
    assert [period(claim, language) for language in LANGUAGES] == [german, english]


@pytest.mark.parametrize(
    ("quote", "sentence", "counted", "value", "of", "told"),
    [
        ("42 sind fertig", "Von 73 Projekten: 42 sind fertig.", "Projekt", 42, 73, "42 von 73 Projekten"),
        ("15 wurden aufgegeben", "15 wurden aufgegeben.", "Projekt", 15, 73, "15 von 73 Projekten"),
        ("15 wurden aufgegeben", "15 wurden aufgegeben.", "Projekt", 15, None, "15 Projekte"),
        ("13 Blogs", "35 Zeitungen, davon 13 Blogs.", "Blog", 13, 35, "13 Blogs von 35"),
        ("ein Steg", "Es ist ein Steg.", "Steg", 1, None, "1 Steg"),
    ],
)
def test_a_message_says_a_part_with_its_whole_as_pages_do(
    quote: str, sentence: str, counted: str, value: int, of: int | None, told: str
) -> None:
    claim = Claim(
        kind="count", quote=quote, start=0, end=len(quote), sentence=sentence, sentence_start=0, rule="test",
        counted=counted, value=Decimal(value), of=None if of is None else Decimal(of),
    )  # fmt: skip
    assert (statement(record(claim), "de"), quantity(claim, "de")) == (told, told)
