"""What press offices are called where people are told of them."""

from collections.abc import Callable

from sqlalchemy import Engine

from db.archive.imported import collections
from models.settings import Settings
from scrapers.registry import registered


def publishers(engine: Engine, settings: Settings) -> Callable[[str], str]:
    """The name of a press office, or the collection that was imported, by its id; else the id."""
    names = collections(engine) | {office.id: office.publisher for office in registered(settings.sources).sources}
    return lambda source_id: names.get(source_id, source_id)
