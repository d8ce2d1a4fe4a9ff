"""Options that several commands have, and those that a table names."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from inspect import Parameter, signature
from typing import Annotated, Any

import typer

from models.filters import FACETS, FacetField

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
    return Annotated[
        str | None,
        typer.Option(help=facet.option, metavar=f"[{'|'.join(facet.values)}]", parser=partial(_value, facet)),
    ]


def _value(facet: FacetField, words: str) -> str:
    """The value that is called so, in English or German; else those that are spelt like it are proposed."""
    from output.terms import value_named, values_like

    named = value_named(facet.name, words, facet.values)
    if named is None:
        near = " or ".join(values_like(facet.name, words, facet.values))
        hint = f"did you mean {near}?" if near else f"there are {', '.join(facet.values)}."
        raise typer.BadParameter(f"{words!r} is no {facet.words['en'].lower()}; {hint}")
    return named
