"""Keys of claims outlast new rules and corrections elsewhere; keys of names leave out how a name is spelt."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.claim import Cue
from models.keys import claim_keys, name_key
from tests.support.releases import extraction, page, says

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
