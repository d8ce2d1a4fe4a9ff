"""Exact numbers as text: one form that keeps every digit, one that sorts bytewise."""

from decimal import Decimal

_BIAS = 50_000
_COMPLEMENT = str.maketrans("0123456789", "9876543210")


def exact(number: Decimal) -> str:
    """The number in plain digits, trailing zeros kept ("2.50", "1500000").

    Raises:
        ValueError: for infinities and NaN, which no release can state.
    """
    if not number.is_finite():
        raise ValueError(f"only finite numbers can be stored, not {number}")
    return format(number, "f")


def order_key(number: Decimal) -> str:
    """Text that sorts bytewise as the numbers do, on every database and without rounding.

    A sign ("0" negative, "1" zero, "2" positive), the biased exponent in five digits and the
    significant digits; for negative numbers both complemented and closed by "~", so that the longer
    (greater in magnitude) sorts first.
    """
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    if not digits:
        return "1"
    scaled = f"{number.adjusted() + _BIAS:05d}{digits}"
    return "2" + scaled if number > 0 else "0" + scaled.translate(_COMPLEMENT) + "~"
