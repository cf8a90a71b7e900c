"""The intake: files as they were sent in, what they hold and every finding out.

May import the ground floor, `policy`, `loading` and the other intake modules. Pure but for the dataset it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from cockpit.datasets.findings import WHERE, Checked, Finding, Remark, Upload, shown
from cockpit.datasets.intake.around import tell_beside
from cockpit.datasets.intake.cells import is_blank
from cockpit.datasets.intake.checks import Against
from cockpit.datasets.intake.checks import check as check_tables
from cockpit.datasets.intake.elements import of_department
from cockpit.datasets.intake.firms import beside_published, firms_before, settle_rows
from cockpit.datasets.intake.gate import judge, other_ending
from cockpit.datasets.intake.header import Notes, severity
from cockpit.datasets.intake.known_towns import Towns
from cockpit.datasets.intake.layout import find_header
from cockpit.datasets.intake.parts import column_number
from cockpit.datasets.intake.places import Places
from cockpit.datasets.intake.reading import Grid, read
from cockpit.datasets.intake.references import hold_against, name_towns
from cockpit.datasets.intake.registers import Registers, check_registers
from cockpit.datasets.intake.tables import read_table
from cockpit.datasets.intake.when import period
from cockpit.datasets.schema import TABLES, Column
from cockpit.datasets.store.firm_files import FIRMS
from cockpit.datasets.store.loading import Dataset
from cockpit.datasets.template.counties import counties_of
from cockpit.datasets.template.sheets import TOWNS, normal
from cockpit.datasets.template.stamp import Stamp, is_ours, is_stamp_sheet, read_stamp, template_version, towns_of
from cockpit.phrases import phrase
from cockpit.policy.elements import STATED
from cockpit.policy.register import Register, load
from cockpit.rights import ALL, Scope
from cockpit.units import Period
from cockpit.vocabulary import PREFECTURES, Provenance, Text

Progress = Callable[[float, Text], None]
# What a file holds: its tables by name, what was found, what stands in its remarks.
_Read = tuple[list[tuple[str, pd.DataFrame]], list[Finding], list[Remark]]
_SEVERITIES: Final = ("refusal", "error", "warning")


def check_uploads(
    uploads: Sequence[Upload],
    dataset: Dataset,
    *,
    as_of: date,
    default_period: str = "",
    seen: Scope = ALL,
    register: Register | None = None,
    progress: Progress | None = None,
) -> Checked:
    """Read and check files against a version of a dataset. Never raises for what stands in a file.

    Args:
        dataset: the current version: its towns are the known ones, its figures the earlier ones.
        as_of: today; periods that end later are refused row by row.
        seen: the towns whoever sends them may see; of any other nothing is told, neither name nor earlier figure.
        default_period: period of files that neither hold a period nor a template's stamp, e.g. `2026-09`.
        progress: told (share done, step) as the work goes on.

    Raises:
        CockpitError: `default_period` is not a period.
    """
    register = register or load()
    say = progress or (lambda share, step: None)
    full, dataset = dataset, _seen(dataset, seen)
    towns = known_towns(dataset, str(Period.parse(default_period)) if default_period else "")
    reads: list[_Read] = []
    brought = 0  # the last file that brought towns
    for at, upload in enumerate(uploads):
        say(0.8 * at / len(uploads), phrase("intake.step.open"))
        reads.append(_check_file(upload, dataset, towns, register, say, at / len(uploads), 0.8 / len(uploads)))
        for name, frame in reads[-1][0]:
            if name == TOWNS:
                towns, brought = towns.with_new(frame), at
    for at, upload in enumerate(uploads[:brought]):  # a file may speak of towns that come in one after it
        reads[at] = _check_file(upload, dataset, towns, register, lambda share, step: None, 0, 0)
    found = [finding for _, told, _ in reads for finding in told]
    remarks = [remark for *_, said in reads for remark in said]
    read_tables: dict[str, list[pd.DataFrame]] = {}
    for name, frame in (item for frames, *_ in reads for item in frames):
        read_tables.setdefault(name, []).append(frame)
    say(0.8, phrase("intake.step.compare"))
    joined = {
        name: pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
        for name, frames in read_tables.items()
    }
    called = {code: towns.name(code) for code in towns.names}
    elements = {kind.table: dataset.table(kind.table) for kind in register.elements.kinds.values()}
    everywhere = {name: full.table(name) for name in elements}
    against = Against(register, called, dataset.table("returns"), dataset.table("land"), as_of, elements, everywhere,
                      frozenset(full.towns["town_code"].astype(str)), _places_said(full, dataset, towns))  # fmt: skip
    limit = register.intake.limit("findings")
    before, firms_told = firms_before(joined, dataset, limit, is_scoped=full is not dataset)
    joined, more = check_registers(joined, Registers.of(dataset), as_of, limit)
    tables, withdrawn, told = check_tables(joined, against)
    told += more + firms_told
    if FIRMS in tables:
        firms, more = beside_published(tables[FIRMS], before, dataset, called, register.intake)
        withdrawn, told = pd.concat([withdrawn, firms], ignore_index=True), told + more
    provenance = Provenance.SIMULATED if dataset.manifest.is_simulated else Provenance.SUBMITTED
    whole = {name: _declared(name, frame, provenance) for name, frame in tables.items()}
    say(1.0, phrase("intake.step.done"))
    names = tuple(upload.name for upload in uploads)
    findings = tuple(sorted(found + told, key=lambda finding: _place(names, finding)))
    return Checked(names, whole, findings, withdrawn, tuple(remarks))


def _places_said(full: Dataset, dataset: Dataset, towns: Towns) -> Places:
    """What elements may name: every town, whoever sees it, and those the files bring."""
    every = towns if full is dataset else known_towns(full)
    return Places.of(full, dataset, {**every.codes, **towns.codes}, every.shared)


def _seen(dataset: Dataset, seen: Scope) -> Dataset:
    """A version as if it held the towns of a scope only; itself for the whole province."""
    if seen.is_all:
        return dataset
    towns = dataset.table(TOWNS)
    pairs = zip(towns["town_code"].astype(str), towns["county_adcode"].astype(str), strict=True)
    codes = {code for code, county in pairs if seen.holds(code, county)}
    frames = {
        name: frame[frame["town_code"].astype(str).isin(codes)] if "town_code" in frame else frame
        for name, frame in dataset.frames.items()
    }
    return replace(dataset, frames=frames)


def known_towns(dataset: Dataset, default_period: str = "") -> Towns:
    """Codes, names and aliases of a dataset's towns; a name that two towns share stands for neither."""
    frame = dataset.table("towns")
    names = dict(zip(frame["town_code"].astype(str), frame["name_zh"].astype(str), strict=True))
    codes: dict[str, str] = {}
    bearers: dict[str, set[str]] = {}
    for column in ("name_zh", "name_en", "alias"):
        for code, name in zip(frame["town_code"].astype(str), frame[column], strict=True):
            if is_blank(name) or name is pd.NA:
                continue
            codes[normal(name)] = code
            bearers.setdefault(normal(name), set()).add(code)
    english = dict(zip(names, frame["name_en"].astype(str), strict=True))
    shared = {name: frozenset(found) for name, found in bearers.items() if len(found) > 1}
    by_name = {name: code for name, code in codes.items() if name not in shared}
    counties = counties_of(dataset)
    return Towns(
        names, by_name, default_period, english=english, places=_places(dataset), counties=counties, shared=shared
    )


@lru_cache(maxsize=4)
def _places(dataset: Dataset) -> Mapping[str, tuple[frozenset[str], Text]]:
    """Town -> every spelling of its county, of earlier years too, and of its prefecture; and the county's name."""
    counties = counties_of(dataset)
    spellings: dict[str, set[str]] = {code: set() for code in counties.labels}
    for word, (code, _) in counties.places.items():
        spellings[code].add(word)
    for word in counties.former:
        for code in counties.codes_of(word):
            spellings.get(code, set()).add(word)
    found = {}
    for town, code, above in dataset.towns[["town_code", "county_adcode", "prefecture_adcode"]].astype(str).values:
        city = PREFECTURES[above]
        around = {normal(word) for word in (above, city.zh, city.en, f"{city.zh}市", f"浙江省{city.zh}市")}
        label = Text(f"{city.zh}市{counties.labels[code].zh}", f"{counties.labels[code].en}, {city.en}")
        found[town] = (frozenset(spellings[code] | around), label)
    return found


def _check_file(
    upload: Upload, dataset: Dataset, towns: Towns, register: Register, say: Progress, start: float, width: float
) -> _Read:
    design = register.intake
    kind = judge(upload, design)
    if isinstance(kind, Finding):
        return [], [kind], []
    found: list[Finding] = [told] if (told := other_ending(upload, kind)) else []
    frames: list[tuple[str, pd.DataFrame]] = []
    grids: list[Grid] = []
    for grid in read(upload, kind, design, towns.names.keys() | towns.codes.keys()):
        if isinstance(grid, Finding):
            found.append(grid)
        else:
            grids.append(grid)
    if any(finding.severity == "refusal" and not finding.sheet for finding in found):
        return [], found, []
    stamps = [read_stamp(grid.rows) for grid in grids if is_stamp_sheet(grid.title)]
    remarks: list[Remark] = []
    stamp = next((stamp for stamp in stamps if stamp.version or stamp.period), Stamp())
    towns = _within(towns, stamp, dataset)
    if stamp.version and stamp.version != template_version():
        values = {"current": template_version()}
        found.append(Finding(upload.name, "", "", stamp.version, "old_template", severity("old_template"), values))
    recognised = 0
    # New towns first: the other sheets may speak of them.
    titles = {normal(word) for word in (TOWNS, *phrase(f"intake.sheet.{TOWNS}"))}
    for at, grid in enumerate(sorted(grids, key=lambda grid: normal(grid.title) not in titles)):
        notes = Notes(grid, design.limit("findings"))
        if is_stamp_sheet(grid.title) and is_ours(grid.rows):
            if read_stamp(grid.rows).version:
                tell_beside(grid, notes)
            found += notes.close()
            continue
        title = phrase("intake.step.read")
        name = grid.title
        say(start + width * at / len(grids), Text(title.zh.format(sheet=name), title.en.format(sheet=name)))
        header = find_header(grid, notes)
        if header is None:
            if any(not is_blank(cell) for row in grid.rows for cell in row) and len(grids) > 1:
                notes.add("unknown_sheet")
            found += notes.close()
            continue
        recognised += 1
        frame = settle_rows(read_table(grid, header, towns, notes), header, notes)
        if header.kind.table == STATED and stamp.checker in register.elements.departments:
            frame = of_department(frame, stamp.checker, register.elements, notes)
        hold_against(dataset, grid, header, frame, towns, notes)
        name_towns(header, grid, towns, notes)
        remarks += notes.remarks
        if len(frame):
            frames.append((header.kind.table, frame))
            towns = towns.with_new(frame) if header.kind.table == TOWNS else towns
        found += notes.close()
    is_refused = any(finding.severity == "refusal" for finding in found)
    if not recognised and not is_refused:  # what a sheet that was refused holds nobody knows
        found.append(Finding(upload.name, "", "", "", "no_table", "error"))
    elif recognised and not frames and not any(finding.severity != "warning" for finding in found):
        found.append(Finding(upload.name, "", "", "", "empty_template", "error"))
    return frames, found, remarks


def _within(towns: Towns, stamp: Stamp, dataset: Dataset) -> Towns:
    given = period(stamp.period)[0] if stamp.period else None
    scope = frozenset(towns_of(dataset, stamp.scope)["town_code"].astype(str)) if stamp.scope else frozenset()
    return replace(towns, period=given or towns.period, stamped=given or "", codes_in_scope=scope)


def _declared(name: str, frame: pd.DataFrame, provenance: Provenance) -> pd.DataFrame:
    """The columns the schema declares, in its order and types, and where each row was written."""
    columns = {column.name: _typed(column, frame, provenance) for column in TABLES[name].columns}
    return pd.DataFrame({**columns, **{where: frame[where] for where in WHERE}}).reset_index(drop=True)


def _typed(column: Column, frame: pd.DataFrame, provenance: Provenance) -> pd.Series:
    if column.name == "provenance":
        return pd.Series(str(provenance), index=frame.index, dtype="object")
    if column.name not in frame:
        return pd.Series(None, index=frame.index, dtype="object")
    if column.kind == "number":
        return pd.to_numeric(frame[column.name])
    if column.kind == "integer":
        return frame[column.name].astype("Int64")
    values: pd.Series = frame[column.name].astype("object")
    return values.where(values.notna(), None)


def _place(names: tuple[str, ...], finding: Finding) -> tuple[Any, ...]:
    """File, sheet, severity, row, column: the order in which people mend."""
    corner = finding.cell.split(":")[0]
    letters, digits = "".join(filter(str.isalpha, corner)), "".join(filter(str.isdigit, corner))
    order = names.index(finding.file) if finding.file in names else len(names)
    return (
        order,
        finding.sheet,
        int(digits or 0),
        column_number(letters),
        _SEVERITIES.index(finding.severity),
        shown(finding.rule),
    )
