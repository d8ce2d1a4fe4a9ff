"""What typer says, in the language that is spoken: helps, their headings, and what is wrong with a call."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.exceptions import TyperException

from cli.language import _, recognised

_PARAGRAPHS = re.compile(r"\n\s*\n")
_EXAMPLE = "Example:"
_USAGE = "Usage:"
HEADINGS = (
    "ARGUMENTS_PANEL_TITLE",
    "OPTIONS_PANEL_TITLE",
    "COMMANDS_PANEL_TITLE",
    "DEFAULT_STRING",
    "REQUIRED_LONG_STRING",
)
"""What `typer.rich_utils` calls the parts of a help."""


def translate(command: Any) -> None:
    """Translates a command and all below it. Typer makes them anew for each call, from texts that stay English."""
    from typer import rich_utils

    for name in HEADINGS:
        setattr(rich_utils, name, _(getattr(rich_utils, name)))
    _translate(command)


def _translate(command: Any) -> None:
    command.help = translated_help(command.help or "")
    command.options_metavar = _(command.options_metavar)
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = _(command.subcommand_metavar)
    usage, help_option = command.get_usage, command.get_help_option(typer.Context(command))
    command.get_usage = lambda context: usage(context).replace(_USAGE, _(_USAGE), 1)
    help_option.help = _(help_option.help)
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = translated_help(parameter.help)
        if isinstance(getattr(parameter, "show_default", None), str):
            parameter.show_default = _(parameter.show_default)
    for each in getattr(command, "commands", {}).values():
        _translate(each)


def translated_help(text: str) -> str:
    """The help of a command or option in the language that is spoken; examples stay as they are."""
    return "\n\n".join(map(_paragraph, paragraphs(text)))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a help, each on one line."""
    return [" ".join(each.split()) for each in _PARAGRAPHS.split(text.strip())]


def _paragraph(text: str) -> str:
    return f"{_(_EXAMPLE)}{text.removeprefix(_EXAMPLE)}" if text.startswith(_EXAMPLE) else _(text)


def explained(error: TyperException) -> str:
    """What is wrong with a call and where its help is, in one line; "" where the help was all that was asked for."""
    told = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    if not told or context is None:
        return recognised(told)
    told = recognised(told)
    stop = "" if told.endswith((".", "?")) else "."
    return f"{told}{stop} {_('See `{command} --help`.', command=context.command_path)}"
