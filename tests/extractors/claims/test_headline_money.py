"""Sums of money in headlines: given, where no verb says otherwise."""

import pytest

from extractors.claims import extract


@pytest.mark.parametrize(
    ("headline", "status"),
    [
        ("4,5 Millionen Euro für Schulhöfe im Kreis Sternau", "approved"),
        ("Vereine im Odertal: Weitere 85.000 Euro vom Land", "approved"),
        ("Schaden von 4,5 Millionen Euro für die Stadt", None),
        ("Umsatz steigt um 4,5 Millionen Euro", None),
    ],
)
def test_money_in_a_headline(headline: str, status: str | None) -> None:
    claims = extract(f"{headline}\n\nDie Leute freuen sich.", published=None).claims
    assert [claim.status for claim in claims if claim.kind == "money"] == [status]
