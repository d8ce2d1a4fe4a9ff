"""MkDocs hook: writes the pages under `reference/` from the code itself, each time the docs are built."""

from pathlib import Path

import api_page
import cli_page
import fields_page
import figures_page
import offices_page
import schema_page
import settings_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[2]
PAGES = {
    "reference/cli.md": cli_page.markdown,
    "reference/settings.md": settings_page.markdown,
    "reference/api.md": api_page.markdown,
    "reference/fields.md": fields_page.markdown,
    "reference/schema.md": schema_page.markdown,
    "reference/figures.md": figures_page.markdown,
    "reference/offices.md": offices_page.markdown,
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages that no one writes by hand."""
    for path, markdown in PAGES.items():
        files.append(File.generated(config, path, content=markdown()))
    # It stands where forges look for it, and speaks of the docs from there.
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8").replace("](docs/", "](")
    files.append(File.generated(config, "contributing.md", content=contributing))
    return files
