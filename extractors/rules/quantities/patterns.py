"""The words of quantities: the schemas of this folder's YAML files, whose comments say what each key is for."""

import re
from decimal import Decimal

from extractors.patterns import Patterns
from models.quantity import Comparator, Kind, Omission


class Multiple(Patterns):
    """How a multiple of a unit is written: a cent is the hundredth of a euro."""

    unit: str
    factor: Decimal
    patterns: tuple[str, ...]


class Units(Patterns):
    """units.yaml: symbols of the claim record and how they are written."""

    money: dict[str, tuple[str, ...]]
    share: dict[str, tuple[str, ...]]
    measure: dict[str, tuple[str, ...]]
    duration: dict[str, tuple[str, ...]]
    multiples: tuple[Multiple, ...]
    adding: frozenset[str]
    sums: tuple[str, ...]
    duration_adjectives: dict[str, str]
    scales: dict[Decimal, tuple[str, ...]]

    @property
    def by_kind(self) -> dict[Kind, dict[str, tuple[str, ...]]]:
        """The units of each kind of quantity, with how they are written."""
        return {"money": self.money, "share": self.share, "measure": self.measure, "duration": self.duration}


class Numerals(Patterns):
    """numerals.yaml: the words that numbers are made of."""

    ones: dict[str, int]
    teens: dict[str, int]
    tens: dict[str, int]
    fractions: dict[str, int]
    ordinals: dict[str, int]


class Limit(Patterns):
    """Words around a number that set it a limit: "auf 40 Personen begrenzt"."""

    before: re.Pattern[str]
    behind: re.Pattern[str] = re.compile("")
    comparator: Comparator


class Comparators(Patterns):
    """comparators.yaml: words that say how exact a number is."""

    before: dict[Comparator, tuple[str, ...]]
    fillers: tuple[str, ...]
    limits: tuple[Limit, ...]
    after: dict[Comparator, tuple[str, ...]]
    über_nouns: tuple[str, ...]
    über_verbs: frozenset[str]


class Mask(Patterns):
    """What holds figures, and why they state no quantity."""

    reason: Omission
    pattern: str
    only_with: re.Pattern[str] = re.compile("")
    figures: bool = True


class Exclusions(Patterns):
    """exclusions.yaml: figures that state no quantity."""

    masks: tuple[Mask, ...]
    vague: tuple[str, ...]
    contact_words: frozenset[str]
    line_nouns: frozenset[str]
    label_nouns: frozenset[str]
    label_ends: tuple[str, ...]
    grade_ends: tuple[str, ...]
    bounded_ends: tuple[str, ...]
    singular_ends: tuple[str, ...]
    counted_in_singular: frozenset[str]
    time_nouns: frozenset[str]


class Durations(Patterns):
    """durations.yaml: which spans of time are those of a project, programme, body or funding."""

    before: tuple[str, ...]
    fillers: tuple[str, ...]
    headings: tuple[str, ...]
    after: tuple[str, ...]
    lasting: tuple[str, ...]
    others: dict[Omission, tuple[str, ...]]
    persons: tuple[str, ...]
    jubilees: tuple[str, ...]
    no_programmes: frozenset[str]
    no_names: tuple[str, ...]


class Measured(Patterns):
    """measured.yaml: where the noun stands that a share or measure is one of."""

    measure_nouns: frozenset[str]
    share_nouns: tuple[str, ...]
    part_nouns: tuple[str, ...]
    unit_nouns: frozenset[str]
    rate_verbs: frozenset[str]
    time_nouns: frozenset[str]


class HeadWords(Patterns):
    """heads.yaml: nouns that are counted, as they are written."""

    abbreviations: dict[str, str]
    no_labels: tuple[str, ...]
    feminine: tuple[str, ...]


HEADS = HeadWords.beside(__file__, "heads.yaml")
UNITS = Units.beside(__file__, "units.yaml")
NUMERALS = Numerals.beside(__file__, "numerals.yaml")
COMPARATORS = Comparators.beside(__file__, "comparators.yaml")
EXCLUSIONS = Exclusions.beside(__file__, "exclusions.yaml")
DURATIONS = Durations.beside(__file__, "durations.yaml")
MEASURED = Measured.beside(__file__, "measured.yaml")
