"""Moments as tables show them, in both languages."""

import pytest

from models.language import LANGUAGES
from output.dates import stamps_shown


@pytest.mark.parametrize(
    ("words", "german", "english"),
    [
        ("2024-03-14 02:30", "14.03.2024, 02:30 Uhr", "2024-03-14 02:30"),
        ("2024-03-14T01:30:07.123456Z", "14.03.2024, 02:30 Uhr", "2024-03-14 02:30"),
        ("2024-07-14T01:30:07+00:00", "14.07.2024, 03:30 Uhr", "2024-07-14 03:30"),
        ("2024-03-14", "14.03.2024", "2024-03-14"),
        ("Stand 2024-03-14", "Stand 2024-03-14", "Stand 2024-03-14"),
        ("2024", "2024", "2024"),
    ],
)
def test_moments_stand_as_the_language_has_them(words: str, german: str, english: str) -> None:
    assert [stamps_shown(words, language) for language in LANGUAGES] == [german, english]
