"""Markup that is safe by default: whatever is set into it is escaped, unless it is markup itself.

`html` is the one way to write tags. Its template is a literal in the source, never a text made at run time, and every
value goes through it as a value; `tests/test_markup.py` holds both. What it gives is `Markup`, which is all that the
doors to the page take (`ui.frame.showing`, `ui.frame.picture`), so a text that was not escaped does not type-check.

A template is compiled once into a function, as pages are made of thousands of small pieces: `Markup.format` takes ten
times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from string import Formatter
from typing import Final

from markupsafe import Markup, escape

__all__ = ["EMPTY", "Markup", "escape", "html", "html_of"]

EMPTY: Final = Markup()
_SHORT: Final = 48  # signs; names and labels come again and again, sentences and paths do not
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
    return _TEMPLATES[template](*values)


def html_of(pieces: Iterable[Markup], between: str = "") -> Markup:
    """Pieces one after the other, with a text or markup between them."""
    safe = [piece if type(piece) is Markup else _safe(piece) for piece in pieces]
    return _as_markup(Markup, _safe(between).join(safe))


_as_markup = str.__new__  # Markup's own constructor looks for `__html__` first, which costs as much as the piece
_known = lru_cache(maxsize=8192)(lambda text: str(escape(text)))


def _safe(value: object) -> str:
    """What is neither markup nor a short text."""
    if isinstance(value, Markup):
        return str(value)
    text = value if type(value) is str else str(value)
    return _known(text) if len(text) < _SHORT else str(escape(text))


def _compiled(template: str) -> Callable[..., Markup]:
    """The template as a function of its values."""
    names: list[str] = []
    body: list[str] = []
    for literal, name, spec, conversion in Formatter().parse(template):
        body.append(literal.replace("{", "{{").replace("}", "}}"))
        if name is None:
            continue
        if name or conversion or (spec and spec[-1] not in _NUMERIC):
            raise ValueError(f"{template!r}: a place is {{}} or {{:.1f}}")
        value = f"v{len(names)}"
        names.append(value)
        body.append(f"{{{value}:{spec}}}" if spec else f"{{{value} if type({value}) is Markup else safe({value})}}")
    source = f"lambda {', '.join(names)}: made(Markup, f{''.join(body)!r})"
    # The template is a literal of our own, like the fields of a dataclass; values never come near this line.
    function: Callable[..., Markup] = eval(source, {"made": _as_markup, "Markup": Markup, "safe": _safe})
    return function


class _Templates(dict[str, Callable[..., Markup]]):
    """Every template of the source, compiled when it is first used."""

    def __missing__(self, template: str) -> Callable[..., Markup]:
        function = self[template] = _compiled(template)
        return function


_TEMPLATES: Final = _Templates()
