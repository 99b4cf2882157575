"""What in Zhenbao is others' and under which licence: `zhenbao doctor --licences`.

Packages are those that Zhenbao brings along, by what they say of themselves where they are installed; models, data,
engines and fonts, of which no package says so, stand in `third_party.toml`.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import Distribution, PackageMetadata, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

OURS = "zhenbao"
EXTRAS = ("build", "ocr")  # what people install; other extras are tools of developers
NOT_STATED = "未写明 not stated"
_LONGEST_NAME = 60  # characters; what is longer, or has lines, is the text of a licence
_CLASSIFIER = "License :: OSI Approved :: "


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is no package: a model, data, an engine, a font."""

    name: str
    use: str
    licence: str
    by: str
    source: str
    inside: str = ""
    """The package that brings it."""


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package of others."""

    name: str
    version: str
    licence: str
    """An SPDX expression, or a name as the package gives it."""


def parts() -> tuple[Part, ...]:
    """All of them, whether installed here or not."""
    text = Path(__file__).with_name("third_party.toml").read_text(encoding="utf-8")
    return tuple(Part(**row) for row in tomllib.loads(text)["part"])


def packages(root: str = OURS, extras: Iterable[str] = EXTRAS) -> tuple[Package, ...]:
    """The packages that one needs, and those need in turn, where they are installed; in the order of their names."""
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(root, extra) for extra in ("", *extras)]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        waiting += _wanted(found[name], extra)
    others = (found[name].metadata for name in sorted(found.keys() - {root}))
    return tuple(Package(normal_name(each["Name"]), each["Version"], licence_of(each)) for each in others)


def _wanted(of: Distribution, extra: str) -> Iterator[tuple[str, str]]:
    for line in of.requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield from ((normal_name(requirement.name), each) for each in ("", *requirement.extras))


def normal_name(name: str) -> str:
    """As locks write names. Example: normal_name("Jinja2_X") == "jinja2-x" """
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(metadata: PackageMetadata) -> str:
    """The licence that a package names: by expression, else by name, else by classifier."""
    fields = {key: metadata.get_all(key) or [] for key in ("License-Expression", "License", "Classifier")}
    named = [text for text in fields["License"] if text and "\n" not in text.strip() and len(text) <= _LONGEST_NAME]
    classified = [line.removeprefix(_CLASSIFIER) for line in fields["Classifier"] if line.startswith(_CLASSIFIER)]
    return next(iter([*fields["License-Expression"], *named, " / ".join(classified)]), "").strip() or NOT_STATED


def as_json() -> Mapping[str, object]:
    """As in `zhenbao doctor --licences --json`."""
    return {"parts": [asdict(part) for part in parts()], "packages": [asdict(package) for package in packages()]}


def as_lines() -> Iterator[str]:
    """For people."""
    yield "镇报 Zhenbao · Apache-2.0"
    yield ""
    yield "模型、数据、引擎、字体 models, data, engines, fonts"
    for part in parts():
        inside = f"（{part.inside}）" if part.inside else ""
        yield f"  {part.name} · {part.licence} · {part.use}{inside} · {part.by} · {part.source}"
    installed = packages()
    yield ""
    yield f"已安装的 Python 包 {len(installed)} 个 installed packages"
    yield from (f"  {package.name} {package.version} · {package.licence}" for package in installed)
