#!/bin/sh
# 启动镇报 Starts Zhenbao: finds a Python that fits and hands over to start.py, which installs what is missing, fetches
# the models and opens the page. `scripts/start.sh --desktop` puts it among the desktop's programs.
cd "$(dirname "$0")/.." || exit 1
for python in "${PYTHON:-python3.11}" python3.11 python3.12 python3.13 python3; do
    if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
        exec "$python" scripts/start.py "$@"
    fi
done
echo "需要 Python 3.11、3.12 或 3.13。(Python 3.11, 3.12 or 3.13 is needed; on Debian: apt install python3 python3-venv)" >&2
exit 1
