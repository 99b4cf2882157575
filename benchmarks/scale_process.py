"""The command line in a process of its own, with the embedder and the model that cost nothing.

    ZHENBAO_HOME=… python -m benchmarks.scale_process ask "哪些镇的报告提到了油茶？"

All else is what `zhenbao` does with the same arguments.
"""

import os
import sys

from benchmarks.free_embedder import FreeWorkspace
from rag.cli.main import run
from rag.settings import read_settings


def main() -> int:
    """Runs the command of the arguments."""
    return run(sys.argv[1:], make_workspace=lambda: FreeWorkspace(read_settings(os.environ)))


if __name__ == "__main__":
    sys.exit(main())
