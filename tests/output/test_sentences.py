"""Claims in words that need more of them than their number."""

import pytest

from models.claim import Claim, Cue
from models.language import LANGUAGES
from output.sentences import period


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
