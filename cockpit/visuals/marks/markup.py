"""Markup that is safe by default: whatever is set into it is escaped, unless it is markup itself.

`html` is the one way to write tags. Its template is a literal in the source, never a text made at run time, and every
value goes through it as a value; `tests/test_markup.py` holds both. What it gives is `Markup`, which is all that the
doors to the page take (`ui.frame.showing`, `ui.frame.picture`), so a text that was not escaped does not type-check.

A template is compiled once into a function, as pages are made of thousands of small pieces: `Markup.format` takes ten
times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from string import Formatter
from typing import Final

from markupsafe import Markup, escape

__all__ = ["EMPTY", "Markup", "escape", "html", "html_of"]

EMPTY: Final = Markup()
_SHORT: Final = 48  # signs
_MOST: Final = 8192  # texts remembered
_NUMERIC: Final = frozenset("defg%,")


def html(template: str, /, *values: str | float) -> Markup:
    """`html("<b>{}</b> {:.1f}", name, share)`.

    Args:
        template: a literal; `{}` takes a value, `{:.1f}` a number, `{{` stands for a brace.
        values: markup as it is, everything else escaped, in the order of the template.

    Raises:
        TypeError: fewer or more values than the template has places.
        ValueError: a place for a number that is given a text.
    """
    function = _functions.get(template) or _learn(template)
    return function(*values)


def html_of(pieces: Iterable[Markup], between: str = "") -> Markup:
    """Pieces one after the other, with a text or markup between them."""
    safe = [piece if type(piece) is Markup else _safe(piece) for piece in pieces]
    return _as_markup(Markup, _safe(between).join(safe))


# Markup's own constructor looks for `__html__` first, which costs as much as the piece.
_as_markup = str.__new__
# Names and labels come again and again; a text is looked up twice as fast as it is escaped. Short ones only.
_known: dict[object, str] = {}


def _safe(value: object) -> str:
    """A value as it may stand between tags or in quotes."""
    if type(value) in (int, float):
        return str(value)
    if isinstance(value, Markup):
        return str(value)
    text = str(value)
    if not text:
        return text
    safe = str(escape(text))
    if type(value) is str and len(text) < _SHORT:
        if len(_known) >= _MOST:
            _known.clear()
        _known[text] = safe
    return safe


def _compiled(template: str) -> Callable[..., Markup]:
    """The template as a function of its values."""
    names: list[str] = []
    pieces: list[str] = []
    for literal, name, spec, conversion in Formatter().parse(template):
        pieces.append(repr(literal))
        if name is None:
            continue
        if name or conversion or (spec and spec[-1] not in _NUMERIC):
            raise ValueError(f"{template!r}: a place is {{}} or {{:.1f}}")
        value = f"v{len(names)}"
        names.append(value)
        pieces.append(f"f'{{{value}:{spec}}}'" if spec else _PLACE.format(value))
    source = f"lambda {', '.join(names)}: made(Markup, join(({', '.join(pieces)},)))"
    # The template is a literal of our own, like the fields of a dataclass; values never come near this line.
    function: Callable[..., Markup] = eval(source, _NEEDED)
    return function


_PLACE: Final = "{0} if type({0}) is Markup else known({0}) or safe({0})"
_NEEDED: Final = {"made": _as_markup, "Markup": Markup, "join": "".join, "known": _known.get, "safe": _safe}


_functions: dict[str, Callable[..., Markup]] = {}  # of every template met so far; there are as many as in the source


def _learn(template: str) -> Callable[..., Markup]:
    function = _functions[template] = _compiled(template)
    return function
