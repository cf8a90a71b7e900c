"""The import law of the house: lower rooms never import higher ones, and every module has its place in the table."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

from tests.sources import last_name, names_of, nodes, parsed

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "cockpit"

# From the ground floor up. A new module or package must be entered here when it is introduced.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors", "texts", "vocabulary"),
    ("acting", "days", "marks", "phrases", "processes", "rights", "town_codes", "units", "wholes"),
    ("policy",),
    ("datasets",),
    ("access", "notices"),
    ("analysis",),
    ("briefings",),
    ("figure_sources",),
    ("wording",),
    ("visuals",),
    ("exports",),
    ("service",),
    ("cli",),
    ("__main__",),
    ("ui",),
    ("main",),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
# The wide layers have the same rooms by subject inside. A room may use these others of its layer, and the modules that
# lie in the layer itself; a new line here wants a reason, and none may close a circle.
PAGES = [
    "access",
    "actions",
    "basis",
    "cases",
    "chain",
    "data",
    "elements",
    "lists",
    "map",
    "per_mu",
    "plan",
    "targets",
    "town",
    "vitality",
    "wall",
]
SUBJECTS: dict[str, dict[str, set[str]]] = {
    "datasets": {
        "database": {"store"},
        "decisions": {"database", "store"},
        "intake": {"database", "decisions", "store", "template"},
        "matters": {"database", "decisions", "store"},
        "planning": {"database", "decisions", "intake", "store"},
        "publishing": {"store"},
        "template": {"store"},
    },
    "visuals": {
        **{
            name: {"marks"}
            for name in (
                "access",
                "actions",
                "cases",
                "chain",
                "data",
                "elements",
                "lists",
                "map",
                "per_mu",
                "town",
                "vitality",
            )
        },
        "plan": {"map", "marks"},
        "targets": {"map", "marks"},
        "wall": {"actions", "chain", "map", "marks", "targets", "town"},
    },
    "ui": {name: {"frame"} for name in PAGES},
}
MAY_IMPORT_STREAMLIT = {"ui", "main"}
# Streamlit's folder of files, its uploads, its messages, and whose its files are.
KNOW_STREAMLIT = {f"cockpit/service/{name}.py" for name in ("compression", "holders", "sockets", "uploads")}
# Reads files: the register, the data module; the service serves the static bundle, visuals their style sheets, the
# screen its script.
# The pack is made by a process of its own, whose results are read from a folder.
MAY_TOUCH_FILES = {"policy", "datasets"}
FILE_CALLS = {
    "open",
    "read_text",
    "write_text",
    "read_bytes",
    "write_bytes",
    "read_parquet",
    "read_csv",
    "unlink",
    "mkdir",
}
FILE_EXCEPTIONS = {
    "cockpit/service/compression.py",
    "cockpit/service/headers.py",
    "cockpit/visuals/styles/__init__.py",
    "cockpit/ui/frame/aids.py",
    "cockpit/ui/frame/views.py",
    "cockpit/ui/map/stage.py",
    "cockpit/ui/wall/stage.py",
    "cockpit/exports/pack/process.py",
    "cockpit/exports/typesetting.py",
}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


IMPORTERS = {"import_module", "__import__", "resolve_name", "run_module"}


def imported_by_name(tree: ast.Module) -> list[str]:
    """Modules imported by a call that is given their name; of an f-string what stands before its first value.

    A module that imports so may keep the names in a table: each text in it that reads like a module of ours counts.
    """
    known = names_of(tree, IMPORTERS)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and last_name(node.func) in known]
    given = [call.args[0] for call in calls if call.args] + [word.value for call in calls for word in call.keywords]
    named = {part for item in given for part in ast.walk(item)}
    texts = [
        (node, node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    ours = re.compile(r"cockpit(\.[a-z_]\w*)+\.?\w*")
    return [text.rstrip(".") for node, text in texts if calls and (node in named or ours.fullmatch(text))]


def imports(path: Path) -> list[str]:
    """Every module imported anywhere in the file, function bodies included."""
    found = imported_by_name(parsed(path))
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports from the package's root"
            found.append(node.module or "")
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def test_every_module_has_a_layer() -> None:
    unlisted = sorted({room(path) for path in modules()} - set(LEVEL))
    assert not unlisted, f"enter {unlisted} in LAYERS of {Path(__file__).name} where it belongs"


def test_lower_rooms_never_import_higher_ones() -> None:
    offences = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules()
        for name in imports(path)
        if name.startswith("cockpit.") and LEVEL[name.split(".")[1]] > LEVEL[room(path)]
    ]
    assert not offences, "imports point down the page only:\n" + "\n".join(offences)


def test_the_picture_of_the_house_is_true() -> None:
    text = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    rows = [tuple(row.split("  ")[0].split()) for row in text.split("```")[1].strip().splitlines()]
    assert rows == [*reversed(LAYERS)], "draw the layers in docs/house.md as LAYERS has them, the highest first"
    for title, rooms in (("Subjects", PAGES), ("Rooms of datasets", {"store", *SUBJECTS["datasets"]})):
        told = [found.split(", ") for found in re.findall(rf"^{title}: (.+)\.$", text, re.MULTILINE)]
        assert told == [sorted(rooms)], f"docs/house.md, {title}: {', '.join(sorted(rooms))}"


def test_the_law_sees_an_import_by_name() -> None:
    for text in (
        "importlib.import_module('cockpit.ui.frame')",
        "__import__('cockpit.ui.frame')",
        "from importlib import import_module as load\nload('cockpit.ui.frame')",
        "NAMES = ('cockpit.ui.frame',)\nfor name in NAMES:\n    importlib.import_module(name)",
    ):
        assert imported_by_name(ast.parse(text)) == ["cockpit.ui.frame"], text
    assert imported_by_name(ast.parse("importlib.import_module(f'cockpit.cli.{name}')")) == ["cockpit.cli"]
    assert imported_by_name(ast.parse("say('cockpit.ui.frame')")) == []


def test_a_subject_uses_another_only_where_it_is_listed() -> None:
    offences = []
    for path in modules():
        layer, *inside = path.relative_to(PACKAGE).parts
        if layer not in SUBJECTS:
            continue
        subject = inside[0] if len(inside) > 1 else ""  # "" is what lies in the layer itself: ground for its rooms
        for name in imports(path):
            parts = name.split(".")
            if parts[:2] != ["cockpit", layer] or len(parts) < 3 or not (PACKAGE / layer / parts[2]).is_dir():
                continue
            if parts[2] not in {subject, *SUBJECTS[layer].get(subject, set())}:
                offences.append(f"{path.relative_to(ROOT)} imports {name}")
    assert not offences, "a subject stands on the ground and on what SUBJECTS lists:\n" + "\n".join(offences)


def test_the_subjects_stand_in_no_circle() -> None:
    for layer, uses in SUBJECTS.items():
        tuple(TopologicalSorter(uses).static_order())  # CycleError names the circle
        unknown = {room for rooms in (uses, *uses.values()) for room in rooms if not (PACKAGE / layer / room).is_dir()}
        assert not unknown, f"SUBJECTS of {layer} names rooms that are not there: {sorted(unknown)}"


def test_wording_holds_no_markup() -> None:
    offences = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (PACKAGE / "wording").rglob("*.py")
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"</?[a-z]", node.value)
    ]
    assert not offences, "plain text here, markup under visuals:\n" + "\n".join(offences)


_CUTS = {"removesuffix", "removeprefix", "strip", "lstrip", "rstrip", "replace", "partition"}
_OF_FIGURES = ("%", "−", "+", "trillion", "billion", "million", "亿", "万")


def reads_a_figure_back(node: ast.AST) -> bool:
    """Whether something shown is cut at a sign or unit of a figure, or made a number again."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Call):  # text.split(" ")[0]
        call = node.value
        is_split = isinstance(call.func, ast.Attribute) and call.func.attr in ("split", "partition")
        return is_split and bool(call.args) and ast.unparse(call.args[0]) == "' '"
    if not isinstance(node, ast.Call) or not node.args:
        return False
    first = node.args[0]
    if isinstance(node.func, ast.Attribute) and node.func.attr in _CUTS:
        return isinstance(first, ast.Constant) and any(sign in str(first.value) for sign in _OF_FIGURES)
    is_number = isinstance(node.func, ast.Name) and node.func.id in ("float", "int", "Decimal")
    return is_number and (
        (isinstance(first, ast.Attribute) and first.attr in ("text", "number", "bare"))
        or (isinstance(first, ast.Name) and first.id in ("text", "number", "shown"))
        or (isinstance(first, ast.Call) and ast.unparse(first.func) == "str")
    )


def test_no_figure_is_read_back_from_its_text() -> None:
    """A figure brings value, divisor, decimals and unit along (`units.Figure`)."""
    offences = [
        f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}"
        for name in ("wording", "visuals", "exports", "ui")
        for path in sorted((PACKAGE / name).rglob("*.py"))
        for node in nodes(path)
        if isinstance(node, ast.expr) and reads_a_figure_back(node)
    ]
    assert not offences, "take what you need from the figure:\n" + "\n".join(offences)


def test_the_law_sees_a_figure_read_back() -> None:
    for text in (
        "percent(share).removesuffix('%')",
        "told.replace(' %', '%')",
        "plain(value).split(' ')[0]",
        "text.replace('billion', 'bn')",
        "amount.lstrip('−+')",
        "float(text)",
        "float(shown.number)",
        "float(str(value))",
    ):
        assert any(reads_a_figure_back(node) for node in ast.walk(ast.parse(text))), text
    for text in ("colour.removeprefix('#')", "float(value)", "name.split('+')", "text.split('. ')[0]"):
        assert not any(reads_a_figure_back(node) for node in ast.walk(ast.parse(text))), text


def test_analysis_modules_do_not_import_each_other_except_briefing() -> None:
    offences = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules()
        if room(path) == "analysis" and "briefing" not in path.relative_to(PACKAGE).parts
        for name in imports(path)
        # A method that fills several files is a package of its own; its files know one another and no neighbour.
        if name.startswith("cockpit.analysis") and name.split(".")[2:3] != [path.relative_to(PACKAGE).parts[1]]
    ]
    assert not offences, "give it plain values instead:\n" + "\n".join(offences)


def test_only_the_screen_imports_streamlit() -> None:
    offences = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules()
        if room(path) not in MAY_IMPORT_STREAMLIT and path.relative_to(ROOT).as_posix() not in KNOW_STREAMLIT
        for name in imports(path)
        if name.split(".")[0] == "streamlit"
    ]
    assert not offences, "\n".join(offences)


def test_only_register_and_datasets_touch_files() -> None:
    offences = []
    for path in modules():
        name = path.relative_to(ROOT).as_posix()
        if room(path) in MAY_TOUCH_FILES or name in FILE_EXCEPTIONS:
            continue
        for node in nodes(path):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in FILE_CALLS:
                    offences.append(f"{name}:{node.lineno} calls {called}")
    assert not offences, "\n".join(offences)


def test_pages_are_storyboards() -> None:
    long = {
        path.name: count for path in (ROOT / "pages").glob("*.py") if (count := len(path.read_text().splitlines())) > 60
    }
    assert not long, f"a page tells the story in at most 60 lines: {long}"
