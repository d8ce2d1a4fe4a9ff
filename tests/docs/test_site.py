"""The site of documentation builds without a warning and loads nothing from elsewhere; hooks fetch nothing."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from cli.main import program
from db.tables import Base
from models.settings import Settings
from scrapers.registry import registered
from tests.docs.blocks import ROOT

BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [BIN / "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def test_pages_load_nothing_from_elsewhere(site: Path) -> None:
    loaded = re.compile(r"<(?:script|img|iframe|source)[^>]+src=\"(?:https?:)?//|<link[^>]+href=\"(?:https?:)?//")
    pages = list(site.rglob("*.html"))
    assert len(pages) > 20
    assert [page for page in pages if loaded.search(page.read_text("utf-8"))] == []
    styles = [sheet.read_text("utf-8") for sheet in site.rglob("*.css")]
    assert styles
    assert not any(re.search(r"url\([\"']?(?:https?:)?//|@import", style) for style in styles)


def test_reference_has_every_command_setting_and_table(site: Path) -> None:
    def page(name: str) -> str:
        return (site / "reference" / name / "index.html").read_text("utf-8")

    assert all(f"bilanz {command.name}" in page("cli") for command in program().registered_commands)
    assert all(f"BILANZ_{name.upper()}" in page("settings") for name in Settings.model_fields)
    assert all(f'id="{table}"' in page("schema") for table in Base.metadata.tables)
    assert "/api/v1/claims" in page("api")
    assert "0.9" in page("figures")
    assert all(f"<code>{office.id}</code>" in page("offices") for office in registered().real)


def test_hooks_are_tools_of_the_environment() -> None:
    repositories = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [each["repo"] for each in repositories] == ["local"]
    for hook in repositories[0]["hooks"]:
        assert hook["language"] == "system"
        command = hook["entry"].split()[0]
        assert shutil.which(str(BIN / command.removeprefix(".venv/bin/")))


def test_help_names_every_target() -> None:
    printed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(targets) <= set(re.findall(r"^  make ([a-z-]+)", printed, re.MULTILINE))
