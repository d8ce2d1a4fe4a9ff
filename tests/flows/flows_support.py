"""What the fixtures and tests of flows share."""

from pathlib import Path

from simulator import CMS, PressOffice
from sqlalchemy import Engine, func, select

from db.tables import Base


def write_source(office: PressOffice, cms: CMS, folder: Path, name: str = "uebung") -> Path:
    """The source file of an office that is asked once only, so that no test has to wait for it."""
    path = cms.source_file(office.url, folder, politeness={"spacing": 0, "retries": 0})
    return path.rename(folder / f"{name}.yaml")


def rows(engine: Engine, table: type[Base]) -> int:
    """How many rows a table has."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0
