#!/usr/bin/env bash
# Makes sure briefing packs can be opened by a reader that did not write them: LibreOffice, and poppler for its pages.
# Installs both only where it may (root on a Debian-like system); elsewhere it says what to install, and the tests skip.
set -euo pipefail

if command -v soffice >/dev/null 2>&1 && command -v pdftotext >/dev/null 2>&1; then
    exit 0
fi

packages=(libreoffice-impress-nogui libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils fonts-noto-cjk)
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing for the tests of briefing packs: ${packages[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq </dev/null
    apt-get install -y -qq --no-install-recommends "${packages[@]}" </dev/null
    exit 0
fi

echo "LibreOffice or poppler-utils is missing: the tests of briefing packs will be skipped." >&2
echo "Install them with your system's package manager, e.g. 'sudo apt-get install ${packages[*]}'." >&2
