"""All claims of a search as a workbook."""

from datetime import datetime
from io import BytesIO

from fastapi.testclient import TestClient
from openpyxl import load_workbook


def test_a_search_is_given_as_a_workbook(client: TestClient) -> None:
    assert "/claims.xlsx" in client.get("/?status=completed").text
    answer = client.get("/claims.xlsx", params={"status": "completed"})
    assert answer.headers["content-disposition"].endswith('"zwischenbilanz.xlsx"')
    (sheet,) = load_workbook(BytesIO(answer.content)).worksheets
    names, *rows = sheet.iter_rows(values_only=True)
    lines = client.get("/claims.csv", params={"status": "completed"}).text.splitlines()
    assert names[:3] == ("Genauigkeit", "Zahl", "bis") and len(rows) == len(lines) - 1 > 0
    assert len(set(names)) == len(names) and {"Schlüssel", "Art", "Prüfsumme (SHA-256)"} < set(names)
    assert {row[names.index("Stand")] for row in rows} == {"abgeschlossen"}
    assert {row[names.index("Art")] for row in rows} == {"Anzahl"}
    assert len(names) >= len(lines[0].split(",")), "nothing that is stored is left out"
    assert all(isinstance(row[names.index("Veröffentlicht")], datetime) for row in rows)
    english = load_workbook(BytesIO(client.get("/en/claims.xlsx", params={"status": "completed"}).content)).worksheets[
        0
    ]
    assert [each.value for each in english[1]][1:3] == ["Number", "to"]
    assert english.auto_filter.ref is not None
