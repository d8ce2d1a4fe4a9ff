"""Any number formatted the German way comes back as the same Decimal."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from extractors.claims.extraction import extract
from extractors.rules.quantities.numerals import parse_figure, parse_word
from extractors.rules.quantities.scan import scan

UNITS = {"Euro": "EUR", "€": "EUR", "Prozent": "%", "%": "%", "Kilometer": "km", "km": "km", "Hektar": "ha", "MW": "MW",
         "Tonnen": "t", "Quadratmeter": "m2", "Gigawattstunden": "GWh", "US-Dollar": "USD"}  # fmt: skip
SCALES = {"": 1, " Tausend": 10**3, " Millionen": 10**6, " Mio.": 10**6, " Milliarden": 10**9, " Mrd.": 10**9}
COMPARATORS = {"": "=", "rund ": "~", "etwa ": "~", "knapp ": "~", "mehr als ": ">", "über ": ">", "mindestens ": ">=",
               "weniger als ": "<", "unter ": "<", "höchstens ": "<=", "bis zu ": "<=", "weit über ": ">"}  # fmt: skip

whole = st.integers(min_value=2, max_value=10**12)
fractions = st.decimals(min_value=Decimal("0.1"), max_value=Decimal("99999.99"), places=2)


def german(number: Decimal, separator: str) -> str:
    """A number with German separators: "1.250,50"."""
    digits, _, fraction = format(number, "f").partition(".")
    grouped = f"{int(digits):,}".replace(",", separator)
    return f"{grouped},{fraction}" if fraction else grouped


@given(whole, st.sampled_from([".", "\u00a0", "\u202f", " "]))
def test_figures_keep_every_digit(number: int, separator: str) -> None:
    assert parse_figure(german(Decimal(number), separator)) == number


@given(fractions)
def test_decimal_places_are_kept(number: Decimal) -> None:
    assert parse_figure(german(number, ".")) == number


@given(st.integers(min_value=2, max_value=999_999))
def test_number_words_are_read(number: int) -> None:
    assert parse_word(num2words(number, lang="de")) == number


@given(fractions, st.sampled_from(sorted(SCALES)), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(COMPARATORS)))
def test_comparator_number_scale_and_unit_come_back(number: Decimal, scale: str, unit: str, comparator: str) -> None:
    sentence = f"Das Land nennt {comparator}{german(number, '.')}{scale} {unit} im Bericht."
    (found,) = scan(sentence)
    assert (found.comparator, found.value, found.unit) == (COMPARATORS[comparator], number * SCALES[scale], UNITS[unit])
    assert sentence[found.start : found.end] == f"{german(number, '.')}{scale} {unit}"


@given(
    st.integers(2, 10**6),
    st.integers(1, 10**6),
    st.sampled_from(["{} bis {}", "{}–{}", "{} - {}", "zwischen {} und {}"]),
)
def test_ranges_stay_ranges(low: int, width: int, form: str) -> None:
    sentence = f"Genannt werden {form.format(german(Decimal(low), '.'), german(Decimal(low + width), '.'))} Euro."
    (found,) = scan(sentence)
    assert (found.value, found.value_to, found.unit) == (low, low + width, "EUR")


@given(st.text(max_size=200))
def test_no_text_breaks_the_scan(text: str) -> None:
    for number in scan(text):
        assert 0 <= number.start < number.end <= len(text)


def test_any_white_space_may_stand_in_a_half() -> None:
    (found,) = scan("Das Land gibt eine\u00a0halbe Million Euro.")
    assert (found.value, found.unit) == (500_000, "EUR")


@given(st.integers(min_value=10**18, max_value=10**400))
def test_endless_figures_are_no_quantities(number: int) -> None:
    assert scan(f"Das Konto {number} hat 12 Zeilen.")[0].value == 12


def test_a_measure_between_number_and_noun_is_not_what_is_counted() -> None:
    claims = extract("Bericht\n\nIm Depot stehen vier fünfhundert Meter lange Züge.", published=None).claims
    assert [(claim.value, claim.counted) for claim in claims if claim.kind == "count"] == [(4, "Zug")]
