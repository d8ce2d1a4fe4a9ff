"""All claims of a search as a workbook."""

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
    assert list(names) == lines[0].split(",") and len(rows) == len(lines) - 1 > 0
    assert {row[names.index("status")] for row in rows} == {"completed"}
