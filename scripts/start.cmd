@echo off
rem Starts Zhenbao on Windows: finds a Python that fits and hands over to start.py. ASCII only: any code page reads it.
setlocal
cd /d "%~dp0.."
set "FITS=import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
for %%v in (3.11 3.12 3.13) do (
    py -%%v -c "%FITS%" >nul 2>nul && (
        py -%%v scripts\start.py %*
        goto end
    )
)
python -c "%FITS%" >nul 2>nul && (
    python scripts\start.py %*
    goto end
)
echo Python 3.11, 3.12 or 3.13 (64 bit) is needed: https://www.python.org/downloads/windows/
:end
pause
