"""A workbook is read by another library as it was written; what a release says is never a formula."""

from io import BytesIO

from openpyxl import load_workbook

from output.formats.xlsx import chunks

ROWS = [
    {"quote": '=HYPERLINK("http://evil.example")', "value": 42, "status": None},
    {"quote": "https://office.example/42", "value": 4.5, "status": "completed"},
]


def test_rows_come_back_as_they_are() -> None:
    book = load_workbook(BytesIO(b"".join(chunks(iter(ROWS)))))
    (sheet,) = book.worksheets
    assert [tuple(row) for row in sheet.iter_rows(values_only=True)] == [
        ("quote", "value", "status"),
        *(tuple(row.values()) for row in ROWS),
    ]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert all(cell.hyperlink is None for cell in sheet["A"])


def test_no_rows_are_an_empty_sheet() -> None:
    (sheet,) = load_workbook(BytesIO(b"".join(chunks([])))).worksheets
    assert sheet.max_row == 1 and sheet["A1"].value is None
