"""The recipes of docs/house.md, each performed on a copy of the project: what it names is edited, nothing else; then it
works, what was written passes ruff, and the laws that look at such a change are content. They take processes of their
own, so they stand with the long tests.
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
    "tests",
    "benchmarks",
    "streamlit_app.py",
    "docs",
    "pyproject.toml",
    "Makefile",
    *(path.name for path in ROOT.glob("*.md")),
    *(path.name for path in ROOT.glob("*.txt")),
)
# Folders the tools write to, in place; all others are linked.
WRITTEN = ("data", "docs")
# What looks at a change of the code; a change of records is held to the first.
LAWS = (
    "tests/test_docs.py",
    "tests/test_hidden_ways.py",
    "tests/test_layers.py",
    "tests/test_marks.py",
    "tests/test_markup.py",
    "tests/test_unused.py",
)
OF_RECORDS = ("tests/policy/test_phrases.py", "tests/policy/test_register.py")


class Copy:
    """A copy that knows what was edited; the shipped files are linked, so an edit writes the file anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.edited: set[str] = set()
        for name in NEEDED:
            source, target = ROOT / name, folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                made = shutil.copy2 if name in WRITTEN else os.link
                shutil.copytree(source, target, copy_function=made)  # with what is compiled: it is not done again
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
            env={
                **os.environ,
                "PYTHONPATH": str(self.folder),
                "COCKPIT_DATA_DIR": str(self.folder / "var"),
                "COCKPIT_DATABASE_URL": f"sqlite:///{self.folder}/own.sqlite",
                "COCKPIT_DECISIONS_URL": f"sqlite:///{self.folder}/own.sqlite",
            },
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    def ends(self, title: str, *laws: str) -> None:
        """What is left to do after every recipe, and what must be content then."""
        assert self.edited == steps(title), f"docs/house.md, {title}: name what is edited, and edit what is named"
        self.run("", "tools/make_docs.py")
        code = sorted(name for name in self.edited if name.endswith(".py"))
        if code:
            self.run("", "-m", "ruff", "check", "--no-cache", *code)
            self.run("", "-m", "ruff", "format", "--no-cache", "--check", *code)
        self.run("", "-m", "pytest", "-p", "no:cacheprovider", "-m", "not long", *(LAWS if code else LAWS[:1]), *laws)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    # Beside the project, so that files can be linked; the test's own folder where the disk is another.
    return Copy(tmp_path)


def steps(title: str) -> set[str]:
    """Files a recipe names: a line each, what goes into it may stand behind."""
    text = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    part = text.split(f"### {title}\n", 1)[1].split("\n### ", 1)[0]
    return set(re.findall(r"^- `([^`]+)`", part, re.MULTILINE))


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
    copy.ends("Add a rule", *OF_RECORDS)


def test_add_a_target(copy: Copy) -> None:
    copy.append(
        "data/policy/target_sets.toml",
        """
["2028"]
label_zh = "2028年目标"
label_en = "Targets of 2028"
since = 2026
due = 2028-12-31
state = "draft"
origin = "own"
""",
    )
    copy.append(
        "data/policy/targets.toml",
        """
[total_output_2028]
set = "2028"
indicator = "total_output_yuan"
scope = "province"
sense = "at_least"
value = 3.5
unit = "万亿元"
due = 2028-12-31
force = "headline"
origin = "own"
rank = "money"
""",
    )
    told = copy.run(
        "from cockpit.analysis.selection import Selection\nfrom cockpit.rights import ALL\n"
        "from cockpit.briefings import brief, day_of, open_desk\n"
        "from cockpit.visuals.targets import cards\n"
        "chosen = Selection('2025', target_set='2028', scope=ALL)\n"
        "desk = open_desk('demo').of(chosen); found = brief(desk, chosen, day_of('demo'))\n"
        "html = cards.board(found, desk.limits, 'total_output_2028', 0, 'zh')\n"
        "print(len(found.cards), '2028年一项目标' in html, found.card('total_output_2028').value is not None)"
    )
    assert told.split() == ["1", "True", "True"]
    copy.ends("Add a target", *OF_RECORDS)


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
    copy.run("", "tools/make_demo.py")
    told = copy.run(
        "import pandas as pd\n"
        f"was = pd.read_parquet({str(ROOT / 'data/demo/versions/v0003/returns.parquet')!r})\n"
        "now = pd.read_parquet('data/demo/versions/v0003/returns.parquet')\n"
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
    copy.ends("Add an indicator", *OF_RECORDS, "tests/datasets/test_demo.py")


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
    copy.run("", "tools/make_public.py")
    copy.run("", "tools/make_demo.py")
    copy.ends(
        "Add a column",
        "tests/datasets/store/test_schema_changes.py",
        "tests/datasets/test_demo.py",
        "tests/datasets/test_public.py",
    )


def test_add_a_page(copy: Copy) -> None:
    copy.write(
        "pages/visits.py",
        '''"""考察: which towns a delegation may visit."""

from cockpit.ui.frame import shell
from cockpit.ui.visits import page

view = shell.view()
shell.stop_if_empty(view)
page.title(view)
''',
    )
    copy.write("cockpit/ui/visits/__init__.py", '"""Parts of the page of visits."""\n')
    copy.write(
        "cockpit/ui/visits/page.py",
        '''"""What the page of visits shows."""

from __future__ import annotations

from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.marks.markup import html


def title(view: View) -> None:
    """How many towns of the selection there are to visit."""
    heading = view.say("visits.heading", count=len(view.briefing.towns))
    show(html('<section class="ans"><h1>{}</h1></section>', heading))
''',
    )
    copy.replace(
        "cockpit/ui/frame/shell.py",
        '    ("wall", "wall",',
        '    ("visits", "visits", ":material/tour:"),\n    ("wall", "wall",',
    )
    copy.write(
        "cockpit/phrases/visits.py",
        '''"""Sentences of the page of visits."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "visits.heading": Text("可以考察 {count} 个小镇", "{count} towns to visit"),
}
''',
    )
    copy.replace(
        "cockpit/phrases/shell.py", '    "page.wall"', '    "page.visits": Text("考察", "Visits"),\n    "page.wall"'
    )
    copy.replace(
        "cockpit/phrases/help.py",
        '    "help.basis": ',
        """    "help.visits": Text("可以考察哪些小镇。", "Which towns there are to visit."),
    "help.visits.1": Text("用筛选选出城市和产业。", "Choose a city and an industry by the filters."),
    "help.visits.2": Text("看还有几个小镇。", "See how many towns are left."),
    "help.visits.3": Text("把链接发给同行的人。", "Send the link to those who come along."),
    "help.basis": """,
    )
    copy.replace("tests/test_layers.py", '    "vitality",\n', '    "visits",\n    "vitality",\n')
    copy.replace("docs/house.md", "town, vitality, wall.", "town, visits, vitality, wall.")
    copy.replace("tests/browser/test_deep_links.py", '"/cases": "案例",', '"/cases": "案例", "/visits": "考察",')
    copy.replace(
        "tests/access/test_every_door.py", '    "wall": READERS |', '    "visits": READERS,\n    "wall": READERS |'
    )
    told = copy.run(
        "from streamlit.testing.v1 import AppTest\n"
        "app = AppTest.from_file('cockpit/main.py', default_timeout=120).run()\n"
        "app.switch_page('../pages/visits.py').run()\n"
        "html = ' '.join(part.proto.body for part in app.get('html'))\n"
        "print(len(app.exception), '可以考察 137 个小镇' in html)"
    )
    assert told.split() == ["0", "True"]
    doors = "tests/access/test_every_door.py"
    copy.ends(
        "Add a page",
        "tests/pages/test_frame.py::test_every_page_with_bars_has_its_help",
        f"{doors}::test_every_route_and_page_has_a_row",
        f"{doors}::test_a_page_is_offered_to_those_in_its_row[visits]",
        "tests/pages/test_pages.py::test_no_page_fails[visits-demo-zh]",
        "tests/pages/test_pages.py::test_an_empty_result_says_so_and_offers_to_clear[visits]",
    )


def test_add_a_kind_of_element(copy: Copy) -> None:
    copy.append(
        "data/policy/elements.toml",
        """
[kind.charging]
label_zh = "充电设施"
label_en = "Charging points"
group = "green"
clause = "2.3.1"
quote = "鼓励建设零碳工厂、零碳社区和绿色工厂"
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
    copy.ends("Add a kind of element", *OF_RECORDS, "tests/spec/test_elements.py")


def test_add_an_export(copy: Copy) -> None:
    copy.write(
        "cockpit/exports/visits.py",
        '''"""How many towns there are to visit, by prefecture, as a table that leaves the house.

Pure: briefing in, sheet out.
"""

from __future__ import annotations

from cockpit.analysis.briefing import Briefing
from cockpit.briefings import Desk
from cockpit.exports.notes import period_words, standing_notes
from cockpit.exports.tables import Sheet
from cockpit.exports.towns import filter_words
from cockpit.phrases import say
from cockpit.vocabulary import PREFECTURES, Language


def visits_sheet(briefing: Briefing, desk: Desk, language: Language) -> Sheet:
    """A row a prefecture of the selection."""
    counted = briefing.towns["prefecture_adcode"].astype("str").value_counts()
    return Sheet(
        title=say("map.count", language),
        headers=(say("towns.prefecture", language), say("map.count", language)),
        units=("", ""),
        rows=tuple((PREFECTURES[str(code)].say(language), int(count)) for code, count in counted.items()),
        notes=standing_notes(
            desk,
            language,
            period=period_words(briefing.selection.period, language),
            filters=filter_words(briefing, language),
            count=f"{len(briefing.towns)} / {briefing.town_count}",
        ),
        notes_title=say("export.notes", language),
    )
''',
    )
    copy.write(
        "cockpit/cli/export_visits.py",
        '''"""`python -m cockpit export visits FILE`: how many towns there are to visit, by prefecture."""

from __future__ import annotations

from typing import BinaryIO

import click

from cockpit.briefings import brief, day_of, open_desk
from cockpit.cli.export_towns import asked_selection, filters_option
from cockpit.cli.options import Output, dataset_option, language_option, leaves, told
from cockpit.exports.tables import write_xlsx
from cockpit.exports.visits import visits_sheet
from cockpit.vocabulary import Language


@click.command("visits")
@click.argument("output", type=Output(".xlsx"))
@click.option("--period", default="", help="Full year 2025, or year to date 2026-09. [default: the dataset's]")
@filters_option
@dataset_option
@language_option
@told
def command(output: BinaryIO, period: str, filters: tuple[str, ...], dataset: str, lang: Language) -> None:
    """Write how many towns each prefecture has to OUTPUT, .xlsx; `-` is standard output."""
    desk = open_desk(dataset)
    selection = asked_selection(desk, period, filters)
    sheet = visits_sheet(brief(desk, selection, day_of(desk.dataset.name)), desk, lang)
    content = write_xlsx(sheet)
    asked = {"period": selection.period, "filter": list(filters)}
    leaves("export visits", dataset=desk.dataset.key, filters=asked, rows=len(sheet.rows), bytes=len(content))
    output.write(content)
''',
    )
    copy.replace(
        "cockpit/cli/export.py", '_KINDS: Final = (_TOWNS, "pack")', '_KINDS: Final = (_TOWNS, "pack", "visits")'
    )
    copy.replace(
        "tests/access/test_every_door.py",
        '    "export towns": "shell",\n',
        '    "export towns": "shell",\n    "export visits": "shell",\n',
    )
    copy.run("", "-m", "cockpit", "export", "visits", "visits.xlsx", "--filter", "class=finance", "--lang", "en")
    told = copy.run(
        "import openpyxl\n"
        "table, notes = openpyxl.load_workbook('visits.xlsx').worksheets\n"
        "rows = [[cell.value for cell in row] for row in table.iter_rows(min_row=3)]\n"
        "said = dict(row for row in notes.iter_rows(values_only=True) if row[0])\n"
        "print(said['Towns'] == f'{sum(row[1] for row in rows)} / 137', said['Filters'])"
    )
    assert told.split() == ["True", "Finance"]
    copy.ends(
        "Add an export",
        "tests/access/test_every_door.py::test_every_command_has_a_row_and_whatever_writes_says_who",
    )
