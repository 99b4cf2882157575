"""Pictures of text, read by the models that come inside rapidocr's wheel: nothing is fetched at run time."""

import io
from importlib.util import find_spec
from typing import Any

from rag.errors import UnreadableFile
from rag.formats.extract import Extract
from rag.formats.layout import lay_out
from rag.formats.printed import Line, Sheet
from rag.settings import without_telemetry

LARGEST_PICTURE = 100_000_000  # pixels
_LONGEST_SIDE = 4000  # pixels that the models are given


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
        frames = ImageSequence.Iterator(picture)
        pages = [Sheet(tuple(recogniser.lines(frame.convert("RGB")))) for frame in frames]
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableFile("picture_damaged") from error
    if not any(page.lines for page in pages):
        raise UnreadableFile("no_text_in_picture")
    laid_out = lay_out(pages)
    return Extract(laid_out.text, "ocr", laid_out.page_starts)


class Recogniser:
    """The models, loaded once for all pictures of a file. Raises UnreadableFile where the extra is not installed."""

    def __init__(self) -> None:
        if not is_available():
            raise UnreadableFile("pages_need_recognition")
        without_telemetry()
        from rapidocr import RapidOCR

        self._engine = RapidOCR(params={"Global.log_level": "error"})

    def lines(self, picture: Any) -> list[Line]:
        """The pieces of lines that a picture shows, in any order."""
        import numpy as np

        picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        found: Any = self._engine(np.asarray(picture.convert("RGB"))[:, :, ::-1])
        if found.boxes is None:
            return []
        return [
            Line(text.strip(), box[:, 0].min(), box[:, 0].max(), box[:, 1].min(), max(np.ptp(box[:, 1]), 1.0))
            for box, text in zip(found.boxes, found.txts, strict=True)  # unsure ones it leaves out itself
            if text.strip()
        ]
