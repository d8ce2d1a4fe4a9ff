"""Which words name a street: for what reads places and for what compares them."""

_ENDS = ("straße", "damm", "allee", "chaussee", "ufer", "gasse")


def is_street(name: str) -> bool:
    """Whether a name ends as streets do: "Seestraße", "Eichborndamm", "Konradshöher Straße"."""
    return name.lower().endswith(_ENDS)
