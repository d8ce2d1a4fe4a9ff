"""Why two statements are kept apart, and how it is told that this is only in doubt."""

ExclusionReason = tuple[str, str, str]
"""What differs, and how it reads on either side: ("place", "Pankow", "Buch")."""

UNSAID = "unsaid"
DOUBT = "in doubt: "
"""Before what is stated on one side only: not known to differ, and not known to agree."""


def doubtful(what: str, one: str | None, other: str | None) -> ExclusionReason:
    """A reason that one side gives and the other does not."""
    return f"{DOUBT}{what}", one or UNSAID, other or UNSAID
