"""`bilanz compare` on a narrow terminal: the newest dates, and how many are left out."""

from pathlib import Path

import pytest

from tests.support import reports
from tests.support.releases import Page

_DATES = 15
_PROGRAMME = "Stegprogramm"


@pytest.fixture(autouse=True)
def daily(tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    for day in range(1, _DATES + 1):
        page = Page(f"{_PROGRAMME} {day}", f"2024-05-{day:02d}")
        sentence = f"Im {_PROGRAMME} gibt es {day + 100} Stege, davon sind {day} fertiggestellt."
        stated = {"counted": "Steg", "subject": _PROGRAMME}
        page.says(sentence, f"{day + 100} Stege", value=str(day + 100), **stated)
        page.says(sentence, f"{day} fertiggestellt", value=str(day), status="completed", **stated)
        page.store(engine)
    engine.dispose()


def test_where_each_date_needs_lines_of_its_own_the_newest_are_shown(bilanz) -> None:
    wide = bilanz("--lang", "de", "compare", _PROGRAMME, COLUMNS="80").stdout
    assert "1. Mai 2024" in wide and "fehlen hier" not in wide
    narrow = bilanz("--lang", "de", "compare", _PROGRAMME, COLUMNS="30").stdout
    assert "3 frühere Stichtage fehlen hier; ein breiteres Fenster und --format csv zeigen sie." in narrow
    shown = [line.rstrip().split("  ")[-1].strip() for line in narrow.splitlines() if line.startswith("Stand ")]
    assert shown == [f"{day}. Mai 2024" for day in range(4, _DATES + 1)]
