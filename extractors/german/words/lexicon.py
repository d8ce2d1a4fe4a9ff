"""The word lists that lie beside the code, each read once a process."""

from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


@lru_cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of the list `data/NAME.txt`, without comments and empty lines."""
    text = (DATA / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for raw in text.splitlines() if (line := raw.strip()) and not line.startswith("#"))


@lru_cache
def words(name: str) -> frozenset[str]:
    """All words of the list `data/NAME.txt`; a line may hold several."""
    return frozenset(word for line in lines(name) for word in line.split())


@lru_cache
def sections(name: str) -> dict[str, frozenset[str]]:
    """The words of `data/NAME.txt` by section; a section begins with `[its name]`."""
    found: dict[str, set[str]] = {}
    for line in lines(name):
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), set())
        else:
            current.update(line.split())
    return {section: frozenset(members) for section, members in found.items()}
