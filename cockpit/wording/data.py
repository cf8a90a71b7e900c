"""The data desk in words: faults of publishing in the reader's language, files, times, names of figures.

Pure; may import datasets, policy and the ground floor. What `DatasetError` says is for logs and terminals, in English;
a screen shows it by kind, with the place it names.
"""

from __future__ import annotations

from collections.abc import Callable

from cockpit.acting import ActRefused
from cockpit.datasets.publishing.again import Again
from cockpit.datasets.publishing.releases import PublishConflict
from cockpit.datasets.publishing.submissions import Submission
from cockpit.datasets.store.disk import StorageFault
from cockpit.datasets.store.versions import Manifest, NewerSchema, number_of
from cockpit.datasets.template.sheets import Field, sheet_kinds
from cockpit.errors import CockpitError, DatasetError, RecordError
from cockpit.phrases import keys, say
from cockpit.policy.register import Register
from cockpit.units import figure, percent, points_figure
from cockpit.vocabulary import LAND_TYPES, Language

_TIMES = 10  # from here on a rise reads better as a multiple than in per cent
# Beginning of the fault -> sentence.
_KINDS: dict[str, str] = {
    "somebody else is publishing": "busy",
    "the submission is": "closed_already",
    "file is missing": "damaged",
    "file differs": "damaged",
    "manifest is": "damaged",
    "accepted values": "damaged",
    "record is damaged": "damaged",
}


def day(stamp: str) -> str:
    """ISO time -> `2026-11-23 15:10`."""
    return stamp[:16].replace("T", " ")


def fault(error: DatasetError, language: Language) -> str:
    """Why something was not done, and what to do, in one or two sentences."""
    if isinstance(error, ActRefused):
        return error.say(language)
    if isinstance(error, PublishConflict):
        number = number_of(error.current)
        if not error.by:
            return say("data.fault.conflict_unknown", language, number=number)
        return say("data.fault.conflict", language, who=error.by, when=day(error.at), number=number)
    if isinstance(error, NewerSchema):
        kind = "newer"
    elif isinstance(error, StorageFault):
        kind = "full" if "full" in error.what else "closed" if "written" in error.what else "other"
    else:
        kind = next((kind for start, kind in _KINDS.items() if error.what.startswith(start)), "other")
        kind = "current_already" if "is current already" in error.what else kind
    return say(f"data.fault.{kind}", language, where=error.where)


def again(found: Again, language: Language, free: Callable[[str], str] = str) -> str:
    """That a file was submitted before: when, by whom, and what became of it."""
    first = found.first
    state = say(f"data.state.{first.state}", language)
    told = {"file": free(found.file), "when": day(first.submitted_at), "who": first.submitted_by, "state": state}
    return say("data.again", language, **told)


def unreadable(error: CockpitError, language: Language) -> str:
    """Why nothing can be shown, in the reader's language with the file's name; what exactly is wrong is for logs."""
    kind = "file"
    if isinstance(error, RecordError):
        kind = "record"
    elif isinstance(error, NewerSchema):
        kind = "newer"
    elif error.what.startswith("unknown dataset"):
        kind = "setting"
    elif error.what.startswith(("no current version", "no version")):
        kind = "none"
    # The place stands in back-quotes of a notice, which is Markdown.
    return say(f"fault.load.{kind}", language, where=error.where.replace("`", "") or "?")


def told_of(manifest: Manifest, language: Language) -> tuple[str, str]:
    """Who published a version and why. The shipped ones were made by tools and say so in the reader's language."""
    if manifest.submission is None and manifest.published_by.startswith("tools/"):
        kind = "demo" if manifest.is_simulated else "public"
        return say("data.shipped", language), say(f"data.shipped_{kind}", language)
    if language == "en" and manifest.submission is None and manifest.published_by == say("data.demo_actor", "zh"):
        key = f"data.demo_note_{manifest.number}"
        return say("data.demo_actor", language), say(key, language) if key in keys() else manifest.note
    return manifest.published_by, manifest.note


def files(delivery: Submission, language: Language, free: Callable[[str], str]) -> str:
    """Names of its files, each as a reader may meet it."""
    return ("、" if language == "zh" else ", ").join(free(file.name) for file in delivery.files)


def indicator_name(register: Register, name: str, language: Language) -> str:
    """Label of an indicator; land that no indicator stands for goes by its type, a firm's figure by its code too."""
    if field := _firm_field(name):
        return f"{name.rpartition('.')[0]} {field.label.say(language)}"
    if name in register.indicators:
        return register.indicators[name].label.say(language)
    return LAND_TYPES[name].say(language) if name in LAND_TYPES else name


def change(register: Register, name: str, before: float | None, after: float | None, language: Language) -> str:
    """By how much a figure changes: per cent, shares in points, a word for one that was not there."""
    if before is None or before != before:
        return say("data.change_new", language)
    if after is None or after != after:
        return "—"
    if name in register.indicators and register.indicators[name].unit == "share":
        return say("data.change_points", language, points=points_figure(after - before).number)
    if not before:
        return "—"
    if after / before >= _TIMES:
        return say("data.change_times", language, times=f"{after / before:,.0f}")
    return percent(after / before - 1, signed=True)


def amount(register: Register, name: str, value: float | None, language: Language, step: float | None = None) -> str:
    """A figure in people's units; a dash where there is none. `step` forces that of money (1e8 for 亿)."""
    if value is None or value != value:
        return "—"
    if field := _firm_field(name):
        return str(figure(value, field.unit, language, counter=field.unit_text))
    indicator = register.indicators.get(name)
    unit, counter = (indicator.unit, indicator.counter) if indicator else ("mu", None)
    return str(figure(value, unit, language, counter=counter, scale=step))


def _firm_field(name: str) -> Field | None:
    """The column of firms a figure stands in that is called `F03516.revenue_yuan`; None for any other figure."""
    code, _, column = name.rpartition(".")
    firms = next(kind for kind in sheet_kinds() if kind.table == "firms")
    return next((field for field in firms.fields if code and field.name == column), None)
