"""What an offer must meet; each criterion not met is told with what is needed and what is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianzao.base.messages import _

from .need import Envelope, Need, Offer, Pieces
from .taxonomy import Taxonomy
from .tolerance import grades_finer


class Criterion(StrEnum):
    PROCESS = "process"
    MATERIAL = "material"
    ENVELOPE = "envelope"
    MASS = "mass"
    TOLERANCE = "tolerance"
    CERTIFICATE = "certificate"
    QUANTITY = "quantity"
    RECORD = "record"
    SPEED = "speed"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class Failure:
    """`text` is a template filled by `needed` and `offered`."""

    criterion: Criterion
    text: str
    needed: str
    offered: str


_TEXTS = {
    Criterion.PROCESS: _("The process {needed} is needed; offered: {offered}."),
    Criterion.MATERIAL: _("The material {needed} is needed; offered: {offered}."),
    Criterion.ENVELOPE: _("The piece measures {needed}; offered are up to {offered}."),
    Criterion.MASS: _("The piece weighs {needed}; offered are up to {offered}."),
    Criterion.TOLERANCE: _("The tolerance {needed} is needed; the finest offered is {offered}."),
    Criterion.QUANTITY: _("{needed} pieces are needed; offered are {offered}."),
}
_INCOMPARABLE = _("The tolerance {needed} cannot be compared with {offered}, since the nominal size is not given.")
_NO_CERTIFICATE = _("The certificate {needed} is needed; there is none.")
_EXPIRED = _("The certificate {needed} is needed; it ended on {offered}.")
NOT_STATED = "—"


class Judge:
    """Checks offers against one need, of which the taxonomy is asked only once."""

    def __init__(self, need: Need, taxonomy: Taxonomy, today: date) -> None:
        self._need = need
        self._today = today
        self._processes = taxonomy.processes_for(need.process)
        self._materials = taxonomy.materials_for(need.material) if need.material else frozenset[str]()
        self._edges = sorted(need.envelope or ())

    def failures(self, offer: Offer) -> tuple[Failure, ...]:
        return (*self._kind(offer), *self._bounds(offer), *self._tolerance(offer), *self._certificates(offer))

    def _kind(self, offer: Offer) -> Iterator[Failure]:
        need = self._need
        if self._processes.isdisjoint(offer.processes):
            yield _failure(Criterion.PROCESS, need.process, _listed(offer.processes))
        if need.material and offer.materials and self._materials.isdisjoint(offer.materials):
            yield _failure(Criterion.MATERIAL, need.material, _listed(offer.materials))

    def _bounds(self, offer: Offer) -> Iterator[Failure]:
        need = self._need
        if need.envelope and offer.envelope and not _fits(self._edges, offer.envelope):
            yield _failure(Criterion.ENVELOPE, edges(need.envelope), edges(offer.envelope))
        if need.mass_kg is not None and offer.max_mass_kg is not None and need.mass_kg > offer.max_mass_kg:
            yield _failure(Criterion.MASS, f"{need.mass_kg:g} kg", f"{offer.max_mass_kg:g} kg")
        if need.quantity and offer.quantity and not _within(need.quantity, offer.quantity):
            yield _failure(Criterion.QUANTITY, span(need.quantity), span(offer.quantity))

    def _tolerance(self, offer: Offer) -> Iterator[Failure]:
        """An offer without one is no offer of any tolerance."""
        need = self._need
        if need.tolerance is None:
            return
        if offer.tolerance is None:
            yield _failure(Criterion.TOLERANCE, str(need.tolerance), NOT_STATED)
        elif (finer := grades_finer(offer.tolerance, need.tolerance, need.nominal_mm)) is None:
            yield Failure(Criterion.TOLERANCE, _INCOMPARABLE, str(need.tolerance), str(offer.tolerance))
        elif finer < 0:
            yield _failure(Criterion.TOLERANCE, str(need.tolerance), str(offer.tolerance))

    def _certificates(self, offer: Offer) -> Iterator[Failure]:
        for kind in sorted(self._need.certificates):
            until = offer.certificates.get(kind)
            if until is None:
                yield Failure(Criterion.CERTIFICATE, _NO_CERTIFICATE, kind, NOT_STATED)
            elif until < self._today:
                yield Failure(Criterion.CERTIFICATE, _EXPIRED, kind, until.isoformat())


def _failure(criterion: Criterion, needed: str, offered: str) -> Failure:
    return Failure(criterion, _TEXTS[criterion], needed, offered)


def _fits(sorted_edges: Sequence[float], room: Envelope) -> bool:
    """In some position with edges parallel to the machine's axes."""
    return all(edge <= most for edge, most in zip(sorted_edges, sorted(room), strict=True))


def _within(needed: Pieces, offered: Pieces) -> bool:
    return offered[0] <= needed[0] and needed[1] <= offered[1]


def edges(envelope: Envelope) -> str:
    return " × ".join(f"{edge:g}" for edge in envelope) + " mm"


def span(pieces: Pieces) -> str:
    return str(pieces[0]) if pieces[0] == pieces[1] else f"{pieces[0]}–{pieces[1]}"


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes)) or NOT_STATED
