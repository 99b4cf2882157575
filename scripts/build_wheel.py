"""Builds the project's wheel: `python -m scripts.build_wheel FOLDER`, with the setuptools of this environment.

From a copy of what git knows: setuptools would take over whatever lies in a `build` folder of the checkout.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKED = ("app.py", "rag", "ui", "eval", "prompts", "pyproject.toml", "README.md", "LICENSE")


def build_wheel(folder: Path) -> Path:
    """The wheel, which lies in `folder`. Raises CalledProcessError where git or pip fails, who say why."""
    with tempfile.TemporaryDirectory() as copy:
        listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *PACKED]
        named = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True).stdout.decode()
        for name in filter(None, named.split("\0")):
            (Path(copy) / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, Path(copy) / name)
        pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
        command = [*pip, "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), copy]
        subprocess.run(command, check=True)
    return max(folder.glob("zhenbao-*.whl"), key=lambda wheel: wheel.stat().st_mtime)


if __name__ == "__main__":
    print(build_wheel(Path(sys.argv[1])))
