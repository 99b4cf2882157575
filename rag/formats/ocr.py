"""Pictures of text, read by the models that come inside rapidocr's wheel: nothing is fetched at run time."""

import io
from importlib.util import find_spec
from typing import Any

from rag.errors import UnreadableFile
from rag.formats.extract import Extract
from rag.formats.layout import Line, lay_out

LARGEST_PICTURE = 100_000_000  # pixels
_LONGEST_SIDE = 4000  # pixels that the models are given
_SAME_ROW = 0.5  # of a line's height


def is_available() -> bool:
    """Whether the extra `ocr` is installed."""
    return find_spec("rapidocr") is not None


def read_image(content: bytes) -> Extract:
    """The paragraphs of a picture, or of each picture of a TIFF as a page. Raises UnreadableFile."""
    from PIL import Image, ImageSequence, UnidentifiedImageError

    if not is_available():
        raise UnreadableFile("picture_needs_recognition")
    try:
        picture = Image.open(io.BytesIO(content))
        if picture.width * picture.height > LARGEST_PICTURE:
            raise UnreadableFile("picture_too_large", width=picture.width, height=picture.height)
        recogniser = Recogniser()
        pages = [recogniser.lines(frame.convert("RGB")) for frame in ImageSequence.Iterator(picture)]
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableFile("picture_damaged") from error
    if not any(pages):
        raise UnreadableFile("no_text_in_picture")
    laid_out = lay_out(pages)
    return Extract(laid_out.text, "ocr", laid_out.page_starts)


class Recogniser:
    """The models, loaded once for all pictures of a file. Raises UnreadableFile where the extra is not installed."""

    def __init__(self) -> None:
        if not is_available():
            raise UnreadableFile("pages_need_recognition")
        from rapidocr import RapidOCR

        self._engine = RapidOCR(params={"Global.log_level": "error"})

    def lines(self, picture: Any) -> list[Line]:
        """The lines of a picture from its top to its foot, those beside each other as the cells of one row."""
        import numpy as np

        picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        found: Any = self._engine(np.asarray(picture.convert("RGB"))[:, :, ::-1])
        if found.boxes is None:
            return []
        lines = [
            Line(text.strip(), box[:, 0].min(), box[:, 0].max(), box[:, 1].min(), max(np.ptp(box[:, 1]), 1.0))
            for box, text in zip(found.boxes, found.txts, strict=True)  # unsure ones it leaves out itself
            if text.strip()
        ]
        return _in_rows(lines)


def _in_rows(lines: list[Line]) -> list[Line]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.top):
        if rows and line.top - rows[-1][0].top < _SAME_ROW * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(sorted(row, key=lambda line: line.left)) for row in rows]


def _joined(row: list[Line]) -> Line:
    text = "\t".join(line.text for line in row)
    return Line(text, row[0].left, row[-1].right, row[0].top, max(line.size for line in row))
