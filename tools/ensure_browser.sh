#!/usr/bin/env bash
# Makes sure the browser tests have what pip cannot bring: Chromium and a Chinese font.
# Installs them only where it may (root on a Debian-like system); elsewhere it says what to install.
set -euo pipefail

missing=()
found_browser=""
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        found_browser=$name
        break
    fi
done
[ -n "$found_browser" ] || missing+=("chromium")
command -v fc-list >/dev/null 2>&1 || missing+=("fontconfig")
# Without a Chinese font every label is a row of boxes, and screenshots prove nothing.
if ! { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list ':lang=zh' family 2>/dev/null | head -n 1)" ]; }; then
    missing+=("fonts-noto-cjk")
fi

if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing for the browser tests: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq </dev/null
    apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null
    exit 0
fi

echo "The browser tests need: ${missing[*]}." >&2
echo "Install them with your system's package manager, e.g. 'sudo apt-get install ${missing[*]}', then run this again." >&2
exit 1
