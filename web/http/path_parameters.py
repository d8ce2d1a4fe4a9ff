"""What addresses name: a claim, a release, a watch, a project; and how each is written."""

from typing import Annotated

from fastapi import Path

from web.http.query import KEY, NAME_LENGTH, printable

ClaimKey = Annotated[str, Path(pattern=f"^{KEY}$", examples=["f4vy4pbn3agu5gw3"])]
ReleaseId = Annotated[str, Path(pattern=f"^{KEY}$", examples=["k2m4x7qzt5aevd3w"])]
WatchToken = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{20,64}$")]
ProjectName = Annotated[str, printable, Path(max_length=NAME_LENGTH, examples=["Ruhr-Konferenz"])]
