"""Which units there are: those that `units.yaml` has patterns for."""

from extractors.rules.quantities.patterns import UNITS
from models.quantity import Kind


def units(*kinds: Kind) -> tuple[str, ...]:
    """The units of some kinds of quantities, of all where none is named."""
    return tuple(unit for kind, known in UNITS.by_kind.items() if not kinds or kind in kinds for unit in known)
