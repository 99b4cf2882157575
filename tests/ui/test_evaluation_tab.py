"""The tab of the evaluation: the written page in a frame."""

import html
import re
from pathlib import Path

from ui.evaluation_tab import results_frame
from ui.words import Words

HOSTILE = "<!doctype html><p title=\"a\">${x} {{1}} & </iframe><script>parent.document.title = 'broken'</script>"


def test_the_page_stands_in_a_frame_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(HOSTILE, encoding="utf-8")
    shown = results_frame(tmp_path, Words("en"))
    match = re.fullmatch(
        r'<iframe srcdoc="([^"<>{}$]*)" title="Evaluation [^"]*" sandbox="allow-scripts"></iframe>', shown
    )
    assert match and html.unescape(match[1]) == HOSTILE


def test_a_page_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert 'role="alert"' in results_frame(tmp_path / "gone", Words())
    (tmp_path / "index.html").write_bytes(b"\xff\xfe\xff")
    assert 'role="alert"' in results_frame(tmp_path, Words())
