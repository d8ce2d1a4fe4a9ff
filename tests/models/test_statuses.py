"""One table says what a status is; what cannot read it says the same."""

import re
from pathlib import Path

from sqlalchemy import CheckConstraint

import web
from db.tables import Reading
from models.statuses import STATUSES, TRAITS


def test_every_status_has_its_line_in_order() -> None:
    assert tuple(TRAITS) == STATUSES


def test_words_and_colours_tell_statuses_apart() -> None:
    for shown in ("german", "english", "colour"):
        assert len({getattr(traits, shown) for traits in TRAITS.values()}) == len(STATUSES)


def test_a_status_is_not_brought_about_by_itself() -> None:
    assert all(status not in traits.brings for status, traits in TRAITS.items())


def test_the_stylesheet_has_the_colours_of_the_charts() -> None:
    sheet = (Path(web.__file__).parent / "static" / "bilanz.css").read_text("utf-8")
    for status, traits in TRAITS.items():
        assert re.findall(rf"--{status}: (#[0-9a-f]{{6}});", sheet) == [traits.colour], status
        assert f".s-{status} {{ --dot: var(--{status}); }}" in sheet


def test_the_database_takes_them_all() -> None:
    checks = [each for each in Reading.__table__.constraints if isinstance(each, CheckConstraint)]
    (allowed,) = (str(each.sqltext) for each in checks if str(each.name).endswith("status"))
    assert set(re.findall(r"'(\w+)'", allowed)) == set(STATUSES)
