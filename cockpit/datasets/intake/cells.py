"""One cell at a time: what people write into what is stored, and what has to be said about it.

Imports the ground floor, the template's sheets and `headings`. Pure. Every function returns (value, rule, values of
the sentence): no value and no rule means the cell is empty; a value with a rule was understood and is worth a warning.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from cockpit.datasets.findings import Shown, shown
from cockpit.datasets.intake.headings import is_unit_of, named, unit_word
from cockpit.datasets.template.sheets import UNITS, Field, normal
from cockpit.phrases import phrase
from cockpit.policy.register import load
from cockpit.texts import half_width, visible
from cockpit.units import WRITTEN_UNITS, to_base
from cockpit.vocabulary import Text

Outcome = tuple[Any, str, Mapping[str, object]]
NOTHING: Final[Mapping[str, object]] = {}
EMPTY: Final[Outcome] = (None, "", NOTHING)
# Words that say a figure is not there; it stays missing and never becomes zero.
_BLANK_WORDS: Final = frozenset(
    {"-", "--", "—", "——", "/", "\\", "无", "暂无", "暂无数据", "未报", "缺", "n/a", "na", "null", "none", "nan"}
)
_YES: Final = frozenset({"是", "有", "y", "yes", "true", "1", "1.0", "√", "✓", "✔"})
_NO: Final = frozenset({"否", "无", "没有", "n", "no", "false", "0", "0.0", "×", "✗", "x"})
# Digits are those of ASCII everywhere: to Unicode ² and the figures of other scripts are digits too.
_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_POWERS: Final = frozenset("eE")
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?|[+-]?\d{1,3}( \d{3})+(\.\d+)?", re.ASCII)
_WITH_UNIT: Final = re.compile(r"([+-]?[\d,]+(?:\.\d+)?)\s*([^\d\s.,]+)", re.ASCII)
# Marks of footnotes: circled, bracketed and raised figures, stars.
_MARKS: Final = re.compile(r"[①-⓿❶-➓⁰¹²³⁴-⁾₀-₎*＊※†‡#]+$|[\[(（〔【]注?\d{1,2}[\])）〕】]$")
# Excel shows long codes like this and keeps fifteen digits of them.
_POWER_OF_TEN: Final = re.compile(r"\d(\.\d+)?[eE]\+\d{2,3}", re.ASCII)
_EXACT_DIGITS: Final = 1e15


# Stands for a published figure that is to be taken back.
TAKEN_BACK: Final = object()
_TAKE_BACK_WORDS: Final = frozenset(normal(word) for word in (*phrase("intake.withdraw"), "撤销", "withdrawn"))
_LONGEST_TAKE_BACK_WORD: Final = 2 * max(map(len, _TAKE_BACK_WORDS))
# What people write who mean it: 作废, 已撤回, 撤回：误报, deleted.
_MEANS_TAKE_BACK: Final = re.compile(
    r"撤|作废|废[止除]|取消|删|收回|召回|注销|清[除空]|作罢|无效|(?i:withdr|delet|cancel|remov|void|revok|retract|discard|invalid)"
)
_LONGEST_TAKE_BACK: Final = 40


def fold(text: str) -> str:
    """Half-width, typographic minus as a hyphen, without surrounding space and what nobody sees; what is no width
    stays."""
    return half_width(visible(text)).strip()


def is_blank(value: object) -> bool:
    return (
        value is None
        or (isinstance(value, str) and not value.strip())
        or (isinstance(value, float) and math.isnan(value))
    )


def says_something(row: Sequence[object]) -> bool:
    """Whether any cell of a row is not blank."""
    if row and row[0].__class__ is str and row[0] and not row[0].isspace():
        return True  # as almost all do
    return any(cell != "" and not is_blank(cell) for cell in row)


def nearest(word: str, known: Iterable[str]) -> str:
    """The word that is spelt most like another, "" when none is."""
    return next(iter(difflib.get_close_matches(word, list(dict.fromkeys(known)), n=1, cutoff=0.6)), "")


def hint(word: str, known: Iterable[str]) -> Text:
    """Did-you-mean in both languages, empty when nothing is near."""
    near = nearest(word, known)
    said = phrase("intake.did_you_mean") if near else Text("", "")
    return Text(said.zh.format(near=near), said.en.format(near=near))


def strange_name(word: str, known: Iterable[str]) -> tuple[str, Mapping[str, object]]:
    """(rule, values) of a column's or an indicator's name that is none of those known: of another measure, which is no
    slip of the pen for the one it is named after, else `misspelt` or `unknown`."""
    near = nearest(word, known)
    if kind := load().intake.other_measure(word, near):
        return "other_measure", {"kind": kind.label}
    return ("misspelt", {"hint": hint(near, [near])}) if near else ("unknown", {})


def may_take_back(value: object) -> bool:
    """Whether a cell is short enough for the word that takes back: a look that costs nothing."""
    return isinstance(value, str) and len(value) <= _LONGEST_TAKE_BACK_WORD


def is_taken_back(value: object) -> bool:
    """Whether a cell holds the word that takes back a figure, and nothing else."""
    return isinstance(value, str) and normal(fold(value)) in _TAKE_BACK_WORDS


def is_reason(text: object) -> bool:
    """Whether a remark says why: it has letters, and is neither a word for none nor the word that takes back."""
    folded = fold(str(text))
    says = any(sign.isalpha() for sign in folded) and folded.casefold() not in _BLANK_WORDS
    return says and normal(folded) not in _TAKE_BACK_WORDS


def number(value: object, field: Field, unit: str) -> Outcome:
    """A figure in base unit. `unit` is the written unit of its column, empty for base units."""
    if is_blank(value):
        return EMPTY
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None, "not_number", NOTHING
    rule, values = "", NOTHING
    if isinstance(value, Shown):
        if field.is_value and not field.unit:
            return value, "", NOTHING  # of a long table: read again when its indicator is known
        if fault := _shown_otherwise(value, field, unit):
            return fault
        if value.word:
            rule, values = "shown_with_word", {"word": value.word, "held": f"{float(value):.12g}"}
        unit = "" if value.is_percent else unit
        value = float(value)
    if not isinstance(value, str):
        return _in_base(float(value), field, unit, rule, values)
    text = fold(value)
    if text.casefold() in _BLANK_WORDS:
        return None, "blank_word", NOTHING
    if (field.is_value or field.unit) and is_taken_back(text):
        return TAKEN_BACK, "", NOTHING
    figure, rule = digits(value)
    if figure is None and (match := _WITH_UNIT.fullmatch(text)) and _fits(unit_word(match[2]), field):
        figure, rule, unit = digits(match[1].replace(",", ""))[0], "unit_in_cell", unit_word(match[2])
        values = {"unit": UNITS.get(unit, Text(unit, unit))}
    if figure is None:
        return None, "not_number" if rule == "unit_in_cell" else _not_number(text, field), NOTHING
    if rule == "power_of_ten":
        values = {"held": f"{figure:,.12g}"}
    return _in_base(figure, field, unit, rule, values)


def digits(written: str) -> tuple[float | None, str]:
    """The number a text is, the one way of reading digits, and how they are written: `full_width`, `thousands`,
    `power_of_ten`, "" for plainly. None for what is none: digits are those of ASCII and their full-width forms."""
    text = fold(written)
    if _NUMBER.fullmatch(text):
        rule = "power_of_ten" if _POWERS & set(text) else "full_width" if text != written.strip() else ""
        return float(text), rule
    if _THOUSANDS.fullmatch(text):
        return float(text.replace(",", "").replace(" ", "")), "thousands"
    return None, ""


def whole(value: object, field: Field) -> Outcome:
    """A whole number, by the same rules as every figure."""
    read, rule, values = number(value, field, "")
    return (None if read is None else int(read)), rule, values


def _shown_otherwise(value: Shown, field: Field, unit: str) -> Outcome | None:
    """Why a figure cannot be what its cell shows: hidden, a percentage, or a unit that is not the column's."""
    if value.is_other:
        return None, "shown_otherwise", {"held": f"{float(value):.12g}"}
    if value.is_percent:
        return None if field.unit == "share" else (None, "percent_format", NOTHING)
    if field.unit and not is_unit_of(value.text, value.scale, field, unit):
        word = unit or next(word for word, at in WRITTEN_UNITS.items() if at == (field.unit, 1.0))
        return None, "shown_unit", {"unit": UNITS.get(word, Text(word, word))}
    return None


def _in_base(figure: float, field: Field, unit: str, rule: str = "", values: Mapping[str, object] = NOTHING) -> Outcome:
    """A figure of a written unit in base unit, within the field's bounds; `rule` and `values` say how it was read."""
    if not math.isfinite(figure):
        return None, "not_number", NOTHING
    if unit == "%" and rule != "unit_in_cell" and is_fraction(figure):
        return None, "fraction", {"small": f"{figure:.12g}", "large": f"{figure * 100:.12g}"}
    base = to_base(figure, unit)[0] if unit in WRITTEN_UNITS else figure
    low, high = field.minimum, field.maximum
    if field.kind == "integer" and base < 0:
        return None, "negative", NOTHING
    if (low is not None and base < low) or (high is not None and base > high):
        return None, "out_of_range" if unit or field.unit_text.zh else "out_of_bounds", _bounds(field, unit)
    if field.is_whole and not base.is_integer():
        return None, "not_whole", NOTHING
    return base, rule, values


def _bounds(field: Field, unit: str) -> Mapping[str, object]:
    """What a figure may be, in the unit as people think of it; an end that is not bounded is far away."""
    unit = unit or field.written
    factor = WRITTEN_UNITS[unit][1] if unit in WRITTEN_UNITS else 1.0
    ends = {"low": field.minimum or 0, "high": math.inf if field.maximum is None else field.maximum}
    said = {name: f"{end / factor:,.12g}" if math.isfinite(end) else "∞" for name, end in ends.items()}
    return {**said, "unit": field.unit_text if unit in ("", field.written) else UNITS.get(unit, Text(unit, unit))}


def is_fraction(figure: Any) -> Any:
    """Whether a figure, or each of an array, may be a share of one in a column of percentages: 0.389 for 38.9%."""
    return (figure > 0) & (figure <= 1)


def _not_number(text: str, field: Field) -> str:
    """Why a text is no figure: it would be one without the mark of a footnote, or it is something else."""
    if (field.is_value or field.unit) and len(text) <= _LONGEST_TAKE_BACK and _MEANS_TAKE_BACK.search(text):
        return "withdrawal_words"
    bare = _MARKS.sub("", text).strip()
    return "footnote_mark" if bare != text and bare[-1:].isdigit() and bare[:1] in "+-.0123456789" else "not_number"


def _fits(unit: str, field: Field) -> bool:
    return unit == field.written or (unit in WRITTEN_UNITS and WRITTEN_UNITS[unit][0] == field.unit)


def flag(value: object) -> Outcome:
    if is_blank(value):
        return EMPTY
    text = fold(str(value)).casefold()
    if text in _YES or text in _NO:
        return text in _YES, "", NOTHING
    return None, "not_flag", NOTHING


def word(value: object, field: Field, *, is_hinting: bool = True) -> Outcome:
    """One of the words a column knows; `is_hinting`: look for the nearest when it is none of them."""
    if is_blank(value):
        return EMPTY
    found = field.words.get(normal(value))
    if found is not None:
        return found, "", NOTHING
    if field.name == "indicator" and (said := named(shown(value), field.words)).key in field.words:
        rule = "as_cumulative" if said.is_cumulative else ""
        return field.words[said.key], rule, {"read": phrase("intake.since_january")}
    if fold(str(value)).casefold() in _BLANK_WORDS:
        return None, "blank_word", NOTHING
    known = [text.zh for text in field.options] + [text.en for text in field.options]
    if not is_hinting:
        return None, "not_allowed", {"hint": Text("", "")}
    if field.name in ("indicator", "land_type"):
        rule, values = strange_name(shown(value), field.words)
        if rule == "other_measure":
            return None, rule, values
    return None, "not_allowed", {"hint": hint(shown(value), known or field.words)}


def text(value: object, most: int, *, is_text: bool = False) -> Outcome:
    """A text of at most so many signs; what nobody can see in it is taken out and told. `is_text`: whole numbers of the
    file are exact (CSV, Parquet); a workbook keeps fifteen digits."""
    if is_blank(value):
        return EMPTY
    if isinstance(value, (int, float)) and abs(value) >= _EXACT_DIGITS and not (is_text and isinstance(value, int)):
        return None, "digits_lost", NOTHING
    rule = ""
    if isinstance(value, str) and visible(value) != value:
        value, rule = visible(value), "invisible_signs"
        if is_blank(value):
            return None, rule, NOTHING
    if isinstance(value, str):
        if _POWER_OF_TEN.fullmatch(value.strip()):
            return None, "digits_lost", NOTHING
        if value.isprintable() and "  " not in value:
            return _of_length(value.strip(), most, rule)
    written = shown(value) if isinstance(value, float) else " ".join(str(value).split())
    # What a spreadsheet cannot show has no place in a table either.
    return _of_length("".join(sign for sign in written if sign >= " "), most, rule)


def _of_length(written: str, most: int, rule: str) -> Outcome:
    if len(written) > most:
        return None, "text_too_long", {"length": len(written), "limit": most}
    return written, rule, NOTHING
