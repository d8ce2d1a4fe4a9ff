"""Which nouns count the same thing: shipped data, and what users have joined since.

Of each noun stands what was said last, with who said it and when; a noun that was parted again stands by itself.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

from sqlalchemy import Connection, Engine, Select, bindparam, insert, select, update

from db.curation.names import ProjectNames
from db.engine import write
from db.tables import SeriesNoun
from models.checked_yaml import content_of
from models.errors import InputError
from models.keys import fold, name_key
from models.nouns import Nouns


@dataclass(frozen=True, slots=True)
class NounRecord:
    """What was last said of a noun: it counts the same as `series`, in one programme or (empty) in all."""

    noun: str
    series: str
    programme: str
    author: str
    made_at: datetime


def nouns_of(connection: Connection, programme: str | None = None) -> Nouns:
    """The nouns of a programme, else those that count the same in all."""
    key = name_key(programme) if programme else ""
    shipped = (nouns for only, nouns in _shipped() if only in ("", key))
    series = {folded: next(iter(nouns.values())) for nouns in shipped for folded in nouns}
    for row in connection.execute(_joined(), {"key": key}):
        series[row.noun_folded] = row.series
        series.setdefault(fold(row.series), row.series)
    return Nouns(series)


# Made once, for to put it together takes longer than to run it.
@lru_cache(maxsize=1)
def _joined() -> Select[Any]:
    of_programme = SeriesNoun.programme_key.in_(("", bindparam("key")))
    statement = select(SeriesNoun.noun_folded, SeriesNoun.series).where(of_programme)
    return statement.order_by(SeriesNoun.programme_key)


def programmes_with_nouns(connection: Connection) -> frozenset[str]:
    """Programmes, by `name_key`, in which nouns count the same that do not in all."""
    joined = connection.scalars(select(SeriesNoun.programme_key).distinct())
    return frozenset({*(key for key, _ in _shipped()), *joined} - {""})


def joined_nouns(engine: Engine) -> list[NounRecord]:
    """What users have said of nouns, by noun."""
    statement = select(SeriesNoun).order_by(SeriesNoun.noun_folded, SeriesNoun.programme_key)
    columns = ("noun", "series", "programme_key", "author", "made_at")
    with engine.connect() as connection:
        rows = connection.execute(statement.with_only_columns(*(getattr(SeriesNoun, name) for name in columns))).all()
        names = {key: _programme_name(connection, key) for key in {row.programme_key for row in rows}}
    return [NounRecord(row.noun, row.series, names[row.programme_key], row.author, row.made_at) for row in rows]


def join_nouns(
    engine: Engine, series: str, nouns: Collection[str], *, programme: str = "", author: str, now: datetime
) -> None:
    """Says that `nouns` count the same thing as `series`, in one programme or (empty) in all.

    Raises:
        InputError: a chain of nouns would arise, which would be no series: `series` counts as another noun, or others
            count as one of `nouns`.
    """

    def work(connection: Connection) -> None:
        _refuse_chains(connection, series, nouns, programme)
        name = nouns_of(connection, programme).series(series)
        for noun in nouns:
            _say(connection, noun, programme, series=name, author=author, made_at=now)

    write(engine, work)


def part_noun(engine: Engine, noun: str, *, programme: str = "", author: str, now: datetime) -> None:
    """Takes back that a noun was joined, in one programme or (empty) in all: there it counts by itself again.

    Raises:
        InputError: nobody has joined it.
    """

    def work(connection: Connection) -> None:
        series = connection.scalar(select(SeriesNoun.series).filter_by(**_place(noun, programme)))
        if series is None or fold(series) == fold(noun):
            where = f"in {programme}" if programme else "in all programmes"
            raise InputError(f"Nobody has joined {noun!r} {where}; `bilanz nouns list` shows what was joined.")
        _say(connection, noun, programme, series=noun, author=author, made_at=now)

    write(engine, work)


def _say(connection: Connection, noun: str, programme: str, **said: Any) -> None:
    place = _place(noun, programme)
    if connection.scalar(select(SeriesNoun.noun).filter_by(**place)) is None:
        connection.execute(insert(SeriesNoun).values(**place, noun=noun, **said))
    else:
        connection.execute(update(SeriesNoun).filter_by(**place).values(**said))


def _place(noun: str, programme: str) -> dict[str, str]:
    return {"programme_key": name_key(programme) if programme else "", "noun_folded": fold(noun)}


def _refuse_chains(connection: Connection, series: str, nouns: Collection[str], programme: str) -> None:
    given = {fold(series), *map(fold, nouns)}
    if len(given) <= len(nouns):
        raise InputError("Name nouns that differ from each other and from the one that they count as.")
    # What is said of all programmes must fit what was said of each.
    everywhere = ("", *connection.scalars(select(SeriesNoun.programme_key).distinct()))
    for scope in (programme,) if programme else everywhere:
        by_noun = nouns_of(connection, scope).by_noun
        above = by_noun.get(fold(series), series)
        if fold(above) != fold(series):
            raise InputError(f"{series!r} counts as {above!r} already; join with {above!r}.")
        for other, name in by_noun.items():
            if other not in given and fold(name) in given - {fold(series)}:
                raise InputError(f"{_spelling(connection, other)!r} counts as {name!r} already; name it too.")


def _spelling(connection: Connection, folded: str) -> str:
    shipped = {folded: noun for _, nouns in _shipped() for folded, noun in nouns.items()}
    stored = connection.scalar(select(SeriesNoun.noun).where(SeriesNoun.noun_folded == folded).limit(1))
    return stored or shipped.get(folded, folded)


def _programme_name(connection: Connection, key: str) -> str:
    """The name of a programme by its key, which stays where no release names the programme any longer."""
    try:
        return ProjectNames(connection).resolve(key).name if key else ""
    except InputError:
        return key


@lru_cache(maxsize=1)
def _shipped() -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Series of nouns, each with its programme by key (empty: all) and its nouns as they are folded, its own first."""
    entries = content_of(files("db").joinpath("data/series.yaml").read_text("utf-8"))
    return tuple(
        (name_key(entry.get("programme", "")), {fold(noun): noun for noun in entry["nouns"]}) for entry in entries
    )
