"""Who may do what, as a table: verbs down, roles across. The same rows for the page and for the workbook."""

from __future__ import annotations

from cockpit.exports.tables import Sheet, write_xlsx
from cockpit.marks import SIGNS
from cockpit.phrases import say
from cockpit.policy.access_design import AccessDesign
from cockpit.policy.register import load
from cockpit.vocabulary import Language, Shape

MAY = SIGNS[Shape.CIRCLE]


def matrix(design: AccessDesign, language: Language) -> Sheet:
    """One row a verb, one column a role; a blank means no."""

    def said(key: str) -> str:
        return say(f"access.{key}", language)

    roles = tuple(design.roles.values())
    rows = tuple(
        (
            verb.label.say(language),
            *(MAY if verb.id in role.verbs else "" for role in roles),
            verb.reading.say(language),
        )
        for verb in design.verbs.values()
    )
    apart = "、".join(role.label.say(language) for role in roles if role.is_apart)
    return Sheet(
        title=said("matrix"),
        headers=(
            said("verb"),
            *(role.label.say(language) for role in roles),
            said("meaning"),
        ),
        units=("",) * (len(roles) + 2),
        rows=rows,
        notes=(
            (said("origin"), said("origin_own")),
            (said("scope"), said("matrix_scope")),
            (said("apart"), apart),
        ),
        notes_title=said("notes"),
    )


def workbook(language: Language = "zh") -> bytes:
    """The matrix of the records as an Excel file."""
    return write_xlsx(matrix(load().access, language))
