"""Options that several commands have, and those that a table names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import partial
from inspect import Parameter, signature
from typing import Annotated, Any

import typer

from cli.language import language
from models.calendar import BERLIN
from models.filters import FACETS, FacetField
from models.spelling import meant

Runner = Annotated[
    str | None,
    typer.Option(
        "--runner",
        metavar="dask|dask://HOST:PORT",
        help="Run in processes of this machine, or on that Dask cluster; by default in threads.",
    ),
]

Author = Annotated[str | None, typer.Option("--by", help="Who judges; your login name if not given.")]


def with_facets(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options of `FACETS` in place of its parameter `facets`, which takes them by name.

    Typer makes options of a function's parameters: a facet that is added to the table is an option at once.
    """
    options = [
        Parameter(facet.name, Parameter.KEYWORD_ONLY, default=None, annotation=_option(facet))
        for facet in sorted(FACETS, key=lambda facet: facet.place or len(FACETS))
        if facet.option
    ]
    own = signature(command, eval_str=True)
    parameters = [each for one in own.parameters.values() for each in (options if one.name == "facets" else [one])]

    def run(**given: Any) -> None:
        facets = {option.name: given.pop(option.name) for option in options}
        command(**given, facets=facets)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    return run


def _option(facet: FacetField) -> Any:
    if not facet.values:
        return Annotated[str | None, typer.Option(help=facet.option)]
    told = f"{facet.option} {one_of(facet.values)}"
    return Annotated[str | None, typer.Option(help=told, metavar=facet.name.upper(), parser=partial(_value, facet))]


def one_of(values: Sequence[str]) -> str:
    """What a help says of a choice."""
    return f"One of {', '.join(values)}."


def _value(facet: FacetField, words: str) -> str:
    return term(facet.name, facet.words["en"].lower(), facet.values, words)


def term(field: str, called: str, values: Sequence[str], words: str) -> str:
    """The value of a field that is called so, in English or German; else those that are spelt like it are proposed.

    Raises:
        BadParameter: none is; `called` says what was asked for.
    """
    from output.terms import value_named, values_like

    named = value_named(field, words, values)
    if named is None:
        near, known = (_shown(field, each) for each in (values_like(field, words, values), values))
        hint = meant(near, f"there are {', '.join(known)}.")
        raise typer.BadParameter(f"{words!r} is no {called}; {hint}")
    return named


def _shown(field: str, values: Sequence[str]) -> Sequence[str]:
    from output.terms import value_term

    return values if language() == "en" else [value_term(field, each, language()) for each in values]


def day(words: str) -> date:
    """The day that is called so: "2024-12-31", "31.12.2024", "26. November 2026".

    Raises:
        BadParameter: it is none.
    """
    from output.dates import date_named

    try:
        return date.fromisoformat(date_named(words))
    except ValueError:
        raise typer.BadParameter(f"{words!r} is no day; write it as 2025-11-26 or 26.11.2025.") from None


def beginning(words: str) -> date:
    """The first day of what is called so: of a year, a month, or a day, which has begun.

    Raises:
        BadParameter: it is none, or yet to come.
    """
    from output.dates import date_named

    try:
        first = date.fromisoformat(f"{date_named(words)}-01-01"[: len("2024-12-31")])
    except ValueError:
        told = f"{words!r} is no year or day; it should look like 2019, 2019-05-31 or 31.5.2019."
        raise typer.BadParameter(told) from None
    if first > date.today():
        raise typer.BadParameter(f"{first} is yet to come; name the first year or day that you want.")
    return first


def moment(words: str) -> datetime:
    """A moment in Germany: a day, which begins at midnight, or "2026-11-26T06:00".

    Raises:
        BadParameter: it is none.
    """
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        found = datetime.combine(day(words), time())
    return found.replace(tzinfo=BERLIN)
