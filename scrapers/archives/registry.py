"""Reads the files of web archives: one YAML an archive, checked as those of press offices are."""

from pathlib import Path

from models.archive import Archive
from models.checked_yaml import compose, validated
from models.errors import InputError
from models.spelling import did_you_mean

ARCHIVES = Path(__file__).parent
OWN = "archives"
"""Folder beside source files of one's own that holds archives of one's own."""

FIRST = "internet-archive"
"""Where an office is sought in if no archive is named."""


def load_archive(path: Path) -> Archive:
    """Reads the file of one archive.

    Raises:
        InputError: the file is no YAML or breaks the schema; the message names file, line and column.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}).") from error
    return validated(Archive, compose(text, str(path)), id=path.stem)


def all_archives(own: Path | None = None) -> tuple[Archive, ...]:
    """All archives of the package and of a folder of one's own, by id; its files take the place of ours.

    Raises:
        InputError: a file is faulty.
    """
    return tuple(load_archive(path) for _, path in sorted(_files(own).items()))


def archive(archive_id: str, own: Path | None = None) -> Archive:
    """The archive of that id.

    Args:
        archive_id: its id.
        own: folder with source files of one's own, in which `archives/` is looked at too.

    Raises:
        InputError: there is none, or its file is faulty.
    """
    files = _files(own)
    if archive_id not in files:
        hint = did_you_mean(archive_id, files, f"known are {', '.join(sorted(files))}.")
        raise InputError(f"No archive is called {archive_id!r}; {hint}")
    return load_archive(files[archive_id])


def _files(own: Path | None) -> dict[str, Path]:
    folders = [ARCHIVES] if own is None else [ARCHIVES, own / OWN]
    return {path.stem: path for folder in folders for path in folder.glob("*.yaml")}
