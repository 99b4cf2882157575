"""Writes the tables of docs/THIRD_PARTY.md and its twin anew: `python -m scripts.third_party`, after `make lock`.

Packages are those of the locks, with the licence that the installed package names; one that this system does not
install keeps what its row says.
"""

import re
from pathlib import Path

from rag.cli.licences import NOT_STATED, normal_name, packages, parts

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "docs" / "THIRD_PARTY.md", ROOT / "docs" / "THIRD_PARTY.zh.md")
LOCKS = ("requirements.lock", "requirements-ocr.lock")
_ROW = re.compile(r"^\| ([\w.-]+) \| ([^|]+) \|$", re.MULTILINE)


def locked(name: str) -> list[str]:
    """The packages of a lock."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return sorted({normal_name(found) for found in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)})


def section(page: str, name: str) -> str:
    """What stands between the marks of a table."""
    return page.partition(f"<!-- {name} -->\n")[2].partition("<!-- end -->")[0]


def rows(page: str, lock: str) -> dict[str, str]:
    """The licence of every package in the table of a lock."""
    return dict(_ROW.findall(section(page, lock)))


def table_of_packages(page: str, lock: str) -> str:
    known = rows(page, lock) | {package.name: package.licence for package in packages()}
    head = "| 包 package | 许可 licence |\n|---|---|\n"
    return head + "".join(f"| {name} | {known.get(name, NOT_STATED)} |\n" for name in locked(lock))


def table_of_parts() -> str:
    lines = [
        f"| [{part.name}]({part.source}) | {part.use} | {part.licence} | {part.by} | {part.inside} |\n"
        for part in parts()
    ]
    return "| 名称 name | 用处 use | 许可 licence | 作者 by | 所在的包 package |\n|---|---|---|---|---|\n" + "".join(
        lines
    )


def renewed(page: str) -> str:
    """A page with its tables as they are now."""
    tables = {"parts": table_of_parts()} | {lock: table_of_packages(page, lock) for lock in LOCKS}
    for name, table in tables.items():
        page = page.replace(f"<!-- {name} -->\n{section(page, name)}", f"<!-- {name} -->\n{table}")
    return page


def main() -> None:
    for path in PAGES:
        path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
