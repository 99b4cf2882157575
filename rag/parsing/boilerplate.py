"""Lines that belong to the web page or the printed page, not to the report. All patterns see folded lines."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rag.text.letterhead import is_date, is_signature, is_title, title_core

_LONGEST = 160  # a longer line is text, whatever it begins with

_WHOLE_LINES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:您|你)?(?:的)?(?:当前|现在|所在)(?:的)?(?:页面|位置)\s*(?:是)?\s*[::].*",
        r"(?:网站)?首页\s*[>»›→].*|首页\s+[-—/|].{0,60}",
        r"(?:用)?(?:微信|手机)?扫一扫.{0,20}",
        r"(?:用)?(?:微信|手机)?扫描?(?:下方)?二维码.{0,20}|扫码(?:阅读|浏览|分享|关注).{0,10}",
        r"回到顶部|top|语音播报|站内搜索|附件下载|请输入(?:关键字|关键词|搜索内容).{0,6}|(?:视力保护|保护视力)色\s*:?.{0,20}",
        r"本文共\d+字|点赞\s*\d*|您是第\s*\d+\s*位访(?:客|问者)|[\[【(]?\s*大\s*中\s*小\s*[\]】)]?",
        r"(?:上|下)一(?:篇|条)\s*:.*",
        r"(?:主办|承办|技术支持|版权所有)(?:单位)?\s*:.*",
        r"(?:版权所有|copyright|©).*",
        r"\S{0,3}icp备.*|.{0,4}公网安备.*|网站标识码.*",
        r"[-—–~]+\s*\d{1,4}\s*[-—–~]+",
        r"第\s*\d{1,4}\s*页\s*(?:[,/]?\s*共\s*\d{1,4}\s*页)?|共\s*\d{1,4}\s*页\s*(?:第\s*\d{1,4}\s*页)?",
        r"page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,3}\s*/\s*\d{1,3}",
    )
)
_CONTROL = re.compile(
    r"(?:我要)?纠错|(?:加入)?收藏|打印(?:本页|此页)?|关闭(?:窗口|本页|页面)?|返回(?:顶部|首页|上一页)?|网站地图"
    r"|分享(?:到|至)?|转发|微信|微博|朋友圈|qq空间|字(?:体|号)(?:大小)?|(?:浏览|阅读|点击|访问)(?:次数|量|数)\s*:?\s*\d*\s*次?"
)
_LETTERS = re.compile(r"[大中小默认\s\[\]【】<>():|/·,、]+")
_LINKS = re.compile(r"相关(?:稿件|文档|链接|文章|新闻|阅读|信息|推荐|附件|报道)\s*:?")
_CHANNEL = re.compile(
    r"(?:.{2,20}(?:政府|办事处|委员会))?(?:政府)?信息公开(?:目录|专栏|平台)?|政务公开|网站首页|首页|正文|无障碍(?:浏览|阅读)?"
)
_NAVIGATION = re.compile(
    r"网站首页|首页|(?:政府)?信息公开|政务公开|政务服务|办事服务|互动交流|新闻中心|登录|注册|设为首页|加入收藏|联系我们|关于我们|网站地图"
    r"|无障碍(?:浏览|阅读)?|长者(?:模式|版)|关怀版|繁体版?|简体版?|English|english"
)
_PAGE_NUMBER = re.compile(r"\s*[-—–]*\s*\d{1,3}\s*[-—–]*$")
_BREADCRUMB = re.compile(r"[>»›→]")
_SENTENCE_END = re.compile(r"[。;!?]")
_LONE_NUMBER = re.compile(r"[-—–~第]*\s*(\d{1,3})\s*(?:[-—–~]*|页.*)")
_LONGEST_HEAD = 40
_LEAST_PAGE = 200  # characters between two page numbers: the numbers of a table's rows stand closer


def find_boilerplate(lines: Sequence[str]) -> frozenset[int]:
    """Indices of the folded lines to drop: page furniture, what follows "相关稿件", running heads, page numbers."""
    dropped = {index for index, line in enumerate(lines) if is_page_furniture(line)}
    dropped |= _link_list(lines, dropped) | _channel_names(lines) | _running_heads(lines)
    numbers = _page_numbers(lines)
    return frozenset(dropped | numbers | _repeated_beside(lines, numbers))


def is_page_furniture(line: str) -> bool:
    """Whether a folded line is navigation, a control, a counter or a page number and nothing else."""
    if not line or len(line) > _LONGEST:
        return False
    return any(pattern.fullmatch(line) for pattern in _WHOLE_LINES) or _is_controls(line) or _is_navigation(line)


def is_breadcrumb(line: str) -> bool:
    """Whether a folded line is the page's path, such as "当前位置: 首页 > 政务公开 > 石矶镇"."""
    return is_page_furniture(line) and bool(_BREADCRUMB.search(line))


def _is_controls(line: str) -> bool:
    rest, count = _CONTROL.subn("", line)
    return count > 0 and not _LETTERS.sub("", rest)


def _is_navigation(line: str) -> bool:
    """Whether a line is a row of a site's links: 首页 | 政务公开 | 互动交流"""
    steps = [step for step in re.split(r"[\s|/·]+", line) if step]
    return len(steps) > 1 and all(_NAVIGATION.fullmatch(step) for step in steps)


def _page_numbers(lines: Sequence[str]) -> set[int]:
    """Lines that are nothing but a number, counting up from page to page."""
    numbered = [(index, int(match[1])) for index, line in enumerate(lines) if (match := _LONE_NUMBER.fullmatch(line))]
    found: set[int] = set()
    for (before, first), (after, second) in pairwise(numbered):
        if second == first + 1 and sum(len(line) for line in lines[before:after]) >= _LEAST_PAGE:
            found |= {before, after}
    return found


def _repeated_beside(lines: Sequence[str], numbers: set[int]) -> set[int]:
    """Heads and feet: short lines next to page numbers, from their second copy on."""
    beside = sorted({index + step for index in numbers for step in (-1, 1)} & set(range(len(lines))))
    seen: set[str] = set()
    dropped: set[int] = set()
    for index in beside:
        if lines[index] in seen and len(lines[index]) <= _LONGEST_HEAD and not _SENTENCE_END.search(lines[index]):
            dropped.add(index)
        seen.add(lines[index])
    return dropped


def _link_list(lines: Sequence[str], furniture: set[int]) -> set[int]:
    """The line "相关稿件" and, where only links follow to the end, the links."""
    dropped: set[int] = set()
    for index, line in enumerate(lines):
        if not _LINKS.fullmatch(line):
            continue
        dropped.add(index)
        rest = set(range(index + 1, len(lines))) - furniture
        if all(_is_link(lines[other]) for other in rest):
            return dropped | rest
    return dropped


def _is_link(line: str) -> bool:
    return len(line) <= 60 and not _SENTENCE_END.search(line) and not (is_signature(line) or is_date(line))


def _channel_names(lines: Sequence[str]) -> set[int]:
    """Names of the site's channels, which may only stand before the title: below it they can be headings."""
    title = next((index for index, line in enumerate(lines[:12]) if is_title(line)), 0)
    return {index for index in range(title) if _CHANNEL.fullmatch(lines[index])}


def _running_heads(lines: Sequence[str]) -> set[int]:
    """Later copies of a title that stands three times or more."""
    heads = {index: _PAGE_NUMBER.sub("", line) for index, line in enumerate(lines)}
    cores = {index: title_core(head) for index, head in heads.items() if is_title(head)}
    counts = Counter(cores.values())
    seen: set[str] = set()
    dropped: set[int] = set()
    for index, core in cores.items():
        if counts[core] >= 3 and core in seen:
            dropped.add(index)
        seen.add(core)
    return dropped
