"""A camera that shows tickets: a raw video for Chromium's fake capture device, made from pictures of QR codes."""

import struct
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 640, 480
RATE = 5  # pictures a second
HELD = 2  # pictures that one ticket stays before the lens
DOT = 8  # of the picture for one module of the code
SCALE = 10  # dots of one module in the ticket's own picture
Frame = NDArray[np.uint8]


def modules(png: bytes) -> NDArray[np.bool_]:
    """The light modules of a QR code that was saved as a black and white PNG, its quiet border included."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert (depth, kind) == (1, 0), "one bit of grey for each dot"
    data, at = b"", 8
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        data += png[at + 8 : at + 8 + length] if name == b"IDAT" else b""
        at += 12 + length
    rows = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, -1).copy()
    for y, kind in enumerate(rows[:, 0]):
        assert kind in {0, 2}, "rows as they are, or as their difference to the one above"
        rows[y, 1:] += rows[y - 1, 1:] if kind == 2 else np.uint8(0)
    return np.unpackbits(rows[:, 1:], axis=1)[SCALE // 2 :: SCALE, SCALE // 2 : width : SCALE].astype(bool)


def picture(png: bytes, *, turns: int = 0, is_stained: bool = False) -> Frame:
    """One ticket before the lens: turned by quarters, or with a stain of the size of a thumb on it."""
    code = np.where(np.rot90(modules(png), turns), 235, 30).astype(np.uint8)
    if is_stained:
        middle = len(code) * 3 // 5
        code[middle : middle + 5, middle : middle + 5] = 90
    large = np.kron(code, np.ones((DOT, DOT), np.uint8))
    frame = np.full((HEIGHT, WIDTH), 190, np.uint8)
    top, left = (HEIGHT - len(large)) // 2, (WIDTH - len(large)) // 2
    frame[top : top + len(large), left : left + len(large)] = large
    return frame


def film(path: Path, pictures: Sequence[Frame]) -> Path:
    """Write *pictures* one after the other as YUV4MPEG2; Chromium shows it over and over."""
    grey = b"\x80" * (WIDTH * HEIGHT // 2)
    with path.open("wb") as file:
        file.write(b"YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420jpeg\n" % (WIDTH, HEIGHT, RATE))
        for frame in pictures:
            for _ in range(HELD):
                file.write(b"FRAME\n" + frame.tobytes() + grey)
    return path


def arguments(path: Path) -> Iterable[str]:
    """What Chromium is started with to look at *path* instead of through a lens."""
    return (
        "--no-sandbox",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={path}",
    )
