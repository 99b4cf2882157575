@echo off
rem Installs Zhenbao without a network: install.cmd [FOLDER], by default the folder zhenbao in the person's own.
chcp 65001 >nul
where py >nul 2>nul
if %errorlevel%==0 (
    py -@PYTHON@ -I "%~dp0install.py" %*
    goto end
)
where python >nul 2>nul
if %errorlevel%==0 (
    python -I "%~dp0install.py" %*
    goto end
)
echo no_python：没有找到 Python @PYTHON@，请先安装。(Python @PYTHON@ is not installed.)
:end
pause
