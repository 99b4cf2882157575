"""Equations in Word and on web pages, as one line of text."""

import pytest

from rag.formats.equations import powers_of_ten
from rag.formats.webpage import page_lines
from tests.support.made_word import run, text_of


def typed(text: str, properties: str = "") -> str:
    return f"<m:r>{properties}<m:t>{text}</m:t></m:r>"


def part(name: str, inner: str) -> str:
    return f"<m:{name}>{inner}</m:{name}>"


def of(name: str, **parts: str) -> str:
    return part(name, f"<m:{name}Pr/>" + "".join(part(each, inner) for each, inner in parts.items()))


FRACTION = of("f", num=typed("197"), den=typed("200"))


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        pytest.param(typed("96.4%"), "96.4%", id="figure"),
        pytest.param(typed("𝟗𝟔.𝟒%"), "96.4%", id="digits in bold"),
        pytest.param(FRACTION + typed("=98.5%"), "197/200=98.5%", id="fraction"),
        pytest.param(of("f", num=typed("a+b"), den=typed("2")), "(a+b)/2", id="composed fraction"),
        pytest.param(typed("3") + of("f", num=typed("1"), den=typed("2")), "3又1/2", id="mixed number"),
        pytest.param(of("sSup", e=typed("10"), sup=typed("4")), "1万", id="power of ten"),
        pytest.param(of("sSup", e=typed("km"), sup=typed("2")), "km²", id="square kilometres"),
        pytest.param(of("sSub", e=typed("PM"), sub=typed("2.5")), "PM2.5", id="index"),
        pytest.param(of("rad", deg="", e=typed("a+b")), "√(a+b)", id="root"),
        pytest.param(of("d", e=typed("42")), "(42)", id="brackets"),
        pytest.param(
            "<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=']'/></m:dPr><m:e>" + typed("42") + "</m:e></m:d>",
            "[42]",
            id="other brackets",
        ),
        pytest.param(of("func", fName=typed("max"), e=typed("x")), "max(x)", id="function"),
        pytest.param(part("eqArr", part("e", typed("a=1")) + part("e", typed("b=2"))), "a=1；b=2", id="lines"),
        pytest.param(of("nary", sub=typed("1"), sup=typed("5"), e=typed("x")), "∫[1,5]x", id="sum"),
        pytest.param(typed("7", "<w:rPr><w:strike/></w:rPr>") + typed("9"), "9", id="struck out"),
        pytest.param(f"<w:del>{typed('7')}</w:del><w:ins>{typed('9')}</w:ins>", "9", id="changed"),
        pytest.param(
            "<m:phant><m:phantPr><m:show m:val='0'/></m:phantPr>" + part("e", typed("7")) + "</m:phant>",
            "",
            id="unseen",
        ),
        pytest.param("<m:r><w:t>15</w:t></m:r>", "15", id="text of the other kind"),
    ],
)
def test_equations(inner: str, text: str) -> None:
    assert text_of(run("达到"), part("oMath", inner), run("。")) == f"达到{text}。"


def test_equations_in_a_paragraph_of_their_own() -> None:
    assert text_of(part("oMathPara", part("oMath", typed("a=1")) + part("oMath", FRACTION))) == "a=1；197/200"


def test_a_fraction_behind_a_typed_number() -> None:
    assert text_of(run("历时2"), part("oMath", of("f", num=typed("1"), den=typed("2"))), run("年")) == "历时2又1/2年"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<mn>96.4</mn><mo>%</mo>", "96.4%"),
        ("<mfrac><mn>197</mn><mn>200</mn></mfrac>", "197/200"),
        ("<mn>3</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>", "3又1/2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"),
        ("<msup><mi>km</mi><mn>2</mn></msup>", "km²"),
        ("<msup><mn>10</mn><mn>4</mn></msup>", "1万"),
        ("<msub><mi>PM</mi><mn>2.5</mn></msub>", "PM2.5"),
        ("<msqrt><mn>2</mn></msqrt>", "√2"),
        ("<semantics><mn>15</mn><annotation>\\mathbf{15}</annotation></semantics>", "15"),
    ],
)
def test_equations_of_web_pages(inner: str, text: str) -> None:
    assert page_lines(f"<p>达到<math>{inner}</math>。</p>") == [f"达到{text}。"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2.3×10^4平方米", "2.3万平方米"),
        ("2.3×10^5平方米", "23万平方米"),
        ("1.52×10^8元", "1.52亿元"),
        ("6×10^9元", "60亿元"),
        ("4.5×10^3吨", "4500吨"),
        ("4.5x10⁶吨", "450万吨"),
        ("5×10^-3克", "0.005克"),
        ("单位：10^4元", "单位：万元"),
        ("产值（10⁸元）", "产值（亿元）"),
        ("约10^4棵", "约1万棵"),
        ("210^4", "210^4"),
        ("面积12km²", "面积12km²"),
    ],
)
def test_powers_of_ten(text: str, read: str) -> None:
    assert powers_of_ten(text) == read
