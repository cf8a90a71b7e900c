"""The briefing pack read back by independent readers: the words and digits of the screen, its footnotes, its charts."""

from __future__ import annotations

from typing import Any

import pytest

from cockpit.briefings import gap_parts, open_desk, statement
from cockpit.exports.pack.model import number_format, sheet_value
from cockpit.phrases import say
from cockpit.units import Figure, Scale, figure, percent_figure
from cockpit.wholes import count_word
from cockpit.wording import targets as wording
from cockpit.wording.gap import gap_table
from cockpit.wording.statement import statement_text
from tests.exports.packs import CASES, DAY, as_shown, briefing_of, embedded, made

pytestmark = pytest.mark.many


def tables_of(slide: Any) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows] for shape in slide.shapes if shape.has_table
    ]


def slide_of(case: str, title: str) -> Any:
    """The slide about `title`: its title is what was found, its topic stands below."""

    def topic(slide: Any) -> str:
        below = next((shape.text_frame.text for shape in slide.shapes if shape.name == "Topic"), "")
        return str(below.removeprefix(slide.shapes.title.text))

    return next(
        slide
        for slide in made(case).deck.slides
        if slide.shapes.title.text == title or topic(slide).startswith((f"{title} · ", title))
    )


@pytest.mark.parametrize("case", CASES)
def test_the_nine_targets_read_as_on_the_cards_in_all_three(case: str) -> None:
    language, desk = CASES[case][2], made(case).desk
    briefing = briefing_of(case)
    title = say("cards.title", language, year=2025, count=count_word(9, language))
    slides = {row[0]: row for row in tables_of(slide_of(case, title))[0]}
    paper = {row.cells[0].text: [cell.text for cell in row.cells] for row in made(case).document.tables[0].rows}
    sheet = {row[0].value: row for row in made(case).book[title].iter_rows(min_row=6, max_row=14)}
    for card in briefing.cards:
        label = card.indicator.label.say(language)
        figure = wording.value_figure(card.value, card.indicator, language, card.provenance)
        gap = wording.gap_words(card, language, desk.limits)
        assert slides[label][1] == paper[label][1]
        assert gap in slides[label]
        assert gap in paper[label]
        cell = sheet[label][1]
        if card.value is None:
            assert slides[label][1] == say("chain.no_data", language) == cell.value, "missing is said, never zero"
            continue
        assert slides[label][1] == figure.number
        assert as_shown(cell.value, cell.number_format) == figure.number
        assert slides[label][2] == figure.unit == sheet[label][2].value
        if not card.is_part:
            assert any(wording.status_words(card, language) in text for text in slides[label])


@pytest.mark.long
@pytest.mark.parametrize("case", CASES)
def test_every_target_has_its_statement_on_slide_notes_paper_and_sheet(case: str) -> None:
    name, selection, language = CASES[case]
    desk = open_desk(name)
    paper = "\n".join(paragraph.text for paragraph in made(case).document.paragraphs)
    sheet = made(case).book[say("pack.statements", language)]
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=6)}
    for target in desk.register.targets:
        text = statement_text(statement(desk, selection, DAY, target), desk.limits, language)
        label = briefing_of(case).card(target).indicator.label.say(language)
        slide = slide_of(case, label)
        shown = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        spoken = slide.notes_slide.notes_text_frame.text
        for part in (text.verdict, text.why, text.next):
            assert part in shown
            assert part in spoken
            assert part in paper
            assert part in rows[label]


@pytest.mark.long
@pytest.mark.parametrize("case", CASES)
def test_slides_chapters_and_sheets_carry_period_version_provenance_and_mark(case: str) -> None:
    whole, language = made(case), CASES[case][2]
    version = whole.desk.dataset.manifest.version
    mark = whole.pack.simulated
    assert bool(mark) == (case != "public")
    for number, slide in enumerate(whole.deck.slides):
        texts = {shape.name: shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}
        if number:
            assert version in texts["Footnote"]
            assert say("export.period", language) in texts["Footnote"]
            assert say("towns.provenance", language) in texts["Footnote"]
        assert texts.get("Simulated mark", "") == mark
    for section in whole.pack.sections:
        assert any(section.foot in paragraph.text for paragraph in whole.document.paragraphs)
    for page in whole.book.worksheets[1:]:
        assert version in page["A3"].value
        assert mark in page["A1"].value
        assert page.freeze_panes
    running = whole.document.sections[0]
    assert mark in running.header.paragraphs[0].text
    assert version in running.footer.paragraphs[0].text
    assert "NUMPAGES" in running.footer._element.xml


def test_the_gap_in_native_charts_reads_as_on_screen() -> None:
    name, selection, language = CASES["demo"]
    desk = open_desk(name)
    parts = gap_parts(desk, selection, DAY, "total_output_2025")
    assert parts is not None
    table = gap_table(parts, language)
    columns = [
        [(part.name, part.text) for part in table.parts],
        [(row.name, row.text("same")) for row in table.areas],
    ]
    section = next(section for section in made("demo").pack.sections if section.key == "gap")
    charts = [shape.chart for shape in slide_of("demo", section.title).shapes if shape.has_chart]
    assert len(charts) == 2
    for chart, column in zip(charts, columns, strict=True):
        series = chart.plots[0].series[0]
        assert list(chart.plots[0].categories) == [name for name, _ in column]
        own = {int(label.idx.val): label for label in series.data_labels._element.dLbl_lst}
        shown = [
            as_shown(
                value,
                own[at].find("{*}numFmt").get("formatCode") if at in own else series.data_labels.number_format,
            )
            for at, value in enumerate(series.values)
        ]
        assert shown == [text for _, text in column]


@pytest.mark.parametrize("case", CASES)
def test_charts_are_native_hold_their_figures_and_say_them_in_words(case: str) -> None:
    whole = made(case)
    charts = [(shape, shape.chart) for slide in whole.deck.slides for shape in slide.shapes if shape.has_chart]
    given = [chart for section in whole.pack.sections for chart in section.charts]
    assert len(charts) == len(list(embedded(whole.pptx))) >= 7
    assert sum(len(page._charts) for page in whole.book.worksheets) == len(given)
    by_title = {chart.title[:60]: chart for chart in given}
    for shape, chart in charts:
        source = by_title[shape.name]
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr") == source.alt
        for series, told in zip(chart.plots[0].series, source.series, strict=True):
            expected = tuple(None if value is None else sheet_value(value) for value in told.values)
            assert tuple(series.values) == pytest.approx(expected) if None not in expected else True
            assert [value is None for value in series.values] == [value is None for value in expected]
    pictures = whole.document.inline_shapes
    assert all(picture._inline.docPr.get("descr") for picture in pictures)
    assert len(pictures) == sum(len(section.pictures) for section in whole.pack.sections)
    # What Excel has no chart for stands there as a picture, on the sheet of its section.
    plates = [section for section in whole.pack.sections if section.plate]
    assert all(section.pictures for section in plates)
    assert sum(len(page._images) for page in whole.book.worksheets) == len(plates)


def test_no_two_slides_have_one_title() -> None:
    titles = [slide.shapes.title.text for slide in made("demo").deck.slides]
    assert len(set(titles)) == len(titles)


def test_the_chain_is_drawn_for_paper_with_names_in_their_boxes_and_a_legend() -> None:
    section = next(section for section in made("demo").pack.sections if section.key == "chain")
    assert section.plate is not None
    layers = section.pictures[0]().spec["layer"]
    shapes, names = (layer["data"]["values"] for layer in layers)
    kinds = [shape["geometry"]["type"] for shape in shapes]
    assert kinds.count("MultiPolygon") == len(section.plate.keys) + sum(bool(form.fill) for form in section.plate.forms)
    assert kinds.count("MultiLineString") == sum(not form.fill for form in section.plate.forms) > 0
    told = [" ".join(name["text"]) for name in names]
    assert told[-len(section.plate.keys) :] == [word for _, word in section.plate.keys]
    assert all(name["size"] <= 13 for name in names)


@pytest.mark.long
@pytest.mark.parametrize("case", CASES)
def test_heads_of_paper_tables_repeat_and_no_cell_anywhere_is_a_formula(case: str) -> None:
    whole = made(case)
    for table in whole.document.tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert "w:cantSplit" in table.rows[-1]._tr.xml
    for book in (whole.book, *embedded(whole.pptx)):
        for page in book.worksheets:
            assert not [cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.long
def test_public_packs_hold_no_simulated_figure_and_say_what_is_missing() -> None:
    whole = made("public")
    texts = [cell for slide in whole.deck.slides for table in tables_of(slide) for row in table for cell in row]
    texts += [paragraph.text for paragraph in whole.document.paragraphs]
    assert not [text for text in texts if "imulated" in text]
    keys = {section.key: section for section in whole.pack.sections}
    assert not keys["vitality"].tables
    assert not keys["per_mu"].tables
    assert "no town's returns are enough" in keys["vitality"].lead


def test_the_workbook_lists_every_selected_town_and_leaves_what_was_not_reported_empty() -> None:
    sheet = made("demo").book[say("towns.title", "zh")]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5) if row[1].value]
    heads = rows[0]
    assert len(rows) - 1 == len(briefing_of("demo").towns)
    assert "总产出（亿元）" in heads
    column = [row[heads.index("总产出（亿元）")] for row in rows[1:]]
    assert None in column
    assert 0 not in column


@pytest.mark.parametrize(
    ("figure", "text", "expected", "code"),
    [
        (figure(2.4178e12, "yuan", "zh"), "2.418", 2.4178, "0.000"),
        (percent_figure(0.741), "74.1", 74.1, "0.0"),
        (Figure(-8.2e10, "亿元", 1e8, is_signed=True), "−820", -820.0, '+0;"−"0;0'),
        (Figure(-8.2e10, "亿元", 1e8), "−820", -820.0, '0;"−"0'),
        (figure(4127.0, "count", "en"), "4,127", 4127.0, "#,##0"),
        (Figure(0.0, is_signed=True), "0", 0.0, '+0;"−"0;0'),
        (Figure(-0.04, decimals=1, is_signed=True), "0.0", 0.0, '+0.0;"−"0.0;0.0'),
        # A spreadsheet rounds half up, the screen to even: then the digits shown are stored.
        (Figure(0.125, decimals=2), "0.12", 0.12, "0.00"),
        # The step is known, not guessed from the size: 9999.6 yuan in ten thousands.
        (Figure(9999.6, "万元", 1e4, 2), "1.00", 0.99996, "0.00"),
    ],
)
def test_a_figure_keeps_its_digits_and_reads_as_its_text(figure: Figure, text: str, expected: float, code: str) -> None:
    assert figure.number == text
    assert number_format(figure) == code
    assert sheet_value(figure) == pytest.approx(expected)
    assert as_shown(sheet_value(figure) or 0.0, code) == text


def test_no_figure_is_no_number() -> None:
    assert sheet_value(Figure(None)) is None
    assert Scale().figure(float("nan")).number == "—"
