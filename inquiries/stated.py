"""What may be meant by a value that no stored claim has."""

from sqlalchemy import Engine

from db.claims.facets import stated_values
from models.keys import fold
from models.spelling import spelt_like

_CENTURY = "20"
_MOST = 3


def nearest_stated(engine: Engine, field: str, value: str) -> list[str] | None:
    """Values of a field that claims have and that may be meant by one that none has; None where some have it.

    "Franziska Giffey" is meant by "Giffey"; else those that are spelt like it.

    Args:
        engine: the database.
        field: name of a facet.
        value: as it was asked for; of a year perhaps only the last two digits.
    """
    known = stated_values(engine, field)
    if value in known:
        return None
    whole = _CENTURY + value
    if field == "year" and whole in known:
        return [whole]
    having_it = [each for each in known if fold(value) in fold(each).split()]
    return having_it[:_MOST] or spelt_like(value, known)
