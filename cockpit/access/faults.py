"""What may not be done, in the reader's language. Imports the ground floor."""

from __future__ import annotations

from cockpit.errors import CockpitError
from cockpit.phrases import say
from cockpit.vocabulary import Language


class AccessFault(CockpitError):
    """Something that may not be done, or not so: `reason` ends a phrase key `access.fault.*`, `told` fills it.

    Says nothing a stranger could learn an account from.
    """

    def __init__(self, reason: str, **told: object) -> None:
        self.reason, self.told = reason, told
        super().__init__(f"{self.say('zh')} {self.say('en')}")

    def say(self, language: Language) -> str:
        return say(f"access.fault.{self.reason}", language, **self.told)


class AccessUnavailable(AccessFault):
    """The database cannot be used: nobody is let in."""

    def __init__(self, place: str, reason: str) -> None:
        self.place = place
        super().__init__("unavailable", place=place, why=reason.replace("_", " "))
