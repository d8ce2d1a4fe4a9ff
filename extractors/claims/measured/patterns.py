"""The words of measuring: the schema of words.yaml, whose comments say what each key is for."""

from extractors.patterns import Patterns


class MeasuredWords(Patterns):
    """words.yaml."""

    skipped: frozenset[str]
    change_nouns: tuple[str, ...]
    signs: frozenset[str]
    compared: frozenset[str]
    further: tuple[str, ...]
    total: tuple[str, ...]
    average: tuple[str, ...]
    limits: frozenset[str]
    points: tuple[str, ...]
    each: frozenset[str]
    per: frozenset[str]
    rates: dict[str, str]
    times: dict[str, str]
    predicates: dict[str, tuple[str, ...]]
    against: dict[str, tuple[str, ...]]
    areas: frozenset[str]
    area_words: dict[str, str]
    offices: tuple[str, ...]
    places: frozenset[str]
    place_classes: tuple[str, ...]
    place_ends: tuple[str, ...]
    group_prepositions: frozenset[str]
    part_nouns: tuple[str, ...]
    ordinals: dict[str, int]
    spans: dict[str, str]


WORDS = MeasuredWords.beside(__file__, "words.yaml")
