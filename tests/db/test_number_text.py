"""Numbers keep every digit and sort as numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select

from db.number_text import exact, order_key
from db.tables import Reading
from tests.support.releases import extraction, page, says, store

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30)
TEXT = page("Titel", "Es gibt 12 Bäume.", "2024-01-01")
READ = extraction(TEXT, [says("12 Bäume", value="12", counted="Baum")])


@given(DECIMALS)
def test_text_of_a_number_is_exact(number: Decimal) -> None:
    again = Decimal(exact(number))
    assert again == number and again.as_tuple().digits[-1:] == Decimal(exact(again)).as_tuple().digits[-1:]
    assert "E" not in exact(number)


@given(DECIMALS, DECIMALS)
def test_order_keys_sort_as_the_numbers(left: Decimal, right: Decimal) -> None:
    assert (order_key(left) < order_key(right)) == (left < right)
    assert (order_key(left) == order_key(right)) == (left == right)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_no_release_states_infinity(number: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        exact(Decimal(number))


NUMBERS = [
    "0.00",
    "-12.50",
    "0.1",
    "123456789012345678901234567890.123456789",
    "1E+3",
    "2.50",
    "-0.001",
    "9007199254740993",
]


def test_databases_keep_every_digit_and_sort(engine: Engine) -> None:
    store(engine, "https://office.example/", TEXT, READ)
    with engine.begin() as connection:
        template = dict(connection.execute(select(Reading.__table__).limit(1)).one()._mapping)
        for index, text in enumerate(NUMBERS):
            number = Decimal(text)
            row = template | {"id": 1000 + index, "value": number, "value_order": order_key(number)}
            row |= {"content_hash": text, "current": False, "rule": "number"}
            connection.execute(insert(Reading).values(row))
        stored = connection.scalars(select(Reading.value).where(Reading.rule == "number").order_by(Reading.id)).all()
        assert [exact(number) for number in stored if number is not None] == [exact(Decimal(text)) for text in NUMBERS]
        ordered = connection.scalars(
            select(Reading.value).where(Reading.rule == "number").order_by(Reading.value_order)
        ).all()
        assert ordered == sorted(map(Decimal, NUMBERS))
