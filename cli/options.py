"""Options that several commands have."""

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

Author = Annotated[str | None, typer.Option("--by", help="Who judges; your login name if not given.")]
