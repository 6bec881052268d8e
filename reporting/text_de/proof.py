"""What is proven about a proposal, and why its search ended early."""

from __future__ import annotations

from regionalization.proof import Proof
from regionalization.proposal import Proposal
from reporting.numbers_de import share, whole

BEST = "Dieser Zuschnitt ist nachweislich der beste für diese Vorgaben und Gewichte."
IMPOSSIBLE = "Es gibt nachweislich keinen Zuschnitt, der alle Räume im Einwohnerziel hält."
NO_BOUND = "Ob es einen besseren Zuschnitt gibt, ist nicht bekannt."
SOME_BEST = "{count} von {total} Gebieten sind nachweislich bestmöglich geteilt."
ONE_BEST = "1 von {total} Gebieten ist nachweislich bestmöglich geteilt."
SOME_IMPOSSIBLE = (
    "In {count} von {total} Gebieten gibt es nachweislich keine Teilung, die alle Räume im Einwohnerziel hält."
)
SOME_OPEN = "Für {count} von {total} Gebieten ist nicht bekannt, ob es eine bessere Teilung gibt."
GAP = "Nachgewiesen ist: Kein Zuschnitt ist um mehr als {gap} besser."
STOPPED = {
    "cancel": "Die Suche wurde abgebrochen; gezeigt wird der beste bis dahin gefundene Zuschnitt.",
    "time_limit": "Die Suche hat ihre Zeitgrenze von {seconds} Sekunden erreicht und wurde beendet; gezeigt wird der "
    "beste bis dahin gefundene Zuschnitt. Ein neuer Lauf kann zu einem anderen Zuschnitt führen.",
}


def proof_sentences(proof: Proof | None) -> tuple[str, ...]:
    """What is proven about a plan, in one to three sentences; none without a search.

    A Gebiet is what is divided by itself: a municipality, or a connected piece of it.

    >>> proof_sentences(Proof(optimal=1, infeasible=0, bounded=0, open=0, gap=0.0))
    ('Dieser Zuschnitt ist nachweislich der beste für diese Vorgaben und Gewichte.',)
    >>> proof_sentences(Proof(optimal=3, infeasible=0, bounded=1, open=0, gap=0.0123))[-1]
    'Nachgewiesen ist: Kein Zuschnitt ist um mehr als 1,3\u202f% besser.'
    """
    if proof is None:
        return ()
    total = proof.optimal + proof.infeasible + proof.bounded + proof.open
    if proof.optimal == total:
        return (BEST,)
    if total == 1 and not proof.bounded:
        return (IMPOSSIBLE if proof.infeasible else NO_BOUND,)
    counted = (
        (ONE_BEST if proof.optimal == 1 else SOME_BEST, proof.optimal),
        (SOME_IMPOSSIBLE, proof.infeasible),
        (SOME_OPEN, proof.open),
    )
    said = [words.format(count=whole(count), total=whole(total)) for words, count in counted if count]
    if proof.gap is not None:
        said.append(GAP.format(gap=share(_upward(proof.gap), 1)))
    return tuple(said)


def _upward(gap: float) -> float:
    """To the next tenth of a percent, so that the bound said still holds."""
    return -(-round(gap * 1e9) // 10**6) / 1000


def stop_sentence(proposal: Proposal) -> str:
    """Why a search ended early; empty where it did not."""
    limit = proposal.parameters.limit_s
    return STOPPED[proposal.stopped_by].format(seconds=whole(round(limit or 0))) if proposal.stopped_by else ""
