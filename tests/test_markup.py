"""The law of markup: tags are written by `html` only, so that no text reaches a page without being escaped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from tests.sources import last_name, names_of, parsed

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("cockpit/visuals", "cockpit/ui", "cockpit/service", "cockpit/wording", "cockpit/main.py", "pages")
HELPER = "cockpit/visuals/marks/markup.py"
DOOR = "cockpit/ui/frame/showing.py"
# What these take for markup is made of our own constants, or escaped by its library.
TRUSTED = {
    HELPER: "the helper itself",
    "cockpit/visuals/marks/html.py": "a phrase, escaped before its *bold* words are set",
    "cockpit/visuals/marks/clauses.py": "pieces of what was markup as a whole",
    "cockpit/visuals/town/qr.py": "a picture made by segno",
    "cockpit/service/scan_page.py": "style sheets of our own, for a template that escapes",
}
# Scripts and frames of browser parts: constants, with nothing set into them.
BROWSER_PARTS = {
    f"cockpit/ui/frame/{name}.py"
    for name in ("aids", "figure_source", "folding", "picture", "copy_link", "switches", "views")
}
# Not for a page: a header of an answer; what the bold words of a phrase become.
OTHERWISE = {
    ("cockpit/service/api/firms.py", 'attachment; filename="\0"'),
    ("cockpit/visuals/marks/html.py", r"<b>\1</b>"),
    (DOOR, "<style>\0</style>"),
}
_TAG = re.compile(r"</?[a-zA-Z!]|/>|\w=\"|&#?\w+;")


@lru_cache(maxsize=1)
def trees() -> dict[str, ast.Module]:
    files = [
        file for name in ROOMS for file in ([ROOT / name] if name.endswith(".py") else (ROOT / name).rglob("*.py"))
    ]
    return {file.relative_to(ROOT).as_posix(): parsed(file) for file in sorted(files)}


def calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    """Calls of a function, or of a method, of that name or of one given to it."""
    known = names_of(tree, (name,))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and last_name(node.func) in known:
            yield node


def handed_on(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    """Calls that are given the function itself, as `map(Markup, texts)` is."""
    known = names_of(tree, (name,))
    for node in ast.walk(tree):
        is_told_a_type = isinstance(node, ast.Call) and last_name(node.func) in ("isinstance", "cast")
        if isinstance(node, ast.Call) and not is_told_a_type and known & {last_name(value) for value in node.args}:
            yield node


def docstrings(tree: ast.Module) -> set[ast.AST]:
    return {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def literals(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    """Every text of a module with what it says by itself: of an f-string what stands between its values."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [str(part.value) for part in node.values if isinstance(part, ast.Constant)]
            yield node, "\0".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node, node.value


def test_tags_are_written_by_the_helper_only() -> None:
    offences = []
    for name, tree in trees().items():
        templates = {id(call.args[0]) for call in calls(tree, "html") if call.args}
        allowed = templates | {id(node) for node in docstrings(tree)}
        for node, text in literals(tree):
            if name in {HELPER, DOOR, *BROWSER_PARTS} and not isinstance(node, ast.JoinedStr):
                continue
            is_sign = isinstance(node, ast.JoinedStr) and "<" in text.replace(
                "< ", ""
            )  # less than, in a chart's formula
            if id(node) not in allowed and (name, text) not in OTHERWISE and (is_sign or _TAG.search(text)):
                offences.append(f"{name}:{node.lineno} {text[:60]!r}")
    assert not offences, "write html('<b>{}</b>', value):\n" + "\n".join(offences)


def test_a_template_is_a_literal() -> None:
    offences = [
        f"{name}:{call.lineno}"
        for name, tree in trees().items()
        for call in calls(tree, "html")
        if isinstance(call.func, ast.Name)
        and not (call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str))
    ]
    assert not offences, "a template made at run time may hold a reader's text:\n" + "\n".join(offences)


def test_a_template_has_a_place_for_every_value() -> None:
    offences = []
    for name, tree in trees().items():
        for call in calls(tree, "html"):
            if isinstance(call.func, ast.Name) and not any(isinstance(value, ast.Starred) for value in call.args):
                template = ast.literal_eval(call.args[0])
                places = len(re.findall(r"\{[^{}]*\}", template.replace("{{", "").replace("}}", "")))
                if places != len(call.args) - 1 or call.keywords:
                    offences.append(f"{name}:{call.lineno} {places} places, {len(call.args) - 1} values")
    assert not offences, "\n".join(offences)


def test_only_what_is_listed_calls_a_text_markup() -> None:
    offences = [
        f"{name}:{call.lineno}"
        for name, tree in trees().items()
        if name not in TRUSTED
        for call in (*(made for made in calls(tree, "Markup") if made.args), *handed_on(tree, "Markup"))
    ]
    assert not offences, "this goes round the escaping:\n" + "\n".join(offences)
    idle = [
        name for name in TRUSTED if name != HELPER and not any(call.args for call in calls(trees()[name], "Markup"))
    ]
    assert not idle, f"listed for nothing: {idle}"


def test_the_law_sees_markup_under_another_name() -> None:
    for text in ("Markup(a)", "markupsafe.Markup(a)", "L = Markup\nL(a)", "from markupsafe import Markup as M\nM(a)"):
        assert [*calls(ast.parse(text), "Markup")], text
    assert [*handed_on(ast.parse("map(Markup, texts)"), "Markup")]
    for text in ("EMPTY: Markup = html('')", "isinstance(a, Markup)", "def f() -> Markup: ..."):
        assert not [*calls(ast.parse(text), "Markup"), *handed_on(ast.parse(text), "Markup")], text


def test_markup_reaches_a_page_by_one_door() -> None:
    offences = [
        f"{name}:{call.lineno} calls {ast.unparse(call.func)}"
        for name, tree in trees().items()
        if name != DOOR
        for call in calls(tree, "html")
        if isinstance(call.func, ast.Attribute)
    ]
    offences += [
        f"{name}:{node.lineno} unsafe_allow_html"
        for name, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html"
    ]
    assert not offences, "draw it by `show`:\n" + "\n".join(offences)


def test_nobody_escapes_by_hand() -> None:
    offences = [
        f"{name}:{node.lineno}"
        for name, tree in trees().items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and node.module in ("html", "xml.sax.saxutils"))
        or (isinstance(node, ast.Import) and any(alias.name == "html" for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "markupsafe" and name != HELPER)
    ]
    assert not offences, "`marks.markup` is the one place for it:\n" + "\n".join(offences)


NASTY = st.text(alphabet="<>&\"'{}%\\ab中\n", max_size=60)


@given(text=NASTY, number=st.floats(allow_nan=False, allow_infinity=False))
def test_a_value_cannot_leave_its_place(text: str, number: float) -> None:
    made = html('<b title="{}">{}{{}} {:.1f}%</b>', text, text, number)
    value = str(made).removeprefix('<b title="').partition('"')[0]
    assert not set(value) & set("<>\"'")
    assert str(made) == f'<b title="{value}">{value}{{}} {number:.1f}%</b>'
    assert Markup(value).unescape() == text


@given(text=NASTY)
def test_markup_is_set_in_as_it_is_and_text_is_not(text: str) -> None:
    inner = html("<i>{}</i>", text)
    assert html("<b>{}{}</b>", inner, EMPTY) == Markup("<b>") + inner + Markup("</b>")
    assert html_of([inner, inner]) == inner + inner
    assert html_of([text], between=html("<hr>")) == html("{}", text)  # type: ignore[list-item]
    assert type(html_of([inner])) is type(inner) is Markup


def test_equal_texts_of_other_kinds_are_not_mistaken() -> None:
    assert [str(html("{}", value)) for value in ("<b>", Markup("<b>"), 1, 1.0, True)] == [
        "&lt;b&gt;", "<b>", "1", "1.0", "True",
    ]  # fmt: skip


@pytest.mark.parametrize("template", ["{name}", "{0}", "{!r}", "{:>9}"])
def test_a_place_is_plain(template: str) -> None:
    with pytest.raises(ValueError, match="a place is"):
        html(template, "x")


def test_a_place_for_a_number_takes_no_text() -> None:
    with pytest.raises(ValueError, match="format code"):
        html("{:.1f}", "<b>")
    with pytest.raises(TypeError, match="argument"):
        html("{}{}", "one")
