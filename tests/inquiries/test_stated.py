"""What may be meant by values that no claim has."""

import pytest
from sqlalchemy import Engine

from db.curation.names import ProjectNames
from inquiries.stated import nearest_stated
from tests.support.releases import Page


@pytest.fixture
def said(engine: Engine) -> Engine:
    page = Page("Brücken", "2024-06-01", projects=["DigitalPakt", "Digital-Pakt", "Digitalpakt", "Deichpakt"])
    page.says("Es sind 3 Brücken, sagte Franziska Giffey.", "3 Brücken", value="3", speaker="Franziska Giffey")
    page.says("Es sind 4 Stege, sagte Michael Müller.", "4 Stege", value="4", speaker="Michael Müller")
    page.store(engine)
    return engine


@pytest.mark.parametrize(
    ("field", "value", "meant"),
    [
        ("speaker", "Giffey", ["Franziska Giffey"]),
        ("speaker", "michael mueler", ["Michael Müller"]),
        ("speaker", "Michael Müller", None),
        ("speaker", "Xaver", []),
        ("year", "24", ["2024"]),
        ("year", "2042", ["2024"]),
        ("year", "2024", None),
    ],
)
def test_what_may_be_meant(said: Engine, field: str, value: str, meant: list[str] | None) -> None:
    assert nearest_stated(said, field, value) == meant


def test_spellings_of_one_name_are_proposed_once(said: Engine) -> None:
    with said.connect() as connection:
        near = ProjectNames(connection).nearest("Digitalpackt")
    assert sum(each.casefold().replace("-", "") == "digitalpakt" for each in near) == 1
    assert len(set(near)) == len(near) == 3
