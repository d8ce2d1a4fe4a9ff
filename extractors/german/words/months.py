"""The months by name."""

from extractors.german.words import lexicon

MONTHS: dict[str, int] = {
    name: number for number, names in enumerate(lexicon.lines("months"), start=1) for name in names.split()
}
"""All names and short forms ("Januar", "Jänner", "Jan.") with the number of their month."""
FULL_NAMES = tuple(name for name in MONTHS if not name.endswith("."))
SHORT_FORMS = tuple(name.removesuffix(".") for name in MONTHS if name.endswith("."))
"""Without their full stop."""
