"""A comparison as a bar chart, as a picture for a document and as SVG for the page."""

import io
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from rag.tables.columns import STATUSES, with_approximation
from rag.tables.comparison import Compared, Comparison

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PictureFormat = Literal["svg", "png"]

FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei", "SimHei",
    "PingFang SC", "Hiragino Sans GB", "Heiti SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP",
    "Noto Serif CJK SC", "Noto Serif CJK JP", "AR PL UMing CN", "SimSun",
)  # fmt: skip
_COLOURS = {"result": "#2f6f9f", "plan": "#b9cfdf", "target": "#d8c48a"}
MOST_BARS = 60
MOST_NAMED = 20  # reports without a result
_INCHES_PER_BAR = 0.38
_DOTS_PER_INCH = 160


def bar_chart(comparison: Comparison, picture_format: PictureFormat) -> bytes:
    """A horizontal bar for each town and year, plans paler than results; reports without a result named below.

    SVG keeps its text as text, set in the reader's own font; PNG needs a Chinese font here (`has_chinese_font`).
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(
        {
            "font.sans-serif": [*_held_fonts(), "DejaVu Sans"],
            "font.family": "sans-serif",
            "svg.fonttype": "none",
            "svg.hashsalt": "zhenbao",  # the same picture from the same figures
            "axes.unicode_minus": False,
            "text.parse_math": False,  # a $ is a $
        }
    ):
        figure = Figure(
            figsize=(8, 1.6 + _INCHES_PER_BAR * max(1, len(comparison.rows[:MOST_BARS]))), layout="constrained"
        )
        _draw(figure, comparison)
        content = io.BytesIO()
        metadata = {"Date": None} if picture_format == "svg" else {}
        figure.savefig(content, format=picture_format, dpi=_DOTS_PER_INCH, metadata=metadata)
    return content.getvalue()


def has_chinese_font() -> bool:
    """Whether the machine can draw Chinese into a picture."""
    return bool(_held_fonts())


def _held_fonts() -> list[str]:
    """The machine's Chinese fonts by preference; matplotlib's own list may be older than the font looked for."""
    held = _names()
    if not held:
        _take_in_new_fonts()
        held = _names()
    return held


def _names() -> list[str]:
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    return [name for name in FONTS if name in known]


def _take_in_new_fonts() -> None:
    from matplotlib import font_manager

    known = {font.fname for font in font_manager.fontManager.ttflist}
    for path in sorted(set(font_manager.findSystemFonts()) - known):
        with suppress(OSError, RuntimeError):  # a file that matplotlib cannot use
            font_manager.fontManager.addfont(path)


def _draw(figure: "Figure", comparison: Comparison) -> None:
    from matplotlib.patches import Patch

    axes = figure.add_subplot()
    rows = comparison.rows[:MOST_BARS]
    bars = axes.barh(range(len(rows)), [row.value for row in rows], color=[_COLOURS[row.status] for row in rows])
    axes.bar_label(bars, [f" {_value(row)}" for row in rows], padding=2)
    axes.set_yticks(range(len(rows)), [comparison.name(row) for row in rows])
    axes.invert_yaxis()
    axes.margins(x=0.15)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(f"{comparison.subject}（{comparison.unit}）" if comparison.unit else comparison.subject)
    if said := _below(comparison):
        axes.set_xlabel(said, fontsize="small", wrap=True)
    statuses = list(dict.fromkeys(row.status for row in rows))
    if len(statuses) > 1:
        axes.legend([Patch(color=_COLOURS[status]) for status in statuses], [STATUSES[status] for status in statuses])


def _below(comparison: Comparison) -> str:
    """What the bars do not show."""
    said = []
    if (count := comparison.rows_in_all) > MOST_BARS:
        said.append(f"共 {count} 条，图中是前 {MOST_BARS} 条 the first {MOST_BARS} of {count}")
    if named := "、".join(comparison.name(gap) for gap in comparison.gaps[:MOST_NAMED]):
        count = comparison.gaps_in_all
        more = f" 等 {count} 份 and others, {count} in all" if count > MOST_NAMED else ""
        said.append(f"没有写到完成数 no result：{named}{more}")
    return "\n".join(said)


def _value(row: Compared) -> str:
    return with_approximation(f"{row.value:,.10g}", row.approx)
