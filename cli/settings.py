"""The settings as commands ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.settings import Settings


def settings() -> Settings:
    """The settings of the environment; read when a command runs, since reading them loads as much as all commands."""
    from models.settings import settings as of_environment

    return of_environment()
