"""Number formats, after ECMA-376 part 1, 18.8.30 and 18.8.31: what a cell shows."""

import datetime

import pytest

from rag.formats.number_formats import shown_date, shown_number, shown_text

MOMENT = datetime.datetime(2022, 6, 1, 8, 5)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        # placeholders: 0 shows a digit always, # and ? only where there is one
        (12, "0000", "0012"),
        (1.5, "0.00", "1.50"),
        (1.5, "#.##", "1.5"),
        (2, "0.##", "2"),
        (0.25, "#.00", ".25"),
        (0, "#", ""),
        (7.125, "0.0?", "7.13"),
        # halves are rounded away from zero
        (1.345, "0.00", "1.35"),
        (0.5, "0", "1"),
        (-2.5, "0", "-3"),
        (1e22, "0.00", "10000000000000000000000.00"),
        # thousands separators part digits; they are left out, the value is the same
        (12345.6, "#,##0", "12346"),
        (1234567.891, "#,##0.00", "1234567.89"),
        # commas behind the digits divide by a thousand each
        (12345678, '0.00,,"百万"', "12.35百万"),
        (12600000, "#,##0,", "12600"),
        (1234567, '0"."00,"万"', "12.35万"),
        (186000000, '0!.00,,"亿元"', "1.86亿元"),
        (123456, '0!.0,"万"', "12.3万"),
        # literals within digits: "!" in Excel's Chinese formats is what a backslash is elsewhere
        (12600000, '0!.0000"万元"', "1260.0000万元"),
        (12600000, '0\\.0000"万元"', "1260.0000万元"),
        (5000, '0!.0000"万元"', "0.5000万元"),
        (-12600000, '0!.0000"万元"', "-1260.0000万元"),
        (6890, '0"户"', "6890户"),
        (6890, "0户", "6890户"),
        # percent
        (0.086, "0.0%", "8.6%"),
        (0.125, "0%", "13%"),
        (-0.032, "0.0%", "-3.2%"),
        (0.0456, '0.00"%"', "0.05%"),
        # sections: positive; negative; zero
        (-12.5, "0.0;[Red]-0.0", "-12.5"),
        (-12.5, "0.0;[Red]0.0", "-12.5"),
        (-12.5, "#,##0.0_);(#,##0.0)", "-12.5"),
        (-12.5, "#,##0.0_);[Red]\\(#,##0.0\\)", "-12.5"),
        (-5, '0.0%;"▲"0.0%', "-500.0%"),
        (0, '0;-0;"无"', "无"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (12.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "12.50"),
        (12.5, ";;;", ""),
        # conditions
        (123456, '[>=10000]0!.0,"万";0', "12.3万"),
        (9999, '[>=10000]0!.0,"万";0', "9999"),
        (3, '[<5]"少于五";[<10]"少于十";0', "少于五"),
        # currency, colours and locales
        (12, "[$¥-804]#,##0.00", "¥12.00"),
        (12, "[Red][$-804]0", "12"),
        # what says less than the value is written plainly
        (0.5, "# ?/?", "0.5"),
        (12345.0, "0.00E+00", "12345"),
        # no format of its own
        (1404, "General", "1404"),
        (1404.0, "General", "1404"),
        (0.1, "General", "0.1"),
        (0.1 + 0.2, "General", "0.3"),
        (12, 'General"人"', "12人"),
        (86, "@", "86"),
    ],
)
def test_a_number_is_shown_as_its_cell_shows_it(value: float, number_format: str, text: str) -> None:
    assert shown_number(value, number_format) == text


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("yyyy-mm-dd", "2022年6月1日"),
        ('yyyy"年"', "2022年"),
        ("yyyy", "2022年"),
        ('yyyy"年"m"月"', "2022年6月"),
        ("yyyy/m", "2022年6月"),
        ("mmm-yy", "2022年6月"),
        ('[$-804]yyyy"年"m"月"d"日"', "2022年6月1日"),
        ("[DBNum1]yyyy年m月d日", "2022年6月1日"),
        ('m"月"d"日"', "6月1日"),
        ("m/d", "6月1日"),
        ("dddd, mmmm dd, yyyy", "2022年6月1日"),
        ("yyyy-mm-dd hh:mm", "2022年6月1日08:05"),
        ("h:mm", "08:05"),
        ("mm:ss", "08:05"),
        ("General", "2022年6月1日"),
    ],
)
def test_a_date_is_shown_with_the_parts_that_its_format_has(number_format: str, text: str) -> None:
    assert shown_date(MOMENT, number_format) == text


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("General", "柳溪"),
        ("@", "柳溪"),
        ('@"村"', "柳溪村"),
        ('0;-0;0;@"村"', "柳溪村"),
        ("0.00", "柳溪"),
        ("0;-0", "柳溪"),
    ],
)
def test_a_text_may_have_a_format_too(number_format: str, text: str) -> None:
    assert shown_text("柳溪", number_format) == text
