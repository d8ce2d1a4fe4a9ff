"""Which numbers stand in one table as the same number at other times."""

import pytest

from comparison.series import same_series
from models.nouns import Nouns
from models.stored import StoredClaim
from tests.support.releases import extraction, page, says
from tests.support.stored import stored_claims

Told = tuple[str, str, str, str]
"""A day, a headline, a sentence and the number in it."""


def claims_of(told: list[Told]) -> list[StoredClaim]:
    found = []
    for day in dict.fromkeys(day for day, *_ in told):
        _, title, *_ = next(each for each in told if each[0] == day)
        sentences = [(sentence, number) for when, _, sentence, number in told if when == day]
        release = page(title, " ".join(sentence for sentence, _ in sentences), day)
        read = extraction(
            release,
            [says(f"{number} Boote", value=number, counted="Boot", subject="Seenfonds") for _, number in sentences],
        )
        found += stored_claims(f"https://land.example/{day}", release, read)
    return found


ALIKE = "Im Seenfonds fahren derzeit {} Boote auf den Seen des Landes."


@pytest.mark.parametrize(
    ("told", "numbers"),
    [
        (
            [
                ("2021-05-03", "Bilanz der Seen", ALIKE.format("50"), "50"),
                ("2022-05-03", "Bilanz der Seen", ALIKE.format("62"), "62"),
            ],
            ["50", "62"],
        ),
        # two numbers of one release are two things, however alike they are counted
        (
            [
                ("2022-05-03", "Bilanz der Seen", ALIKE.format("62"), "62"),
                ("2022-05-03", "Bilanz der Seen", "Die Werft im Seenfonds hat derzeit 31 Boote.", "31"),
            ],
            ["62"],
        ),
        (
            [
                ("2021-05-03", "Ein Hafen wird saniert", "Am Hafen Nordufer liegen 9 Boote des Seenfonds.", "9"),
                ("2022-05-03", "Bilanz der Seen", ALIKE.format("62"), "62"),
            ],
            ["62"],
        ),
    ],
)
def test_a_number_stands_only_beside_what_its_series_tells(told: list[Told], numbers: list[str]) -> None:
    claims = claims_of(told)
    newest = next(each for each in claims if str(each.claim.value) == "62")
    assert [str(each.claim.value) for each in same_series(newest, claims, Nouns({}), {})] == numbers


def test_a_change_is_no_number_of_a_time() -> None:
    release = page("Bilanz der Seen", "Die Flotte im Seenfonds wuchs um 12 Boote.", "2022-05-03")
    read = extraction(release, [says("12 Boote", value="12", counted="Boot", subject="Seenfonds", aspect="change")])
    (rise,) = stored_claims("https://land.example/a", release, read)
    assert same_series(rise, [rise], Nouns({}), {}) == []
