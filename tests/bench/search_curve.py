"""Draws how the search grows with the number of posts: an SVG with both axes logarithmic."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 760, 400, 64, 52, 24, 170
LINES = (
    ("full p50, CPU ms", "#0b6e69", lambda p: p["full"]["p50_ms"]),
    ("full p99, CPU ms", "#0b6e69", lambda p: p["full"]["p99_ms"]),
    ("suggest p99, CPU ms", "#b3541e", lambda p: p["suggest"]["p99_ms"]),
    ("build, CPU s", "#3b5b92", lambda p: p["build_cpu_s"]),
    ("mapped arrays, MB", "#777777", lambda p: p["mapped_mb"]),
)


def draw(points: Sequence[dict[str, Any]], path: Path) -> None:
    """Write the picture of *points* (each with posts and figures) to *path*."""
    values = [max(0.01, read(p)) for _, _, read in LINES for p in points]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(points[0]["posts"]), max(math.log10(points[-1]["posts"]), 3.1)

    def x(posts: float) -> float:
        share = (math.log10(posts) - first) / max(last - first, 0.1)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (math.log10(max(0.01, value)) - low) / (high - low) * (HEIGHT - BOTTOM - TOP)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for power in range(low, high + 1):
        at = y(10**power)
        parts.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#e3e3e3"/>')
        parts.append(
            f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end" fill="#555">{10**power:g}</text>'
        )
    for point in points:
        at = x(point["posts"])
        parts.append(f'<path d="M{at:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#e3e3e3"/>')
        label = f"{point['posts']:,} posts"
        parts.append(f'<text x="{at:.1f}" y="{HEIGHT - 28}" text-anchor="middle" fill="#555">{label}</text>')
    taken: list[float] = []
    for number, (name, colour, read) in enumerate(LINES):
        line = " ".join(f"{x(p['posts']):.1f},{y(read(p)):.1f}" for p in points)
        dash = ' stroke-dasharray="6 4"' if number == 0 else ""
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        parts += [
            f'<circle cx="{x(p["posts"]):.1f}" cy="{y(read(p)):.1f}" r="3" fill="{colour}"/>' for p in points
        ]
        at = _free(y(read(points[-1])) + 4, taken)
        parts.append(f'<text x="{WIDTH - RIGHT + 10}" y="{at:.1f}" fill="{colour}">{name}</text>')
    path.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")


def _free(at: float, taken: list[float]) -> float:
    """A height near *at* where no label stands yet."""
    while any(abs(at - other) < 15 for other in taken):
        at += 3
    taken.append(at)
    return at
