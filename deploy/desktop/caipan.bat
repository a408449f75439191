@echo off
rem caipan: reads judgments, applies the doctrine, writes the report. It runs ingest, classify and report, which lie beside it.
rem   caipan FOLDER-OR-DUMP... [--out DIR] [--lang en or zh]
rem The output goes beside the first input, into NAME-caipan, unless --out names a folder. Run again, it goes on where it stopped.
rem A folder or file may also be dropped on this file's icon.
setlocal EnableExtensions DisableDelayedExpansion
chcp 65001 >nul
set "here=%~dp0"
set "out="
set "lang=en"
set "first="
set "inputs="

:next
if "%~1"=="" goto run
if /i "%~1"=="--out" goto out
if /i "%~1"=="--lang" goto lang
set "one=%~f1"
if "%one:~-1%"=="\" set "one=%one:~0,-1%"
if not defined first set "first=%one%"
set inputs=%inputs% "%one%"
shift
goto next
:out
set "out=%~f2"
shift
shift
goto next
:lang
set "lang=%~2"
shift
shift
goto next

:run
if not defined first goto usage
if not defined out set "out=%first%-caipan"
"%here%ingest.exe" --resume --csv --lang "%lang%" --out "%out%\cases" -- %inputs%
if errorlevel 1 goto failed
"%here%classify.exe" --resume --csv --lang "%lang%" --in "%out%\cases" --out "%out%\decided"
if errorlevel 1 goto failed
"%here%report.exe" --resume --lang "%lang%" --in "%out%\decided" --out "%out%\report"
if errorlevel 1 goto failed
echo open "%out%\report\index.html"
if exist "%out%\report\index.html" start "" "%out%\report\index.html"
exit /b 0

:usage
echo caipan FOLDER-OR-DUMP... [--out DIR] [--lang en or zh]
echo A folder or file may also be dropped on the icon of caipan.bat.
pause
exit /b 2
:failed
pause
exit /b 1
