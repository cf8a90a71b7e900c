"""The recipes of docs/house.md, each performed on a copy of the project: what it names is edited, nothing else, and it
works. They take a process each, so they stand with the long tests.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[1]
NEEDED = (
    "cockpit",
    "data",
    "pages",
    "tools",
    "tests/spec",
    "tests/sources.py",
    "tests/test_layers.py",
    "streamlit_app.py",
    "docs",
)


class Copy:
    """A copy that knows what was edited; the shipped files are linked, so an edit writes the file anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.edited: set[str] = set()
        for name in NEEDED:
            source, target = ROOT / name, folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                made = shutil.copy2 if name == "docs" else os.link  # the tools write there, in place
                shutil.copytree(source, target, copy_function=made, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(source, target)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(text, encoding="utf-8")
        self.edited.add(name)

    def append(self, name: str, text: str) -> None:
        self.write(name, (self.folder / name).read_text(encoding="utf-8") + text)

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{name} no longer holds {old!r}: mend the recipe"
        self.write(name, text.replace(old, new, 1))

    def run(self, code: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *(["-c", code] if code else []), *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder), "COCKPIT_DATA_DIR": str(self.folder / "var")},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    # Beside the project, so that files can be linked; the test's own folder where the disk is another.
    return Copy(tmp_path)


def steps(title: str) -> set[str]:
    """Files a recipe names."""
    text = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    part = text.split(f"### {title}\n", 1)[1].split("\n### ", 1)[0]
    return set(re.findall(r"^- `([^`]+)`$", part, re.MULTILINE))


def test_add_a_rule(copy: Copy) -> None:
    copy.append(
        "data/policy/rules.toml",
        """
[quiet_months]
label_zh = "允许沉默的月数"
label_en = "Months a town may be silent"
subject = "returns"
scope = "province"
sense = "at_most"
value = 6
unit = "个"
force = "headline"
effect_zh = "超过即催报"
effect_en = "Above it: press for returns"
origin = "own"
""",
    )
    told = copy.run("from cockpit.policy.register import load; print(load().rule('quiet_months').base_value)")
    assert told.strip() == "6.0"
    assert copy.edited == steps("Add a rule")


def test_add_a_target(copy: Copy) -> None:
    copy.append(
        "data/policy/targets.toml",
        """
[rd_expense_2025]
set = "2025"
indicator = "rd_expense_yuan"
scope = "province"
sense = "at_least"
value = 300
unit = "亿元"
due = 2025-12-31
force = "headline"
origin = "own"
rank = "count"
""",
    )
    told = copy.run(
        "from datetime import date\n"
        "from cockpit.analysis.selection import Selection\nfrom cockpit.rights import ALL\n"
        "from cockpit.briefings import brief, open_desk\n"
        "from cockpit.visuals.targets import cards\n"
        "desk = open_desk('demo'); found = brief(desk, Selection('2025', scope=ALL), date(2026, 11, 23))\n"
        "html = cards.board(found, desk.limits, 'total_output_2025', 0, 'zh')\n"
        "print(len(found.cards), '2025年十项目标' in html, found.card('rd_expense_2025').value is not None)"
    )
    assert told.split() == ["10", "True", "True"]
    assert copy.edited == steps("Add a target")


def test_add_an_indicator(copy: Copy) -> None:
    copy.replace(
        "data/policy/indicators.toml",
        "[visitor_count]",
        """[charging_point_count]
label_zh = "充电桩"
label_en = "Charging points"
unit = "count"
kind = "stock"
polarity = "higher"
counter_zh = "个"
counter_en = "points"
why_zh = "绿色出行"
why_en = "Green change"
how_zh = "期末在用的充电桩"
how_en = "Charging points at the end of the period"

[visitor_count]""",
    )
    copy.replace(
        "tools/demo/calibration.py",
        '    "visitor_count": {2017',
        '    "charging_point_count": {2017: 60, 2025: 240, 2026: 260},\n    "visitor_count": {2017',
    )
    copy.replace(
        "tools/demo/panel.py",
        "    return Panel(values, active)",
        """    own = _Draws(len(towns), "charging_point_count")
    raw = size**0.5 * np.exp(own.lasting(0.4) + own.fading(0.03))
    name = "charging_point_count"
    values[name] = _whole(raw, own.fractions(), counted(name), cal.path_of_total(name), None, None)
    return Panel(values, active)""",
    )
    copy.run("", "tools/make_demo.py", "--root", "made")
    told = copy.run(
        "import pandas as pd\n"
        "was = pd.read_parquet('data/demo/versions/v0003/returns.parquet')\n"
        "now = pd.read_parquet('made/demo/versions/v0003/returns.parquet')\n"
        "new = now['indicator'].astype(str) == 'charging_point_count'\n"
        "same = now[~new].reset_index(drop=True).astype(str).equals(was.reset_index(drop=True).astype(str))\n"
        "from cockpit.briefings import open_desk\n"
        "from cockpit.datasets.template.workbook import template\n"
        "import io, openpyxl\n"
        "from datetime import date\n"
        "desk = open_desk('demo')\n"
        "book = openpyxl.load_workbook(io.BytesIO(template(desk.dataset, '2025', as_of=date(2026, 11, 23))))\n"
        "heads = ' '.join(str(cell.value) for page in book for row in page.iter_rows() for cell in row)\n"
        "print(same, int(new.sum()) > 500, '充电桩' in heads)"
    )
    assert told.split() == ["True", "True", "True"]
    assert copy.edited == steps("Add an indicator")


def test_add_a_column(copy: Copy) -> None:
    copy.replace("cockpit/datasets/schema.py", "SCHEMA: Final = 3", "SCHEMA: Final = 4")
    copy.replace(
        "cockpit/datasets/schema.py",
        '                Column("alias"),\n',
        '                Column("alias"),\n                Column("phone"),\n',
    )
    copy.replace(
        "cockpit/datasets/template/sheets.py",
        '        _plain("alias", "text"),\n',
        '        _plain("alias", "text"),\n        _plain("phone", "text"),\n',
    )
    copy.replace(
        "cockpit/phrases/intake.py",
        '    "intake.column.alias"',
        '    "intake.column.phone": Text("联系电话", "Phone"),\n    "intake.column.alias"',
    )
    told = copy.run(
        "from cockpit.briefings import open_desk\n"
        "from cockpit.datasets.template.workbook import template\n"
        "import io, openpyxl\n"
        "from datetime import date\n"
        "desk = open_desk('demo')\n"
        "book = openpyxl.load_workbook(io.BytesIO(template(desk.dataset, '2025', as_of=date(2026, 11, 23))))\n"
        "heads = ' '.join(str(cell.value) for page in book for row in page.iter_rows() for cell in row)\n"
        "print(desk.dataset.towns['phone'].isna().all(), '联系电话' in heads)"
    )
    assert told.split() == ["True", "True"]
    assert copy.edited == steps("Add a column")


def test_add_a_page(copy: Copy) -> None:
    copy.write(
        "pages/visits.py",
        '"""典型案例: what other towns may learn from."""\n\nfrom cockpit.ui.visits import page\nfrom cockpit.ui.frame import shell\n\npage.visits(shell.view())\n',
    )
    copy.write("cockpit/ui/visits/__init__.py", '"""Parts of the visits page."""\n')
    copy.write(
        "cockpit/ui/visits/page.py",
        '"""What the visits page shows."""\n\nfrom __future__ import annotations\n\n'
        "from cockpit.ui.frame.shell import View\nfrom cockpit.ui.frame.showing import show\n"
        "from cockpit.visuals.marks.markup import html\n\n\ndef visits(view: View) -> None:\n"
        "    show(html('<h1>{}</h1>', view.say('visits.heading', count=len(view.briefing.towns))))\n",
    )
    copy.replace(
        "cockpit/ui/frame/shell.py",
        '    ("wall", "wall",',
        '    ("visits", "visits", ":material/school:"),\n    ("wall", "wall",',
    )
    copy.write(
        "cockpit/phrases/visits.py",
        '"""Sentences of the visits page."""\n\nfrom __future__ import annotations\n\nfrom typing import Final\n\nfrom cockpit.vocabulary import Text\n\n'
        'PHRASES: Final[dict[str, Text]] = {"visits.heading": Text("{count} 个小镇的案例", "Visits of {count} towns")}\n',
    )
    copy.replace(
        "cockpit/phrases/shell.py", '    "page.wall"', '    "page.visits": Text("考察", "Visits"),\n    "page.wall"'
    )
    copy.replace("tests/test_layers.py", '    "vitality",\n', '    "visits",\n    "vitality",\n')
    told = copy.run(
        "from streamlit.testing.v1 import AppTest\n"
        "app = AppTest.from_file('cockpit/main.py', default_timeout=120).run()\n"
        "app.switch_page('../pages/visits.py').run()\n"
        "html = ' '.join(part.proto.body for part in app.get('html'))\n"
        "print(len(app.exception), '137 个小镇的案例' in html)"
    )
    assert told.split() == ["0", "True"]
    copy.run("", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_layers.py")
    assert copy.edited == steps("Add a page")


def test_add_a_kind_of_element(copy: Copy) -> None:
    copy.append(
        "data/policy/elements.toml",
        """
[kind.charging]
label_zh = "充电设施"
label_en = "Charging points"
group = "green"
clause = "2.3.1"
quote = "绿色出行"
origin = "own"
reading_zh = "期末在用的充电设施"
reading_en = "Charging points in use at the end of the period"
checker = "development"
every = "year"
time = "span"
key = ["name"]
[kind.charging.fields]
name  = { type = "text", zh = "名称", en = "Name", required = true }
plugs = { type = "integer", unit = "个", zh = "充电桩", en = "Plugs" }
since = { type = "date", zh = "启用日期", en = "Since", required = true }
""",
    )
    told = copy.run(
        "import io, openpyxl\n"
        "from datetime import date\n"
        "from cockpit.acting import Act, Actor\n"
        "from cockpit.rights import ALL, joined\n"
        "from cockpit.datasets.findings import Upload\n"
        "from cockpit.datasets.intake.checking import check_uploads\n"
        "from cockpit.datasets.publishing.releases import publish\n"
        "from cockpit.datasets.publishing.submissions import keep\n"
        "from cockpit.datasets.store.loading import load\n"
        "from cockpit.datasets.template.workbook import template\n"
        "from cockpit.service.routes import ROUTES\n"
        "from starlette.applications import Starlette\n"
        "from starlette.testclient import TestClient\n"
        "from streamlit.testing.v1 import AppTest\n"
        "may = joined([(('submit', 'publish'), ALL)])\n"
        "def by(name): return Act(Actor(name, post='省特镇办', via='screen', rights=may), '充电设施')\n"
        "demo, day = load('demo'), date(2026, 11, 20)\n"
        "book = openpyxl.load_workbook(io.BytesIO(template(demo, '2026-09', as_of=day, checker='development')))\n"
        "sheet = book['充电设施']\n"
        "for column, value in {'小镇编码*': 'D330110A', '名称*': '东门', '充电桩': 12, '启用日期*': date(2025, 3, 1)}.items():\n"
        "    place = next(cell.column for cell in sheet[1] if cell.value == column)\n"
        "    sheet.cell(4, place, value)\n"
        "stream = io.BytesIO(); book.save(stream); upload = Upload('a.xlsx', stream.getvalue())\n"
        "checked = check_uploads([upload], demo, as_of=day)\n"
        "assert not [found for found in checked.findings if found.severity == 'error'], checked.findings\n"
        "sent = keep('demo', [upload], checked, by('张三'), checked_against='v0003')\n"
        "publish('demo', sent.id, by('李四'), expected_parent='v0003')\n"
        "answer = TestClient(Starlette(routes=ROUTES)).get('/api/v1/elements?period=2026-09&kind=charging').json()\n"
        "print([(entry['town_code'], entry['values']['plugs']) for entry in answer['entries']])\n"
        "app = AppTest.from_file('cockpit/main.py', default_timeout=120)\n"
        "app.query_params['ekind'] = 'charging'; app.query_params['period'] = '2026-09'; app.run()\n"
        "app.switch_page('../pages/elements.py').run()\n"
        "html = ' '.join(part.proto.body for part in app.get('html'))\n"
        "print(len(app.exception), '东门' in html, '充电设施' in html)"
    )
    assert told.splitlines() == ["[('D330110A', 12)]", "0 True True"]
    copy.run("", "tools/make_docs.py")
    assert copy.edited == steps("Add a kind of element")


def test_add_an_export(copy: Copy) -> None:
    copy.write(
        "cockpit/exports/visits.py",
        '"""Towns by prefecture as a sheet."""\n\nfrom __future__ import annotations\n\nfrom cockpit.analysis.briefing import Briefing\n'
        "from cockpit.briefings import Desk\nfrom cockpit.exports.notes import period_words, standing_notes\n"
        "from cockpit.exports.tables import Sheet\nfrom cockpit.phrases import say\nfrom cockpit.vocabulary import PREFECTURES, Language\n\n\n"
        "def cases_sheet(briefing: Briefing, desk: Desk, language: Language) -> Sheet:\n"
        '    counted = briefing.towns["prefecture_adcode"].astype("str").value_counts()\n'
        "    rows = tuple((PREFECTURES[code].say(language), int(count)) for code, count in counts(counted))\n"
        "    notes = standing_notes(desk, language, period=period_words(briefing.selection.period, language), count=str(len(rows)))\n"
        '    return Sheet("cases", (say("towns.county", language), say("map.count", language)), ("", ""), rows, notes, "")\n\n\n'
        "def counts(counted):  # type: ignore[no-untyped-def]\n    return counted.items()\n",
    )
    copy.write(
        "cockpit/cli/export_visits.py",
        '"""`python -m cockpit export cases`."""\n\nfrom __future__ import annotations\n\nfrom typing import BinaryIO\n\nimport click\n\n'
        "from cockpit.analysis.selection import Selection\nfrom cockpit.briefings import brief, open_desk, today\nfrom cockpit.rights import ALL\n"
        "from cockpit.exports.visits import cases_sheet\nfrom cockpit.exports.tables import write_xlsx\n\n\n"
        '@click.command("visits")\n@click.argument("output", type=click.File("wb"))\ndef command(output: BinaryIO) -> None:\n'
        '    """Write the towns by prefecture to OUTPUT."""\n    desk = open_desk("demo")\n'
        '    output.write(write_xlsx(cases_sheet(brief(desk, Selection("2025", scope=ALL), today()), desk, "zh")))\n',
    )
    copy.replace(
        "cockpit/cli/export.py", '_KINDS: Final = (_TOWNS, "pack")', '_KINDS: Final = (_TOWNS, "pack", "visits")'
    )
    copy.run("", "-m", "cockpit", "export", "visits", "cases.xlsx")
    told = copy.run(
        "import openpyxl\n"
        "rows = [[cell.value for cell in row] for row in openpyxl.load_workbook('cases.xlsx').worksheets[0].iter_rows()]\n"
        "print(sum(row[1] for row in rows if isinstance(row[1], int)))"
    )
    assert told.strip() == "137"
    assert copy.edited == steps("Add an export")
