"""What the law of imports cannot see: processes and paths that lead up, tests that wait by the clock or share badly."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.browser import test_deep_links
from tests.sources import last_name, names_of, parsed
from tests.test_layers import LEVEL, PACKAGE, ROOT, modules, room

# From a lower room to a higher one, with the reason. None may be added without one, and none may lie idle.
PROCESSES = {
    ("cockpit/exports/pack/process.py", "cockpit"): "a pack is made beside the app, by the command everybody can run",
}
PATHS = {
    ("cockpit/policy/cases.py", "tests"): "the cases are sentences of the tests, shown on the page of the rules",
    ("cockpit/service/doors.py", "pages"): "which addresses there are is what lies in the folder",
    ("cockpit/ui/frame/shell.py", "pages"): "Streamlit takes a page by its file",
    ("cockpit/cli/serve.py", "streamlit_app.py"): "Streamlit takes the app by its file",
}
ABOVE = {"pages", "tests", "tools", "benchmarks", "streamlit_app.py"}
# Waits by the clock: what is waited for cannot be asked, or the pause is what is tested.
PAUSES = {
    "tests/browser/test_quick_clicks.py": "how fast a reader clicks",
    "tests/browser/waiting.py": "asks again and again",
    "tests/datasets/crashing.py": "when a process is killed",
    "tests/datasets/intake/test_intake_apart.py": "threads that must queue in this order",
    "tests/service/test_firms_api.py": "callers who say or take nothing more",
    "tests/service/test_uploads.py": "the loop of the runtime has no word for having been there",
    "tests/spark/test_spark.py": "how long a worker is at its part",
}
# Test modules that still lend to others; they shall only become fewer.
LENDERS = {
    "tests.browser.test_deep_links",  # its list of paths, to this law
    "tests.datasets.intake.test_intake_tells",
    "tests.datasets.publishing.test_withdrawals",
    "tests.spec.test_lists_cases",
    "tests.test_layers",  # its tables, to this law
}
STARTERS = {"run", "Popen", "call", "check_call", "check_output", "create_subprocess_exec", "execv", "spawn"}
PAUSE_CALLS = {"sleep", "wait_for_timeout"}


def started(tree: ast.Module) -> Iterator[str]:
    """Modules of ours that a call starts: what `python -m` or `processes.run` is given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            given = ast.Tuple(elts=[*node.args, *(word.value for word in node.keywords)], ctx=ast.Load())
            texts = [str(value.value) for value in ast.walk(given) if isinstance(value, ast.Constant)]
            if "-m" in texts or getattr(node.func, "attr", getattr(node.func, "id", "")) in STARTERS:
                yield from (text for text in texts if re.fullmatch(r"cockpit(\.[a-z_]+)*", text))


def level_of(module: str) -> int:
    """Of `cockpit` alone that of its command line, which is what starts."""
    parts = module.split(".")
    return LEVEL.get(parts[1], len(LEVEL)) if len(parts) > 1 else LEVEL["__main__"]


def test_no_process_is_started_from_below() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), module)
        for path in modules()
        for module in started(parsed(path))
        if level_of(module) > LEVEL[room(path)]
    }
    assert found == set(PROCESSES), "a process is a dependency as well: list it with its reason, or end it"


def test_no_path_leads_up() -> None:
    found = set()
    for path in modules():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and isinstance(node.right, ast.Constant):
                name = str(node.right.value)
                is_above = name in ABOVE or LEVEL.get(name, -1) > LEVEL[room(path)]
                if is_above and (PACKAGE / name).suffix in ("", ".py"):
                    found.add((path.relative_to(ROOT).as_posix(), name))
    assert found == set(PATHS), "a file read is a dependency as well: list it with its reason, or end it"


def pauses(tree: ast.Module) -> Iterator[int]:
    """Lines that wait by the clock, those in a `while` left out: they look again before they wait again.

    A wait for an event is one as well where nobody can set it (`Event().wait(3)`) or nobody asks whether it was set.
    """
    known = names_of(tree, PAUSE_CALLS)
    unasked = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    looking = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.While) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and id(node) not in looking:
            is_nothing = bool(node.args) and isinstance(node.args[0], ast.Constant) and node.args[0].value == 0
            if last_name(node.func) in known and not is_nothing:
                yield node.lineno
            if isinstance(node.func, ast.Attribute) and node.func.attr == "wait":
                is_new = isinstance(node.func.value, ast.Call) and last_name(node.func.value.func) == "Event"
                if (is_new and (node.args or node.keywords)) or (node.args and id(node) in unasked):
                    yield node.lineno


def test_no_test_waits_by_the_clock() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): [*lines]
        for path in (ROOT / "tests").rglob("*.py")
        if (lines := tuple(pauses(parsed(path))))
    }
    new = {name: lines for name, lines in found.items() if name not in PAUSES and not name.endswith("slow_line.py")}
    assert not new, f"wait for what is wanted, not for a time: {new}"
    assert not set(PAUSES) - set(found), "listed for nothing"


def test_the_law_sees_a_pause_under_another_name() -> None:
    for text in (
        "time.sleep(1)",
        "from time import sleep as rest\nrest(1)",
        "pause = time.sleep\npause(1)",
        "threading.Event().wait(3)",
        "ok = Event().wait(timeout=3)",
        "gate.wait(3)",
    ):
        assert len([*pauses(ast.parse(text))]) == 1, text
    for text in ("while x:\n    time.sleep(1)", "assert gate.wait(5)", "process.wait(timeout=9)", "sleep(0)"):
        assert not [*pauses(ast.parse(text))], text


def test_no_test_module_lends_to_another() -> None:
    lent = set()
    for path in [file for folder in ("tests", "tools", "benchmarks") for file in (ROOT / folder).rglob("*.py")]:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests"):
                names = [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
                lent |= {name for name in names if name.split(".")[-1].startswith("test_")}
    assert lent == LENDERS, "what several tests use lies in a module without `test_`"


def test_every_page_is_opened_first_by_a_test() -> None:
    opened = {
        path.strip("/").replace("-", "_") or "cockpit"
        for path in (*test_deep_links.PATHS, *test_deep_links.FOR_ADMINISTRATORS, "/wall")
    }
    scripts = {path.stem for path in (ROOT / "pages").glob("*.py")}
    assert opened == scripts, "PATHS of tests/browser/test_deep_links.py: enter or take out " + ", ".join(
        sorted(opened ^ scripts)
    )
