"""A project across releases."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProjectGroup:
    """Names that mean one project.

    Attributes:
        name: as the register has it, else as most claims have it.
        aliases: all other names.
        keys: the names as claims store them, for filters.
        parts: named projects of this programme.
    """

    name: str
    aliases: tuple[str, ...]
    keys: frozenset[str]
    parts: tuple["ProjectGroup", ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """Its name and those of its parts, by the keys of all that they are called."""
        return {key: project.name for project in (self, *self.parts) for key in project.keys}
