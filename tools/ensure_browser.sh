#!/usr/bin/env bash
# Makes sure the browser tests have what pip cannot bring: Chromium and a Chinese font.
# Installs them only where it may (root on a Debian-like system); elsewhere it says what to install.
set -euo pipefail

# Chromium without its windows: a new visitor costs it a third of a second, and the whole browser two.
SHELL_ONLY=chromium-headless-shell

may_install() { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; }
is_there() { command -v "$1" >/dev/null 2>&1; }
is_offered() { [ -n "$(apt-cache madison "$1" 2>/dev/null)" ]; }
install() {
    echo "Installing for the browser tests: $*"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null
}

missing=()
is_there $SHELL_ONLY || is_there chromium || is_there chromium-browser || is_there google-chrome || missing+=("chromium")
is_there fc-list || missing+=("fontconfig")
# Without a Chinese font every label is a row of boxes, and screenshots prove nothing.
if ! { is_there fc-list && [ -n "$(fc-list ':lang=zh' family 2>/dev/null | head -n 1)" ]; }; then
    missing+=("fonts-noto-cjk")
fi

if may_install && { [ ${#missing[@]} -gt 0 ] || ! is_there $SHELL_ONLY; }; then
    apt-get update -qq </dev/null || [ ${#missing[@]} -eq 0 ]
    if ! is_there $SHELL_ONLY && is_offered $SHELL_ONLY && install $SHELL_ONLY; then
        missing=("${missing[@]/#chromium/}")
    fi
    for name in "${missing[@]}"; do
        [ -z "$name" ] || install "$name"
    done
    exit 0
fi

[ ${#missing[@]} -gt 0 ] || exit 0
echo "The browser tests need: ${missing[*]}." >&2
echo "Install them with your system's package manager, e.g. 'sudo apt-get install ${missing[*]}', then run this again." >&2
exit 1
