"""Vendored files are the ones that were checked, and the look keeps to its own rules."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
VENDOR = APP / "static" / "vendor"
OURS = sorted((APP / "static" / "css").glob("*.css"))
TEMPLATES = sorted(APP.rglob("templates/**/*.html"))
ICON_NAME = re.compile(r"""(?:\bi\(|'icon':\s*|\bicon=)'([a-z0-9-]+)'""")


def test_vendored_files_match_their_checksums():
    lines = (VENDOR / "CHECKSUMS").read_text().splitlines()
    assert len(lines) >= 5
    for line in lines:
        digest, name = line.split("  ")[:2]
        assert sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize("name", ["bootstrap", "htmx", "alpine", "echarts", "zrender", "jsqr"])
def test_every_vendored_library_carries_its_licence(name):
    assert len((VENDOR / f"{name}.LICENSE").read_text()) > 500


def test_colours_are_named_in_one_file():
    for sheet in OURS:
        if sheet.name != "tokens.css":
            found = re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", sheet.read_text())
            assert not found, f"{sheet.name}: {found}"


def test_every_colour_has_a_dark_counterpart_or_is_shared_on_purpose():
    text = (APP / "static" / "css" / "tokens.css").read_text()
    light, dark = text.split("@media (prefers-color-scheme: dark)")[:2]
    of = lambda part: set(re.findall(r"(--[a-z0-9-]+):\s*#", part))  # noqa: E731  one use, two lines below
    shared = {"--paper", "--on-action", "--on-accent", "--on-loss"}
    assert {name for name in of(light) - of(dark) if not name.startswith("--hall")} == shared


def test_styles_name_only_tokens_that_exist():
    defined = set(re.findall(r"(--[a-z0-9-]+)\s*:", "".join(sheet.read_text() for sheet in OURS)))
    used = set(re.findall(r"var\((--[a-z0-9-]+)", "".join(sheet.read_text() for sheet in OURS)))
    assert used <= defined, used - defined


def test_templates_name_only_icons_of_the_sprite():
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (APP / "static" / "icons.svg").read_text()))
    for template in TEMPLATES:
        missing = set(ICON_NAME.findall(template.read_text())) - sprite
        assert not missing, f"{template}: {missing}"


def test_no_template_carries_a_style_a_script_or_another_host():
    for template in TEMPLATES:
        text = template.read_text()
        assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style", text), template
        for tag in re.findall(r"<script[^>]*>", text):
            assert "src=" in tag or "application/" in tag, f"{template}: {tag}"
        assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", text), template
