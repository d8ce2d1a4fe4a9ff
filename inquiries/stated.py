"""What may be meant by a value that no stored claim has."""

from sqlalchemy import Engine

from db.claims.facets import stated_values
from models.spelling import spelt_like

_CENTURY = "20"


def nearest_stated(engine: Engine, field: str, value: str) -> list[str] | None:
    """Values of a field that claims have and that are spelt like one that none has; None where some have it.

    Args:
        engine: the database.
        field: name of a facet.
        value: as it was asked for; of a year perhaps only the last two digits.
    """
    known = stated_values(engine, field)
    if value in known:
        return None
    whole = _CENTURY + value
    return [whole] if field == "year" and whole in known else spelt_like(value, known)
