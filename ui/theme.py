"""The look of the page's components: system fonts only, so that no browser fetches any."""

from gradio.themes import Base, colors

_SANS = ["system-ui", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif"]
_MONO = ["ui-monospace", "Consolas", "monospace"]


def plain_theme() -> Base:
    """A quiet theme around one red."""
    return Base(primary_hue=colors.red, neutral_hue=colors.stone, font=_SANS, font_mono=_MONO)
