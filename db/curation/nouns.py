"""Which nouns count the same thing: shipped data, and what users have joined since."""

from functools import lru_cache
from importlib.resources import files

import yaml
from sqlalchemy import Connection, select

from db.tables import SeriesNoun
from models.keys import fold, name_key
from models.nouns import Nouns


def nouns_of(connection: Connection, programme: str | None = None) -> Nouns:
    """The nouns of a programme, else those that count the same in all."""
    key = name_key(programme) if programme else ""
    series = {fold(noun): nouns[0] for only, nouns in _shipped() if only in ("", key) for noun in nouns}
    joined = select(SeriesNoun.noun_folded, SeriesNoun.series).where(SeriesNoun.programme_key.in_(("", key)))
    for row in connection.execute(joined.order_by(SeriesNoun.programme_key)):
        series[row.noun_folded] = row.series
    return Nouns(series)


@lru_cache(maxsize=1)
def _shipped() -> tuple[tuple[str, tuple[str, ...]], ...]:
    entries = yaml.safe_load(files("db").joinpath("data/series.yaml").read_text("utf-8"))
    return tuple((name_key(entry.get("programme", "")), tuple(entry["nouns"])) for entry in entries)
