"""`bilanz language`: how a German sentence is analysed."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.output import console


def language(text: Annotated[str, typer.Argument(help="One or more German sentences.")]) -> None:
    """Show tokens, tags, lemmas, clauses and noun phrases of a text.

    Example: `bilanz language "Von den 73 Projekten sind 42 abgeschlossen."`
    """
    from extractors.german import load
    from extractors.german.show import show

    console().print(show(load()(text)), soft_wrap=True)
