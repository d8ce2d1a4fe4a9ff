"""Numbers keep every digit and sort as numbers; keys outlast new rules and corrections elsewhere."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select

from comparison.intervals import change, interval
from db.number_text import exact, order_key
from db.tables import Reading
from models.claim import Cue
from models.keys import claim_keys, name_key
from tests.support.db_samples import extraction, page, says, store

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30)
WORDS = st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=40)
TEXT = page("Titel", "Es gibt 12 Bäume. Es gibt 12 Bäume. Davon 12 alte und 12 junge. Drei ruhen.", "2024-01-01")
READ = extraction(
    TEXT,
    [
        says("12 Bäume", value="12", counted="Baum"),
        says("12 Bäume", nth=1, value="12", counted="Baum"),
        says("12 alte", value="12", counted="Baum"),
        says("12 junge", value="12", counted="Baum"),
        says("Drei ruhen", value="3", counted="Baum", status="paused"),
    ],
)


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


def test_equal_words_have_keys_of_their_own() -> None:
    assert len(set(claim_keys("r", TEXT.text, READ.claims))) == len(READ.claims)


@given(WORDS)
def test_words_elsewhere_do_not_change_a_key(words: str) -> None:
    before = claim_keys("r", TEXT.text, READ.claims)
    shift = len(words) + 2
    moved = [
        replace(claim, start=claim.start + shift, end=claim.end + shift, sentence_start=claim.sentence_start + shift)
        for claim in READ.claims
    ]
    assert claim_keys("r", f"{words}\n\n{TEXT.text}", moved) == before


@given(
    st.sampled_from(["value", "status", "comparator", "rule", "subject", "modality", "counted"]),
    st.permutations(range(len(READ.claims))),
)
def test_new_rules_do_not_change_a_key(field: str, order: list[int]) -> None:
    before = claim_keys("r", TEXT.text, READ.claims)
    other = {"value": Decimal(99), "status": "approved", "comparator": ">", "modality": "planned"}.get(field, "anders")
    changed = [replace(READ.claims[index], **{field: other}) for index in order]  # type: ignore[arg-type]
    assert claim_keys("r", TEXT.text, changed) == [before[index] for index in order]


def test_a_longer_quote_around_the_same_number_keeps_the_key() -> None:
    short = READ.claims[2]
    longer = replace(short, start=short.start - len("Davon "), quote=f"Davon {short.quote}")
    assert claim_keys("r", TEXT.text, [short]) == claim_keys("r", TEXT.text, [longer])


def test_status_words_make_the_key_of_a_status() -> None:
    release = page("T", "Der Pakt ist beendet worden.", "2024-01-01")
    wide = extraction(release, [says("Pakt ist beendet", kind="status", status="completed")]).claims[0]
    start = release.text.index("beendet")
    cue = (Cue("status", start, start + len("beendet")),)
    narrow = replace(wide, quote="beendet", start=start, end=start + len("beendet"))
    assert claim_keys("r", release.text, [replace(wide, cues=cue)]) == claim_keys(
        "r", release.text, [replace(narrow, cues=cue)]
    )


def test_names_are_compared_without_case_hyphen_and_umlaut() -> None:
    assert name_key("Ruhr-Konferenz") == name_key("ruhrkonferenz") == name_key("RUHR KONFERENZ")
    assert name_key("Städtebauförderung") == name_key("Staedtebaufoerderung")
    assert name_key("C++") != "" and name_key("??") == "??"


def test_about_leaves_half_a_unit_of_its_last_figure() -> None:
    about = interval(Decimal(1500), None, "~")
    assert (about.low, about.high) == (1450, 1550)
    assert interval(Decimal("2.5"), None, "~").low == Decimal("2.45")


@pytest.mark.parametrize(
    ("before", "after", "direction", "number"),
    [
        ((48, None, "="), (50, None, ">"), "rise", None),
        ((60, None, "="), (50, None, ">"), "unknown", None),
        ((50, None, "="), (50, None, ">"), "rise", None),
        ((50, None, "="), (50, None, ">="), "unknown", None),
        ((100, None, "="), (90, None, "<"), "fall", None),
        ((10, 20, "="), (15, 30, "="), "unknown", None),
        ((10, 20, "="), (21, 30, "="), "rise", None),
        ((40, None, "="), (42, None, "="), "rise", 2),
        ((40, None, "="), (40, None, "="), "same", 0),
        ((40, None, "~"), (42, None, "="), "unknown", 2),
        ((40, None, "~"), (60, None, "~"), "rise", 20),
    ],
)
def test_changes_respect_comparators_and_ranges(before, after, direction, number) -> None:  # type: ignore[no-untyped-def]
    def stated(each):  # type: ignore[no-untyped-def]
        return Decimal(each[0]), None if each[1] is None else Decimal(each[1]), each[2]

    found = change(stated(before), stated(after))
    assert (found.direction, found.number) == (direction, number)
