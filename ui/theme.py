"""The look of the page's components: system fonts only, so that no browser fetches any."""

from gradio.themes import Base, colors

_SANS = ["system-ui", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif"]
_MONO = ["ui-monospace", "Consolas", "monospace"]
_CONTRAST = {  # Gradio's own reds and greys are too pale to read on white, or on black
    "button_primary_background_fill": "*primary_700",
    "button_primary_background_fill_hover": "*primary_800",
    "button_primary_background_fill_dark": "*primary_700",
    "button_primary_background_fill_hover_dark": "*primary_600",
    "button_cancel_background_fill": "*neutral_700",
    "button_cancel_background_fill_dark": "*neutral_600",
    "body_text_color_subdued": "*neutral_600",
    "body_text_color_subdued_dark": "*neutral_300",
    "block_label_text_color": "*neutral_700",
    "block_label_text_color_dark": "*neutral_200",
    "block_title_text_color": "*neutral_700",
    "block_title_text_color_dark": "*neutral_200",
    "input_placeholder_color": "*neutral_500",
    "input_placeholder_color_dark": "*neutral_400",
    "color_accent": "*primary_700",
}


def plain_theme() -> Base:
    """A quiet theme around one red."""
    theme: Base = Base(primary_hue=colors.red, neutral_hue=colors.stone, font=_SANS, font_mono=_MONO)
    return theme.set(**_CONTRAST)
