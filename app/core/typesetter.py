"""Started as a program of its own, never imported by the site: one page layout and its data to a PDF or a picture.

Reads one line of JSON from standard input: {"layout", "inputs", "fonts", "format", "ppi", "made_on"}; writes the
bytes to standard output. Ends with NO_FONT when none of the fonts is installed. The fonts it maps (Chinese ones have
tens of megabytes) are given back when it ends.
"""

import json
import sys
from datetime import UTC, datetime

import typst

NO_FONT = 3


def main() -> int:
    wanted = json.load(sys.stdin.buffer)
    installed = typst.Fonts()
    families = set(installed.families())
    font = next((name for name in wanted["fonts"] if name in families), "")
    if not font:
        return NO_FONT
    said = {name: json.dumps(value, ensure_ascii=False) for name, value in wanted["inputs"].items()}
    compiler = typst.Compiler(
        input=wanted["layout"], font_paths=installed, sys_inputs={**said, "fonts": json.dumps([font])}
    )
    moment = datetime.fromisoformat(wanted["made_on"]).replace(tzinfo=UTC)
    made = compiler.compile(format=wanted["format"], ppi=wanted["ppi"], timestamp=moment)
    assert isinstance(made, bytes)  # noqa: S101 - one document, no output path: the library returns bytes
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
