"""What changed of a claim, in words: where its number and its state stand as before, something else did."""

from collections.abc import Mapping
from typing import Any

from models.language import Language
from output.sentences import statement
from output.words import day

_LABELS: Mapping[str, Mapping[Language, str]] = {
    "speaker": {"de": "Sprecher", "en": "speaker"},
    "reporting_date": {"de": "Stichtag", "en": "reporting date"},
}
"""What is told of a claim and is no part of `statement`."""
_NONE: Mapping[Language, str] = {"de": "nicht genannt", "en": "not stated"}


def other_fields(before: Mapping[str, Any], after: Mapping[str, Any], language: Language) -> list[tuple[str, str, str]]:
    """What reads otherwise beside the statement itself: the name of each field, its value before and now.

    Args:
        before: record of the claim.
        after: see `before`.
        language: of the words.
    """
    if statement(before, language) != statement(after, language):
        return []
    differing = ((name, before[name], after[name]) for name in _LABELS if before[name] != after[name])
    return [
        (_LABELS[name][language], _shown(name, was, language), _shown(name, now, language))
        for name, was, now in differing
    ]


def _shown(name: str, value: str | None, language: Language) -> str:
    if value is None:
        return _NONE[language]
    return day(value, language) if name == "reporting_date" else value
