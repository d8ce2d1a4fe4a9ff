"""The months as running text names them."""

from models.calendar import MONTHS as NAMES

_LONGEST_SHORT_FORM = 4

FULL_NAMES = tuple(name for names in NAMES for name in names if name == names[0] or len(name) > _LONGEST_SHORT_FORM)
SHORT_FORMS = tuple(name for names in NAMES for name in names if name not in FULL_NAMES)
"""Without the full stop that they take in a text."""
MONTHS: dict[str, int] = {
    name if name in FULL_NAMES else f"{name}.": number for number, names in enumerate(NAMES, start=1) for name in names
}
"""All names, short forms with their full stop ("Januar", "Jänner", "Jan."), with the number of their month."""
