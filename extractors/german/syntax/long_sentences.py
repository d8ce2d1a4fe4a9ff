"""Cuts sentences that no full stop ends: tables, lists of places, what machines print.

The rules look through a sentence for each of its numbers, so that its length has to be bounded. A sentence of LONGEST
tokens is cut where it hurts least: behind an entry of a list, at the worst between two words, never between a number
and what it counts as long as there is any other place.
"""

from collections.abc import Callable, Sequence

LONGEST = 180
"""Tokens of a sentence, white space included. Fewer than one sentence in two thousand of press releases has more."""
SHORTEST = 60
"""Tokens that a piece has at least, so that cutting leaves sentences and no scraps."""
_OPENING = frozenset('([{„«‚›“"')
_ITEMS = frozenset("•▪●‣◦*|")


def cut(words: Sequence[str], starts: Sequence[bool]) -> list[bool]:
    """The sentence starts of a text, with more of them in sentences of more than LONGEST tokens.

    Args:
        words: the forms of all tokens, white space among them.
        starts: for each whether a sentence begins with it.
    """
    result = list(starts)
    begin = 0
    for index, starting in enumerate(starts):
        if starting:
            begin = index
        elif index - begin >= LONGEST:
            begin = _place(words, begin + SHORTEST, index)
            result[begin] = True
    return result


def _place(words: Sequence[str], first: int, last: int) -> int:
    """The token, from `first` to `last`, with which a piece had best begin: the last one at the best kind of place."""
    for fits in _PLACES:
        place = next((index for index in range(last, first - 1, -1) if _stands_well(words, index, fits)), None)
        if place is not None:
            return place
    return last


def _stands_well(words: Sequence[str], index: int, fits: Callable[[str, str], bool]) -> bool:
    before = words[index - 1]
    if before.isspace() and index > 1:
        before = words[index - 2] if not fits(before, words[index]) else before
    return not words[index].isspace() and fits(before, words[index])


def _entry(before: str, word: str) -> bool:
    """Behind a semicolon, before the mark of an item, at a tab."""
    return before == ";" or word in _ITEMS or "\t" in before


def _enumerated(before: str, word: str) -> bool:
    """Behind a comma, before what does not go on in small letters as a clause does."""
    return before == "," and not word[0].islower()


def _parted(before: str, word: str) -> bool:
    """Behind any comma, colon or closing bracket, or before an opening mark."""
    return before in (",", ":", ")") or (word in _OPENING and not _counts(before))


def _before_number(before: str, word: str) -> bool:
    """Before a figure that follows a word: the number before has what it counts."""
    return word[0].isdigit() and before[0].isalpha() and before[0].isupper()


def _between_words(before: str, word: str) -> bool:
    """Between two words of which none is a figure."""
    return before[0].isalpha() and word[0].isalpha()


def _counts(word: str) -> bool:
    return any(character.isdigit() for character in word)


_PLACES = (_entry, _enumerated, _parted, _before_number, _between_words)
