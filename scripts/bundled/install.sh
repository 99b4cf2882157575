#!/bin/sh
# 安装镇报，不用网络。 Installs Zhenbao without a network: ./install.sh [FOLDER], by default ~/zhenbao.
here=$(dirname "$0")
for python in ${PYTHON:-python@PYTHON@ python3 python}; do
    if command -v "$python" >/dev/null 2>&1; then
        exec "$python" -I "$here/install.py" "$@"
    fi
done
echo "no_python：没有找到 Python @PYTHON@，请先安装。(Python @PYTHON@ is not installed.)" >&2
exit 1
