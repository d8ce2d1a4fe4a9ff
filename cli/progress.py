"""Progress where no terminal shows it: now and then a line, so that a log says that a long command goes on."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from cli.printing import console

LINE_EVERY = 10.0
"""Seconds."""


def in_lines(say: Callable[[int], str], progress: Callable[[int], None]) -> Callable[[int], None]:
    """Tells of progress, and now and then in a line where no terminal shows it.

    Args:
        say: the line for a number of things done.
        progress: is told of each number.
    """
    errors, told_at = console(stderr=True), monotonic()

    def step(number: int) -> None:
        nonlocal told_at
        progress(number)
        if not errors.is_terminal and monotonic() >= told_at + LINE_EVERY:
            errors.print(say(number), soft_wrap=True)
            told_at = monotonic()

    return step
