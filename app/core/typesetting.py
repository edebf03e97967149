"""PDFs and pictures from typst layouts, made in a process of their own.

So a web worker never maps a Chinese font, and a layout that fails takes nothing with it.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

from app.core.county_time import today
from app.core.errors import DomainError

log = logging.getLogger(__name__)

# Sans first; the first one that is installed is used. Debian: fonts-noto-cjk.
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimHei",
    "SimSun",
)
_PROGRAM = Path(__file__).with_name("typesetter.py")
_NO_FONT = 3  # its exit status
_SECONDS = 60


class NoChineseFont(DomainError):
    """Without one every character would be an empty box: better no file than that one."""

    status = 503
    message = "服务器上没有中文字体，暂时不能生成PDF。请先下载Word版，并请管理员安装中文字体"


class NotSet(DomainError):
    """The layout failed or took too long: an error of ours, written to the log."""

    status = 503
    message = "文件暂时生成不了，请稍后再试"


def typeset(
    layout: Path,
    inputs: Mapping[str, Any],
    *,
    kind: Literal["pdf", "png"] = "pdf",
    ppi: float = 144.0,
    made_on: date | None = None,
    fonts: Sequence[str] = CHINESE_FONTS,
) -> bytes:
    """The file that *layout* (.typ) makes of *inputs*, each handed over as JSON, with the first installed of *fonts*."""
    wanted = {
        "layout": str(layout),
        "inputs": inputs,
        "fonts": fonts,
        "format": kind,
        "ppi": ppi,
        "made_on": (made_on or today()).isoformat(),
    }
    command = [sys.executable, "-I", "-B", "-X", "utf8", str(_PROGRAM)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and program, no shell
            command,
            input=json.dumps(wanted, ensure_ascii=False).encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        log.exception("setting %s took more than %d s", layout.name, _SECONDS)
        raise NotSet from None
    if done.returncode == _NO_FONT:
        raise NoChineseFont
    if done.returncode:
        log.error("setting %s ended with %d: %s", layout.name, done.returncode, done.stderr.decode()[-2000:])
        raise NotSet
    return done.stdout
