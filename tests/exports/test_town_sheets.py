"""Town sheets: one page a town, real text with the figures of the briefing, embedded fonts, a code that scans."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from click.testing import CliRunner
from fontTools.ttLib import TTFont

from cockpit.analysis.briefing import Profile
from cockpit.briefings import open_desk, town_profile
from cockpit.cli import main
from cockpit.datasets import fonts
from cockpit.exports.town_sheets import TEMPLATE, lacking, sheet_data, town_sheets, unset_signs
from cockpit.exports.typesetting import TypesettingError, typeset
from cockpit.phrases import say
from cockpit.vocabulary import Language, Text
from cockpit.wording.profile import face

pytestmark = pytest.mark.many

DAY = date(2026, 11, 23)
URL = "https://cockpit.example"
DPI = 150


def profiles(name: str, codes: Sequence[str] = ()) -> list[Profile]:
    desk = open_desk(name)
    return [town_profile(desk, code, DAY) for code in (codes or desk.cube.towns)]


def text_of(pdf: bytes, page: int = 0) -> str:
    """The text of a page without the line breaks and blanks setting brings in."""
    with pypdfium2.PdfDocument(pdf) as document:
        return re.sub(r"\s+", "", document[page].get_textpage().get_text_range())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.long
@pytest.mark.parametrize(("name", "language"), [("demo", "zh"), ("public", "en")])
def test_a_batch_is_a_cover_and_one_page_a_town_in_order(name: str, language: Language) -> None:
    towns = profiles(name)
    pdf = town_sheets(towns[::-1], language, URL, "")
    ordered = sorted(towns, key=lambda town: (town.prefecture, re.sub(r"[^0-9]", "", town.code[:9]), town.code))
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == len(towns) + 1
        marks = [(squeezed(mark.get_title()), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert marks == [(squeezed(town.name.say(language)), page) for page, town in enumerate(ordered, start=1)]
    cover = text_of(pdf)
    assert str(len(towns)) in cover
    assert all(squeezed(town.name.say(language))[:6] in cover for town in towns), "long names are broken over lines"
    for page in (1, len(towns) // 2, len(towns)):
        number = say("sheet.page", language, page=page + 1, pages=len(towns) + 1)
        assert ordered[page - 1].code in text_of(pdf, page)
        assert squeezed(number) in text_of(pdf, page)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("name", "code"), [("demo", "D330102A"), ("demo", "D330109A"), ("public", "330681-01")])
def test_a_sheet_says_what_the_briefing_says(name: str, code: str, language: Language) -> None:
    (town,) = profiles(name, [code])
    shown = face(town.for_public(), language, f"{URL}/t/{town.code}")
    text = text_of(town_sheets([town], language, URL))
    wanted = [shown.title, shown.code, shown.status.word, shown.status_count, shown.foot, shown.badge]
    wanted += [fact.number + fact.unit for fact in shown.facts]
    wanted += [part for bar in shown.bars for part in (bar.town, bar.whole, bar.peers)]
    wanted += [matter.head for matter in shown.matters]
    wanted += [number for _, number, _ in (shown.trend.points if shown.trend else ())]
    wanted += [f"{what}{value}" for what, value, _ in shown.reports]
    missing = [part for part in wanted if squeezed(part) not in text]
    # The trend is a picture: its numbers are text of the picture.
    assert not missing


def test_the_code_on_the_page_scans_from_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COCKPIT_PUBLIC_URL", raising=False)
    towns = profiles("demo", ["D330102A", "D330109A", "D331181B"])
    for address, wanted in ((URL, [f"{URL}/t/{town.code}" for town in towns]), ("", [town.code for town in towns])):
        pdf = town_sheets(towns, "zh", address, "")
        with pypdfium2.PdfDocument(pdf) as document:
            for page, expected in enumerate(wanted, start=1):
                picture = document[page].render(scale=DPI / 72, grayscale=True).to_numpy()
                read = zxingcpp.read_barcodes(picture)
                assert [(code.text, code.format) for code in read] == [(expected, zxingcpp.BarcodeFormat.QRCode)]


def test_the_fonts_travel_with_the_file() -> None:
    pdf = town_sheets(profiles("demo", ["D330102A"]), "zh", URL)
    with pypdfium2.PdfDocument(pdf) as document:
        fonts = {item.get_font() for item in document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])}
        assert {font.is_embedded for font in fonts} == {True}
        assert all("NotoSansCJK" in font.get_base_name() for font in fonts)


def test_the_same_towns_and_day_give_the_same_bytes() -> None:
    towns = profiles("demo", ["D330102A", "D330102B"])
    assert town_sheets(towns, "zh", URL, "x") == town_sheets(towns[::-1], "zh", URL, "x")


def test_what_is_too_much_for_a_page_is_made_to_fit() -> None:
    (town,) = profiles("demo", ["D330102A"])
    long = dataclasses.replace(
        town,
        name=Text("浙江省某某市某某县特别特别长的名字小镇" * 3, "A very long name " * 9),
        industry=Text("很长的特色产业" * 6, "A long specialty industry " * 6),
        status=next(item for item in profiles("demo") if item.status.count >= 3).status,
        history=town.history * 4,
    )
    for language in ("zh", "en"):
        pdf = town_sheets([long, town], language, URL)
        with pypdfium2.PdfDocument(pdf) as document:
            assert len(document) == 2
        text = text_of(pdf)
        assert squeezed(long.name.say(language)) in text
        assert squeezed(face(long.for_public(), language, "").foot) in text, "the foot is not pushed off the page"


def test_a_character_the_fonts_lack_is_told() -> None:
    (town,) = profiles("demo", ["D330102A"])
    odd = dataclasses.replace(town, name=Text("𠮷野小镇", "Yoshi"))
    assert lacking(sheet_data([town], "zh")) == ""
    assert lacking(sheet_data([odd], "zh")) == "𠮷"
    assert "字体缺字：U+20BB7" in text_of(town_sheets([odd], "zh")), "by its number: the sign itself is a box"
    assert unset_signs([town, odd], "zh") == {town.code: "𠮷"}


def test_rare_characters_of_places_and_names_are_printed() -> None:
    """峃 stands in the name of a county seat, 溇, 甪, 堽, 䶮 in those of villages: none of them is in GB 2312."""
    (town,) = profiles("demo", ["D330102A"])
    rare = dataclasses.replace(town, name=Text("大峃溇港甪堽喆玥璟䶮小镇", "Daxue"))
    assert lacking(sheet_data([rare], "zh")) == ""
    assert "大峃溇港甪堽喆玥璟䶮小镇" in text_of(town_sheets([rare], "zh"))


def test_every_character_told_to_be_in_the_fonts_is_in_them() -> None:
    for path in fonts.FOLDER.glob("*.otf"):
        known = set(TTFont(path).getBestCmap())
        assert not [sign for sign in fonts.characters() if not sign.isspace() and ord(sign) not in known]


def test_the_command_refuses_a_sheet_with_a_character_it_cannot_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "lacking", lambda text: "𠮷")
    done = CliRunner().invoke(main, ["sheets", "--town", "D330102A", "--dataset", "demo", str(tmp_path / "a.pdf")])
    assert done.exit_code == 2
    assert "U+20BB7" in done.output
    assert "DM-330102-A-8" in done.output
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.long
def test_the_fonts_hold_every_character_of_both_datasets_and_stay_small() -> None:
    for name in ("demo", "public"):
        for language in ("zh", "en"):
            assert lacking(sheet_data(profiles(name), language)) == ""
    assert all(path.stat().st_size < 4e6 for path in fonts.FOLDER.glob("*.otf"))
    assert (fonts.FOLDER / "OFL.txt").exists()


def test_what_cannot_be_set_is_an_error_with_the_words_of_the_typesetter() -> None:
    with pytest.raises(TypesettingError, match="words"):
        typeset(TEMPLATE, fonts.FOLDER, "{}")


def test_inner_facts_are_not_on_paper() -> None:
    (town,) = profiles("demo", ["D330102A"])
    labels = [fact.label.zh for fact in town.facts if not fact.is_public]
    text = text_of(town_sheets([town], "zh", URL))
    assert labels
    assert not [label for label in labels if label in text]


def test_the_command_writes_one_town_or_a_filter_and_tells_a_mistyped_code(tmp_path: object) -> None:
    folder = str(tmp_path)

    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["sheets", *words, "--dataset", "demo"])
        return result.exit_code, result.output

    assert run("--town", "dm 330102 a 8", f"{folder}/one.pdf") == (0, "")
    assert run("--filter", "county=330102", f"{folder}/some.pdf") == (0, "")
    sizes = [len(pypdfium2.PdfDocument(f"{folder}/{name}.pdf")) for name in ("one", "some")]
    assert sizes == [1, 1 + sum(code.startswith("D330102") for code in open_desk("demo").cube.towns)]
    code, told = run("--town", "DM-330102-A-9", f"{folder}/none.pdf")
    assert code == 2
    assert "DM-330102-A-8" in told
