"""What this engine refuses."""

from __future__ import annotations

from collections.abc import Mapping

from lianzao.base.messages import _
from lianzao.base.refusals import Malformed, Refused

from .reasons import Reason


class MalformedFamily(Malformed):
    """The description of a family is not one; `at` is the path to the fault."""

    code = "malformed-family"


class UnknownOption(Refused):
    code = "unknown-option"
    text = _("“{option}” is not an option of this product.")
    hint = _("one of: {options}")


class WrongValue(Refused):
    code = "wrong-option-value"
    text = _("“{value}” cannot be chosen for “{option}”.")


class VoidFamily(Refused):
    """The family's own rules contradict each other: nothing can be configured."""

    code = "void-family"
    text = _("No configuration of this product is possible, since these rules contradict each other: {rules}.")
    hint = _("a change of one of these rules")

    def __init__(self, reason: Reason, *, language: str) -> None:
        self.reason = reason
        super().__init__(at="constraints", rules=reason.rules_in(language))


class ImpossibleConfiguration(Refused):
    """`reason` is minimal: without any one of its choices or rules there would be no conflict.

    `alternatives` says for each choice in it which values would go with the other choices; empty means leaving it out.
    """

    code = "impossible-configuration"
    text = _("These choices cannot be together: {choices}. Rules: {rules}.")
    hint = _("a change of one of them: {alternatives}")

    def __init__(
        self, reason: Reason, alternatives: Mapping[str, tuple[str, ...]], *, at: str, choices: str, language: str
    ) -> None:
        self.reason = reason
        self.alternatives = alternatives
        super().__init__(
            at=at,
            choices=choices,
            rules=reason.rules_in(language) or "—",
            alternatives="; ".join(f"{key}: {', '.join(values) or '—'}" for key, values in alternatives.items()),
        )
