"""The words of quantities: the schemas of this folder's YAML files, whose comments say what each key is for."""

from decimal import Decimal

from extractors.patterns import Patterns
from models.quantity import Comparator, Kind


class Units(Patterns):
    """units.yaml: symbols of the claim record and how they are written."""

    money: dict[str, tuple[str, ...]]
    cent: tuple[str, ...]
    share: dict[str, tuple[str, ...]]
    measure: dict[str, tuple[str, ...]]
    duration: dict[str, tuple[str, ...]]
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


class Comparators(Patterns):
    """comparators.yaml: words that say how exact a number is."""

    before: dict[Comparator, tuple[str, ...]]
    after: dict[Comparator, tuple[str, ...]]
    über_nouns: tuple[str, ...]
    über_verbs: frozenset[str]


class Exclusions(Patterns):
    """exclusions.yaml: figures that state no quantity."""

    masks: dict[str, str]
    label_nouns: frozenset[str]


class Durations(Patterns):
    """durations.yaml: which spans of time are those of a project, programme or funding."""

    before: tuple[str, ...]
    fillers: tuple[str, ...]
    headings: tuple[str, ...]
    after: tuple[str, ...]
    existing: tuple[str, ...]
    persons: frozenset[str]
    no_programmes: frozenset[str]


class Measured(Patterns):
    """measured.yaml: where the noun stands that a share or measure is one of."""

    measure_nouns: frozenset[str]
    unit_nouns: frozenset[str]
    rate_verbs: frozenset[str]


UNITS = Units.beside(__file__, "units.yaml")
NUMERALS = Numerals.beside(__file__, "numerals.yaml")
COMPARATORS = Comparators.beside(__file__, "comparators.yaml")
EXCLUSIONS = Exclusions.beside(__file__, "exclusions.yaml")
DURATIONS = Durations.beside(__file__, "durations.yaml")
MEASURED = Measured.beside(__file__, "measured.yaml")
