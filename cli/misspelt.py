"""What is said where nothing fits because a value was misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.printing import nothing_found
from models.spelling import meant

if TYPE_CHECKING:
    from sqlalchemy import Engine


def say_if_unstated(engine: Engine, field: str, called: str, value: str) -> None:
    """Ends where no claim can fit because none has that value, such as a press office that is none.

    Raises:
        typer.Exit: none has it; those that may be meant are said, else the first and the last that there are.
    """
    from db.claims.facets import stated_values
    from inquiries.stated import nearest_stated

    near, known = nearest_stated(engine, field, value), stated_values(engine, field)
    if near is not None and known:
        span = " … ".join(dict.fromkeys((known[0], known[-1])))
        nothing_found(f"There is no claim of {called} {value!r}; {meant(near, f'there are {span}.')}")
