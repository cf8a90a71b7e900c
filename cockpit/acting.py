"""Who does something and why: the one value every write takes, and what may be wrong with it.

Ground floor: imports `errors`, `phrases`, `rights`, `texts`, `vocabulary`. An actor carries what he may do, and every
write asks for it here: what a page hides is no protection, for callbacks and dialogs run without the page.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Literal

from cockpit.errors import DatasetError
from cockpit.phrases import say
from cockpit.rights import NO_RIGHTS, Rights
from cockpit.texts import visible
from cockpit.vocabulary import Language, Text

Via = Literal["screen", "command", "account"]
# Takes event, outcome (`begun`, `ok`, `failed`, `refused`), what it was done to, and counts and codes.
Recorder = Callable[[str, str, str, Mapping[str, object]], None]


@dataclass(frozen=True)
class Deed:
    """A kind of act and what it has to say. `id` ends the phrase keys of its fields; `verb` is what it takes to do it;
    `note` names its longest note among the lengths of limits.toml. Of one that `is_many` several forms may stand on a
    page, each with fields of its own."""

    id: str
    verb: str = field(kw_only=True)
    note: str = "reason"
    needs_note: bool = True
    needs_post: bool = False
    is_many: bool = False


SUBMIT: Final = Deed("submit", verb="submit", needs_note=False)
REVIEW: Final = Deed("review", verb="publish")  # publish or reject
ROLL_BACK: Final = Deed("roll_back", verb="roll_back")
FILE_TASK: Final = Deed("file_task", verb="file_task", needs_note=False)
ANSWER_TASK: Final = Deed("answer_task", verb="answer_task", needs_note=False)
VERIFY_TASK: Final = Deed("verify_task", verb="verify_task", needs_note=False)
PLAN: Final = Deed("plan", verb="plan", needs_note=False, is_many=True)
ANSWER_PLAN: Final = Deed("answer_plan", verb="submit", needs_note=False, is_many=True)
FIX_PLAN: Final = Deed("fix_plan", verb="decide", needs_note=False, is_many=True)
DECIDE: Final = Deed("decide", verb="decide", note="basis", needs_post=True)


@dataclass(frozen=True)
class Actor:
    """A person. Name and post stand on one line, without signs nobody sees.

    `via` tells how the name came to us: typed on a screen, given to a command, or signed in with an account. Without
    `rights` he may do nothing.
    """

    name: str
    post: str = field(default="", kw_only=True)
    via: Via = field(kw_only=True)
    rights: Rights = field(default=NO_RIGHTS, kw_only=True)
    # Where his acts are recorded beside what they leave behind; nowhere for the person at his own machine.
    recorder: Recorder | None = field(default=None, kw_only=True, compare=False, repr=False)

    def __post_init__(self) -> None:
        for part in ("name", "post"):
            object.__setattr__(self, part, " ".join(visible(getattr(self, part)).split()))


@dataclass(frozen=True)
class Act:
    """An actor and the reason: note of a version, reason of a rejection or roll-back, basis of a decision."""

    actor: Actor
    note: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "note", visible(self.note).strip())

    @property
    def who(self) -> str:
        """The actor as manifests and logs keep it: post, if any, and name."""
        return f"{self.actor.post} {self.actor.name}".strip()

    def record(self, event: str, about: str, *, outcome: str = "ok", **detail: object) -> None:
        """Put it on the audit record, where there is one."""
        self._tell(event, outcome, about, detail)

    def _tell(self, event: str, outcome: str, about: str, detail: Mapping[str, object]) -> None:
        if self.actor.recorder is not None:
            self.actor.recorder(event, outcome, about, detail)

    @contextmanager
    def doing(self, event: str, about: str, **detail: object) -> Iterator[dict[str, object]]:
        """Do it between two lines of the audit record: `begun` before, how it ended after, `deed` the same in both.

        A program that dies in between leaves the first line, and the record shows that it has no second; where the
        first cannot be written, nothing is done. What is put into the dictionary given is told with the second line,
        its `about` instead of the one before.
        """
        told: dict[str, object] = {}
        deed: dict[str, object] = {"deed": secrets.token_hex(4)}
        self._tell(event, "begun", about, detail | deed)
        try:
            yield told
        except ActRefused as refused:
            self._tell(event, "refused", about, {"why": refused.faults[0].problem} | deed)
            raise
        except Exception as fault:
            self._tell(event, "failed", about, {"why": type(fault).__name__} | deed)
            raise
        self._tell(event, "ok", str(told.pop("about", about)), detail | told | deed)

    def faults(
        self, deed: Deed, length: Callable[[str], int], towns: Iterable[tuple[str, str]] | None = None
    ) -> tuple[Fault, ...]:
        """What is wrong with it for a deed; empty when it may be done.

        Args:
            length: most signs of `who` and of the deed's note, e.g. `load().limits.length`.
            towns: what it is done to, as (town_code, county_adcode); None where it is done to all, or not known yet.
        """
        name, post, rights = f"name.{deed.id}", self.actor.post, self.actor.rights
        if not rights.may(deed.verb):
            return (Fault(name, "no_right"),)
        if towns is not None and not rights.may_at(deed.verb, towns):
            return (Fault(name, "out_of_scope"),)
        # An account says who it is; its holder's post is known with it.
        named = ((name, self.actor.name, True), ("post", post, deed.needs_post and self.actor.via != "account"))
        return (
            *(Fault(part, "empty") for part, text, needed in named if needed and not text),
            *text_faults("who" if post else name, self.who, length("who")),
            *text_faults(f"note.{deed.id}", self.note, length(deed.note), needed=deed.needs_note),
        )


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field: ends of the phrase keys `act.field.*` and `act.fault.*`, and what they tell;
    `value` in both languages where it holds words of ours."""

    field: str
    problem: str
    length: int = 0
    limit: int = 0
    value: str | Text = ""

    def say(self, language: Language) -> str:
        value = self.value.say(language) if isinstance(self.value, Text) else self.value
        told = {"length": self.length, "limit": self.limit, "value": value}
        return say(f"act.fault.{self.problem}", language, field=say(f"act.field.{self.field}", language), **told)


def text_faults(field: str, text: str, most: int, *, needed: bool = False) -> Iterator[Fault]:
    """At most one fault of a text: empty, longer than `most` signs, or nothing that a file or database can keep."""
    if needed and not text.strip():
        yield Fault(field, "empty")
    elif len(text) > most:
        yield Fault(field, "too_long", len(text), most)
    elif "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        yield Fault(field, "not_text")


class ActRefused(DatasetError):
    """It may not be done as it is asked for, and nothing was written; `faults` names every field."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(f"{self.say('zh')} {self.say('en')}")

    def say(self, language: Language) -> str:
        return " ".join(fault.say(language) for fault in self.faults)
