"""Plans of all programmes, by the year in which they are due."""

from typing import Any

import pytest
from sqlalchemy import Engine

from db.curation.promises import rate_promise
from db.curation.reviewers import add_token, holder
from inquiries.due_plans import due_plans
from models.errors import InputError
from tests.support.releases import Page, extraction, moment, page, says, store

HOST = "https://office.example/"
SAID = (
    "Im Hafenplan sollen bis Ende 2024 40 Lotsen arbeiten. Am 3. Mai 2024 kostet der Kurs 15 Euro. "
    "12 Häfen sind ausgebaut."
)


@pytest.fixture
def announced(engine: Engine) -> Engine:
    """Two programmes; one of them says again what it plans."""
    for number, day in enumerate(("2022-03-01", "2023-03-01")):
        made = page(f"Hafenplan {number}", SAID, day)
        lots = says(
            "40 Lotsen", value="40", counted="Lotse", modality="planned", until="2024-12-31", subject="Hafenplan"
        )
        fee = says(
            "15 Euro", value="15", kind="money", unit="EUR", modality="planned", as_of="2024-05-03", subject="Hafenplan"
        )
        done = says("12 Häfen", value="12", counted="Hafen", as_of="2022-12-31", subject="Hafenplan")
        store(engine, f"{HOST}{number}", made, extraction(made, [lots, fee, done]))
    other = page("Deichpakt", "Im Juni 2024 sollen die Arbeiten am Deichpakt beginnen.", "2023-04-01")
    start = says("beginnen", kind="status", status="started", modality="planned", until="2024-06", subject="Deichpakt")
    store(engine, HOST + "dike", other, extraction(other, [start]))
    return engine


def test_what_is_due_stands_in_order_each_plan_once(announced: Engine) -> None:
    found = due_plans(announced, "2024", this_year="2024")
    assert [(each.due, each.claim.claim.subject, each.told) for each in found.plans] == [
        ("2024-06", "Deichpakt", 1),
        ("2024-12-31", "Hafenplan", 2),
    ]
    assert found.plans[1].claim.release_title == "Hafenplan 1"  # who says it last
    assert found.years == ("2024",)
    assert due_plans(announced, "2022", this_year="2024").plans == ()
    assert due_plans(announced, "2022", this_year="2024", later=True).plans == found.plans


def test_without_a_year_the_nearest_with_plans_is_shown(announced: Engine) -> None:
    assert [due_plans(announced, None, this_year=year).year for year in ("2022", "2024", "2030")] == ["2024"] * 3


def test_what_is_announced_last_may_be_first(announced: Engine) -> None:
    found = due_plans(announced, "2024", this_year="2024", order="announced")
    assert [each.claim.claim.subject for each in found.plans] == ["Deichpakt", "Hafenplan"]


def test_what_belongs_to_a_programme_is_not_the_programme(engine: Engine) -> None:
    said = "Der Bau des Stegs soll 2024 beginnen. Der Steg soll 2025 öffnen. Die Messe im Steg startet 2026."
    made = page("Steg", said, "2023-04-01")
    status = {"kind": "status", "modality": "planned", "subject": "Steg"}
    start = says("beginnen", status="started", as_of="2024", **status)
    end = says("soll 2025 öffnen", status="operating", as_of="2025", **status)
    fair = says("Messe im Steg startet", status="started", as_of="2026", **status)
    store(engine, HOST + "steg", made, extraction(made, [start, end, fair]))
    found = due_plans(engine, "2023", this_year="2023", later=True)
    assert [(each.due, each.own) for each in found.plans] == [("2024", False), ("2025", True)]


def test_plans_of_one_programme_and_what_people_say_of_them(announced: Engine) -> None:
    (plan,) = due_plans(announced, "2024", this_year="2024", project="Hafenplan").plans
    reviewer = holder(announced, add_token(announced, "mira", scopes=["review"], label="x", now=moment("2024-01-01")))
    assert reviewer is not None
    why: dict[str, Any] = {"reason": "Es sind 12.", "source": "S. 3", "user_id": reviewer.user_id}
    rate_promise(announced, plan.claim.key, "broken", **why, now=moment("2025-01-01"))
    (plan,) = due_plans(announced, "2024", this_year="2024", project="Hafenplan").plans
    assert plan.rating is not None and (plan.rating.state, plan.rating.author) == ("broken", "mira")
    with pytest.raises(InputError):
        due_plans(announced, "2024", this_year="2024", project="Gibtsnicht")


@pytest.mark.parametrize(
    ("when", "over"),
    [
        ("im Frühjahr 2026", True),
        ("Anfang 2026", True),
        ("im 3. Quartal 2026", False),
        ("bis 2026", False),
        ("nach einem Baubeginn Anfang 2026 noch 2026", False),
    ],
)
def test_a_part_of_a_year_is_over_before_the_year(engine: Engine, when: str, over: bool) -> None:
    page = Page("Uferfonds", "2025-06-01", url="https://land.example/ufer", projects=["Uferfonds"])
    page.says(f"Im Uferfonds sollen {when} neun Stege entstehen.", "neun Stege", value="9", counted="Steg",
              modality="planned", as_of="2026", subject="Uferfonds")  # fmt: skip
    page.store(engine)
    (plan,) = due_plans(engine, "2026", this_year="2026").plans
    assert (plan.due, plan.is_over("2026-07-01")) == ("2026", over)


def test_what_is_due_in_an_earlier_part_of_the_year_comes_first(engine: Engine) -> None:
    for name, when in (
        ("Uferfonds", "bis 2026"),
        ("Hafenplan", "im dritten Quartal 2026"),
        ("Stegpakt", "im Frühjahr 2026"),
    ):
        page = Page(name, "2025-06-01", url=f"https://land.example/{name}", projects=[name])
        page.says(f"Im {name} sollen {when} neun Stege entstehen.", "neun Stege", value="9", counted="Steg",
                  modality="planned", as_of="2026", subject=name)  # fmt: skip
        page.store(engine)
    assert [plan.part for plan in due_plans(engine, "2026", this_year="2026").plans] == [
        "Frühjahr 2026", "3. Quartal 2026", "",
    ]  # fmt: skip


PLANNED = "Die Uferhalle am See soll am 3. Mai 2024 öffnen."


STEGE = {"kind": "count", "value": "12", "counted": "Steg", "status": None}


def reached(engine: Engine, planned: str, told: str, day: str, quote: str, **state: Any) -> str | None:
    """The sentence by which a plan of an opening on 3 May 2024 is told as reached, if any is."""
    name = {"kind": "status", "subject": "Uferhalle am See"}
    plan = Page("Uferhalle", "2024-01-05", url=f"{HOST}plan", projects=["Uferhalle am See"])
    due = {"status": "operating", "modality": "planned", "as_of": "2024-05-03"}
    plan.says(planned, planned.rstrip("."), **name | due).store(engine)
    later = Page("Am Ufer", day, url=f"{HOST}later", projects=["Uferhalle am See"])
    later.says(told, quote, **name | {"status": "operating"} | state).store(engine)
    (listed,) = due_plans(engine, "2024", this_year="2024").plans
    return listed.reached_by.sentence if listed.reached_by else None


@pytest.mark.parametrize(
    ("told", "day", "quote", "state", "known"),
    [
        ("Die Uferhalle am See hat 12 Stege.", "2022-01-01", "12 Stege", STEGE, (False, False)),  # told before
        ("Die Uferhalle am See hat 12 Stege.", "2024-06-01", "12 Stege", STEGE, (False, True)),
        ("Heute hat Senatorin Beispiel die Uferhalle am See geöffnet.", "2024-05-03", "geöffnet", {}, (True, True)),
    ],
)  # fmt: skip
def test_it_is_said_whether_anything_later_is_known(
    engine: Engine, told: str, day: str, quote: str, state: dict[str, Any], known: tuple[bool, bool]
) -> None:
    reached(engine, PLANNED, told, day, quote, **state)
    (listed,) = due_plans(engine, "2024", this_year="2024").plans
    assert (listed.answered, listed.told_later) == known


RETOLD = "Im Mai 2024 {} vom Land mit allen Bezirken und Vereinen die neue Halle am Ufer in Betrieb genommen."


@pytest.mark.parametrize(
    ("planned", "told", "day", "quote"),
    [
        # the very state of the thing, on its day
        (PLANNED, "Heute hat Senatorin Beispiel die Uferhalle am See geöffnet.", "2024-05-03", "geöffnet"),
        # the announcement's own sentence, told as done
        (RETOLD.format("wird"), RETOLD.format("wurde"), "2024-06-20", "in Betrieb genommen"),
        # either side by its name or its noun
        ("Die Eröffnung der Halle ist geplant.", "Die Uferhalle am See ist eröffnet.", "2024-06-20",
         "Uferhalle am See ist eröffnet"),
    ],
)  # fmt: skip
def test_a_plan_is_reached_where_a_later_release_surely_says_so(
    engine: Engine, planned: str, told: str, day: str, quote: str
) -> None:
    assert reached(engine, planned, told, day, quote) == told


@pytest.mark.parametrize(
    ("told", "day", "quote", "state"),
    [
        (PLANNED, "2024-05-03", "öffnen", {}),  # announced again
        ("Heute hat Senatorin Beispiel den Steg vor der Uferhalle geöffnet.", "2024-05-03", "geöffnet", {}),
        ("Heute wurde Richtfest der Uferhalle am See gefeiert.", "2024-05-03", "Richtfest", {"status": "completed"}),
        ("Zur Uferhalle am See wurde eine Ausstellung eröffnet.", "2024-05-03", "Ausstellung eröffnet", {}),
        ("Die Uferhalle am See wurde eröffnet.", "2026-06-20", "Uferhalle am See wurde eröffnet", {}),  # too late
        ("Die Uferhalle am See wird noch nicht eröffnet.", "2024-06-20", "Uferhalle am See wird noch nicht eröffnet",
         {"modality": "denied"}),
    ],
)  # fmt: skip
def test_a_plan_is_not_reached_by_what_may_be_of_something_else(
    engine: Engine, told: str, day: str, quote: str, state: dict[str, Any]
) -> None:
    assert reached(engine, PLANNED, told, day, quote, **state) is None
