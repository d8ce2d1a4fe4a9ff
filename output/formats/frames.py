"""Claims as tables for analysts (polars, an optional dependency; its frames speak Arrow)."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, every_claim
from models.calendar import berlin_day
from models.claim import FIELDS, plain
from models.errors import InputError
from models.filters import Order
from models.stored import StoredClaim
from output.records import CLAIM_COLUMNS, flat, stored_record

if TYPE_CHECKING:
    import polars

    from comparison.programme import Comparison

_INTEGERS = tuple(field.name for field in FIELDS if field.type is int)
_BOOLEANS = ("adds_up", "current")


def claims_frame(engine: Engine, wanted: ClaimFilter | None = None, order: Order = "relevance") -> "polars.DataFrame":
    """All claims that `db.claims.queries.claims` would list in that order, one a row.

    Columns have the names of the API's record. Numbers are text with every digit (`value`, `value_to`,
    `of`); `value_approx` is the same as a float, to plot and sort by. `published` is the ISO day in Germany.

    Raises:
        InputError: polars is not installed, or an unknown project is asked for.
    """
    return frame_of(every_claim(engine, wanted, order=order))


def frame_of(found: Iterable[StoredClaim]) -> "polars.DataFrame":
    """Claims as `claims_frame` has them.

    Raises:
        InputError: polars is not installed.
    """
    return _frame(map(_row, found), [*CLAIM_COLUMNS, "value_approx"])


def comparison_frame(comparison: "Comparison") -> "polars.DataFrame":
    """The rows of a comparison: date, label, basis, total, one column a status, adds_up, unaccounted.

    Raises:
        InputError: polars is not installed.
    """
    rows = [
        {
            "date": row.date,
            "label": row.label,
            "basis": row.basis,
            "total": plain(row.total.value) if row.total else None,
            "adds_up": row.adds_up,
            "unaccounted": plain(row.unaccounted),
            **{status: plain(part.value) for status, part in row.parts.items()},
        }
        for row in comparison.rows
    ]
    return _frame(rows, ["date", "label", "basis", "total", *comparison.statuses, "adds_up", "unaccounted"])


def _row(stored: StoredClaim) -> dict[str, Any]:
    value = stored.claim.value
    approx = None if value is None else float(value)
    return flat(stored_record(stored)) | {"published": berlin_day(stored.published), "value_approx": approx}


def _frame(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> "polars.DataFrame":
    try:
        import polars
    except ImportError as error:
        raise InputError("Tables need polars; install it with `pip install polars`.") from error
    types: dict[str, Any] = dict.fromkeys(columns, polars.String)
    types |= {name: polars.Int64 for name in columns if name in _INTEGERS}
    types |= {name: polars.Float64 for name in columns if name == "value_approx"}
    types |= {name: polars.Boolean for name in columns if name in _BOOLEANS}
    return polars.DataFrame(list(rows), schema=types)
