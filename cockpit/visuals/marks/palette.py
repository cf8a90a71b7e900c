"""Colours by meaning, for both themes; no call site decides a colour.

Pure; imports only the ground floor. Text tokens hold at least 4.5:1 on their ground.
"""

from __future__ import annotations

from typing import Final, Literal

from cockpit.vocabulary import INDUSTRY_CLASSES, Status

Theme = Literal["light", "dark"]
THEMES: Final[tuple[Theme, ...]] = ("light", "dark")

FONT: Final = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC','Noto Sans SC',sans-serif"

TOKENS: Final[dict[Theme, dict[str, str]]] = {
    "light": {
        "paper": "#F7F8F5", "panel": "#FFFFFF", "sunk": "#EDF1EC", "rule": "#D9DFD8", "rule-strong": "#B9C4BD",
        "ink": "#0E1A1F", "ink2": "#45555A", "ink3": "#5C6B70", "primary": "#2F5D54", "on-primary": "#FFFFFF",
        "outline": "#5E8C7E", "fill": "#5E8C7E", "track": "#E3E8E2", "band": "#A9C6B8", "down": "#BF6A52",
        "up": "#4F8A78", "rest": "#B9C4BD", "halo": "#F7F8F5", "above": "#2F5D54", "below": "#C98A1B",
        "tint": "#F1F6F3",
        "watch-band": "#EDF3F8", "pin": "#286290", "due-band": "#FBF6EA", "veto": "#FBEDEA",
        "step0": "#DDEAE3", "step1": "#A9C6B8", "step2": "#6E9C8D", "step3": "#2F5D54",
        "on-step": "#0E1A1F", "on-last-step": "#FFFFFF",
        "map0": "#D6E5DD", "map1": "#B6D2C6", "map2": "#95BCAE", "map3": "#73A494", "map4": "#528D7C",
        "grow0": "#D9967F", "grow1": "#F0D0C4", "grow2": "#D6E5DD", "grow3": "#95BCAE", "grow4": "#528D7C",
        "map-none": "#E6EAE5", "map-line": "#FFFFFF", "map-coast": "#45555A", "spot": "#F3E2AE", "spot-ring": "#FFFFFF",
    },
    "dark": {
        "paper": "#0E1A1F", "panel": "#15252B", "sunk": "#1B2D34", "rule": "#2A3E45", "rule-strong": "#46606A",
        "ink": "#E8EEEA", "ink2": "#B4C2BF", "ink3": "#93A4A2", "primary": "#A9C6B8", "on-primary": "#0E1A1F",
        "outline": "#7FB0A0", "fill": "#5F9585", "track": "#2A3C43", "band": "#2F5D54", "down": "#D98568",
        "up": "#6FB49B", "rest": "#46606A", "halo": "#0E1A1F", "above": "#7FB0A0", "below": "#DDA43A",
        "tint": "#182A30",
        "watch-band": "#17303F", "pin": "#7DB4DC", "due-band": "#262A22", "veto": "#3A2422",
        "step0": "#1F3A36", "step1": "#27504A", "step2": "#35705F", "step3": "#A9C6B8",
        "on-step": "#F2F6F3", "on-last-step": "#0E1A1F",
        "map0": "#1B322F", "map1": "#20413C", "map2": "#265049", "map3": "#2D6055", "map4": "#357062",
        "grow0": "#984834", "grow1": "#5A372D", "grow2": "#1B322F", "grow3": "#265049", "grow4": "#357062",
        "map-none": "#22313A", "map-line": "#0E1A1F", "map-coast": "#93A4A2", "spot": "#F1E0A8", "spot-ring": "#15252B",
    },
}  # fmt: skip

# Printed in black, where colours are grey.
PAPER: Final = {"line": "#222222", "ink": "#000000", "soft": "#333333", "axis": "#777777"}

# (shape or bar, text) of each mark: the statuses, and what should not look like one.
MARK_COLOURS: Final[dict[Theme, dict[str, tuple[str, str]]]] = {
    "light": {
        Status.ACHIEVED: ("#2E7D5B", "#256B4D"),
        Status.MISSED: ("#B23A2E", "#A5342A"),
        Status.ON_TRACK: ("#2F6F9F", "#286290"),
        Status.BEHIND: ("#C98A1B", "#8A5A00"),
        Status.NO_DATA: ("#8A9496", "#5C686B"),
        Status.CANNOT_JUDGE: ("#66757A", "#536166"),
    },
    "dark": {
        Status.ACHIEVED: ("#4FB583", "#5CC08F"),
        Status.MISSED: ("#F28B7B", "#F0877A"),
        Status.ON_TRACK: ("#6AA8D8", "#7AB4E0"),
        Status.BEHIND: ("#DDA43A", "#E2AE4A"),
        Status.NO_DATA: ("#93A4A2", "#A3B2B0"),
        Status.CANNOT_JUDGE: ("#93A4A2", "#A9B7B5"),
    },
}

# Diverging steps for the map of contributions: strong widening ... strong closing.
DIVERGING: Final[dict[Theme, tuple[str, ...]]] = {
    "light": ("#C97B63", "#E3AE9C", "#F3DDD4", "#D5E5DC", "#8FB8A6"),
    "dark": ("#A8523C", "#7A4334", "#4A2F2A", "#21423B", "#3A7565"),
}
# Sequential steps, low to high, given step by step because Vega reverses its own ramps in the dark.
SEQUENTIAL: Final[dict[Theme, tuple[str, ...]]] = {
    "light": ("#E3EEE8", "#BFD6CB", "#93B9AA", "#5E8C7E", "#2F5D54"),
    "dark": ("#1B332F", "#27504A", "#35705F", "#5F9585", "#A9C6B8"),
}
UNKNOWN: Final[dict[Theme, str]] = {"light": "#E6E8E6", "dark": "#3A444B"}

# A colour-blind-safe set (after Okabe and Ito), toned to the celadon ground; order as in the vocabulary.
_CLASS_STEPS: Final[dict[Theme, tuple[str, ...]]] = {
    "light": ("#2F6F9F", "#4A5A60", "#B0568A", "#2E7D5B", "#C2741C", "#8A6D00", "#3E8FA8", "#A0432E"),
    "dark": ("#6AA8D8", "#B4C2BF", "#D991BC", "#5CC08F", "#E59A4C", "#D9BE4A", "#74C4DA", "#E58A74"),
}


# The wall is read from three metres: its own grounds and lines, statuses as everywhere. Map steps `m0` (at or
# above the expected value) to `m3` (furthest below) change in lightness, so that greyscale keeps their order.
WALL: Final[dict[Theme, dict[str, str]]] = {
    "dark": {
        "ground": "#0E1A1F", "line": "#2A3D44", "text": "#EAF0EC", "text2": "#A7B6B3", "track": "#1C2E35",
        "bar": "#7FA99A", "minus": "#B97A52", "accent": "#A9C6B8", "point": "#F1E9CF", "halo": "#0E1A1F",
        "m0": "#234F48", "m1": "#574A3E", "m2": "#725340", "m3": "#945D3F", "plain": "#22363C", "on-map": "#F7F8F5",
        "area": "#264A44", "far": "#2E444B", "county": "#BFD3C9", "leader": "#8FA5A0",
        "chip": "#2F6156", "on-chip": "#F4F7F3", "blank": "#000000",
    },
    "light": {
        "ground": "#F7F8F5", "line": "#CFD7D0", "text": "#0E1A1F", "text2": "#45555A", "track": "#DFE5DE",
        "bar": "#4F8070", "minus": "#A9623A", "accent": "#2F5D54", "point": "#0E1A1F", "halo": "#F7F8F5",
        "m0": "#BCD6CA", "m1": "#EBDCC9", "m2": "#DFBE9C", "m3": "#D09C72", "plain": "#E1E8E2", "on-map": "#0E1A1F",
        "area": "#CFE1D8", "far": "#D5DDD7", "county": "#34504A", "leader": "#5C6B70",
        "chip": "#2F5D54", "on-chip": "#FFFFFF", "blank": "#000000",
    },
}  # fmt: skip


def class_colours(theme: Theme) -> dict[str, str]:
    """Colour of each industry class."""
    return dict(zip(INDUSTRY_CLASSES, _CLASS_STEPS[theme], strict=True))


def rgb(colour: str, alpha: int = 255) -> list[int]:
    """`#RRGGBB` as [r, g, b, a], the form deck.gl wants."""
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)] + [alpha]


def css_variables(theme: Theme) -> str:
    """The tokens and status colours as CSS custom properties, for the one stylesheet of the HTML blocks."""
    tokens = {**TOKENS[theme], "unknown": UNKNOWN[theme]}
    tokens |= {f"diverging-{step}": colour for step, colour in zip("abcde", DIVERGING[theme], strict=True)}
    for name, (shape, text) in MARK_COLOURS[theme].items():
        tokens[f"{name}-shape"], tokens[f"{name}-text"] = shape, text
    body = ";".join(f"--{name.replace('_', '-')}:{colour}" for name, colour in tokens.items())
    marks = (name.replace("_", "-") for name in MARK_COLOURS[theme])
    return f":root{{{body}}}" + "".join(f".t-{name}{{color:var(--{name}-text)}}" for name in marks)


def wall_variables(theme: Theme) -> str:
    """The wall's colours beside `css_variables`, as custom properties `--w-...`."""
    return f":root{{{';'.join(f'--w-{name}:{colour}' for name, colour in WALL[theme].items())}}}"
