"""The option `--runner` of commands that run flows."""

from typing import Annotated

import typer

Runner = Annotated[
    str | None,
    typer.Option(
        "--runner",
        metavar="dask|dask://HOST:PORT",
        help="Run in processes of this machine, or on that Dask cluster; by default in threads.",
    ),
]
