"""The reference of the commands, from the command line itself."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from cells import table
from typer.main import get_command

from cli.main import program

INTRODUCTION = """# Commands

Every command says the same with `--help`, in German where the locale is German (`LC_ALL`, `LC_MESSAGES`, `LANG`) or
where `--lang de` stands anywhere in the call. Dates, statuses and other words of the vocabulary are understood in both
languages: `--said-on 26.11.2026`, `--status abgeschlossen`. What programs read (JSON, CSV) is the same in either.
All end with status 0, with 1 when there is nothing to show, and with 2 and one sentence when something cannot be used.
"""


def markdown() -> str:
    """The page."""
    return "\n".join([INTRODUCTION, *_describe(get_command(program()), "bilanz")])


def _describe(command: Any, name: str) -> Iterator[str]:
    """A command and those below it, each with its arguments, options and example."""
    parts = getattr(command, "commands", {})
    if name != "bilanz":
        yield f"{'###' if name.count(' ') > 1 else '##'} {name}\n"
        yield _help(command.help or "")
        yield from _parameters(command)
    for part, below in parts.items():
        yield from _describe(below, f"{name} {part}")


def _help(text: str) -> str:
    lines = "\n".join(line.strip() for line in text.splitlines())
    return re.sub(r"Example: `(.+?)`", r"```text\n\1\n```", lines, flags=re.DOTALL) + "\n"


def _parameters(command: Any) -> Iterator[str]:
    rows = []
    for each in command.params:
        if each.name == "help" or getattr(each, "hidden", False):
            continue
        spelled = [*each.opts, *each.secondary_opts] if each.param_type_name == "option" else [each.name.upper()]
        choices = ", ".join(f"`{choice}`" for choice in _choices(each.type_descriptor.annotation))
        default = "" if each.default in (None, False, (), []) or callable(each.default) else f"`{_plain(each.default)}`"
        said = " ".join(filter(None, [getattr(each, "help", None), choices and f"One of {choices}."]))
        rows.append([", ".join(f"`{word}`" for word in spelled), said, default])
    if rows:
        yield table(["argument or option", "", "default"], rows)


def _choices(annotation: Any) -> Iterator[str]:
    """The words that a parameter may be, where there is a choice."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield from (str(member.value) for member in annotation)
    elif get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for part in get_args(annotation):
            yield from _choices(part)


def _plain(value: object) -> str:
    """Of an enumeration its word, as it is typed."""
    return str(getattr(value, "value", value))
