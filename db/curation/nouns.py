"""Which nouns count the same thing: shipped data, and what users have joined since."""

from functools import lru_cache
from importlib.resources import files

import yaml
from sqlalchemy import Connection, select

from db.tables import SeriesNoun
from models.keys import fold, name_key


class Nouns:
    """Series of nouns for one programme."""

    def __init__(self, connection: Connection, programme: str | None = None) -> None:
        key = name_key(programme) if programme else ""
        self._series = {fold(noun): nouns[0] for only, nouns in _shipped() if only in ("", key) for noun in nouns}
        joined = select(SeriesNoun.noun_folded, SeriesNoun.series).where(SeriesNoun.programme_key.in_(("", key)))
        for row in connection.execute(joined.order_by(SeriesNoun.programme_key)):
            self._series[row.noun_folded] = row.series

    def series(self, noun: str | None) -> str | None:
        """The series that a noun counts in: its own where nothing else is said."""
        return None if noun is None else self._series.get(fold(noun), noun)

    def nouns(self, series: str) -> frozenset[str]:
        """The folded nouns of a series."""
        return frozenset(noun for noun, name in self._series.items() if name == series) | {fold(series)}


@lru_cache(maxsize=1)
def _shipped() -> tuple[tuple[str, tuple[str, ...]], ...]:
    entries = yaml.safe_load(files("db").joinpath("data/series.yaml").read_text("utf-8"))
    return tuple((name_key(entry.get("programme", "")), tuple(entry["nouns"])) for entry in entries)
