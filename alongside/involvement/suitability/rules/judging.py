"""What a judgement may say, and who has to approve it. Hard stops only; all else is for people to judge (R044)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.involvement.suitability.rules.scale import (
    FULL_FROM,
    HIGHEST_LEVEL,
    QUICK_LEVELS,
    Confidence,
    Level,
    Rating,
    State,
    Summary,
    last_review_day,
)
from alongside.involvement.suitability.rules.standing import JudgementFacts, SafetyThen, Standing

SAFETY_STOPS = (
    "What is recorded under Safety allows no involvement between the two for now. The level is “Not involved”. "
    "Read Safety, and speak to your senior."
)
SAFETY_SAYS_FULL = "Something recorded under Safety calls for the full judgement and the approval of someone else."


@dataclass(frozen=True)
class Fault:
    """Why a judgement cannot stand as it is: the field, and what to do."""

    field: str
    words: str


@dataclass(frozen=True)
class Proposal:
    """What the assessor wants to judge."""

    summary: Summary
    level: Level
    level_cap: Level
    confidence: Confidence
    review_on: date
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grounds:
    """What the judgement stands on: findings on safety by the item's statement, and what was done to find out."""

    safety_findings: Mapping[str, Rating | None]
    spoke_alone: bool
    safety: SafetyThen
    knows_aims: bool = True
    """Whether anything was noted on how far the relative goes along with supervision (R063)."""

    @property
    def anything_unsafe(self) -> bool:
        """Whether any finding on safety is other than not present: also what is not known."""
        return any(found is not None and found is not Rating.NOT_PRESENT for found in self.safety_findings.values())


def faults_of(proposal: Proposal, grounds: Grounds, *, on: date) -> list[Fault]:
    """Every hard stop that the proposal runs into, in the order of the form; none means that it may be judged so."""
    return [
        *_safety_faults(proposal, grounds),
        *_asset_faults(proposal, grounds),
        *_level_faults(proposal, grounds),
        *_condition_faults(proposal),
        *review_faults(proposal.level, proposal.review_on, on=on),
    ]


def _safety_faults(proposal: Proposal, grounds: Grounds) -> list[Fault]:
    present = [words for words, rating in grounds.safety_findings.items() if rating is Rating.PRESENT]
    if present and proposal.summary is not Summary.UNSAFE:
        return [Fault("summary", f"“{present[0]}” is present, so this involvement is unsafe for now. Select “Unsafe”.")]
    partly = [words for words, rating in grounds.safety_findings.items() if rating is Rating.PARTLY]
    if partly and proposal.summary is Summary.ASSET:
        return [
            Fault(
                "summary",
                f"“{partly[0]}” is partly present. Say on which conditions this can be an asset, or choose less.",
            )
        ]
    return []


def _asset_faults(proposal: Proposal, grounds: Grounds) -> list[Fault]:
    """Nobody is called an asset, on conditions or without, before the person was asked alone (R028)."""
    if proposal.summary not in (Summary.ASSET, Summary.ASSET_WITH_CONDITIONS) or grounds.spoke_alone:
        return []
    return [
        Fault(
            "summary",
            "Nobody has noted a conversation with the person alone. Have it before you call this an asset, or choose"
            " another summary.",
        )
    ]


def _level_faults(proposal: Proposal, grounds: Grounds) -> list[Fault]:
    highest = HIGHEST_LEVEL.get(proposal.summary)
    if grounds.safety.gate_closed and proposal.level_cap > Level.NONE:
        return [Fault("level_cap", SAFETY_STOPS)]
    if highest is not None and proposal.level_cap > highest:
        return [
            Fault(
                "level_cap", f"“{proposal.summary.words}” leaves no more than “{highest.words}”. Choose that or less."
            )
        ]
    if proposal.level > proposal.level_cap:
        return [
            Fault(
                "level",
                "The level to begin with is higher than the most that you allow. Lower one, or raise the other.",
            )
        ]
    if proposal.level_cap >= FULL_FROM:
        return _before_sharing(grounds)
    return []


def _before_sharing(grounds: Grounds) -> list[Fault]:
    open_items = [words for words, rating in grounds.safety_findings.items() if rating in (None, Rating.NOT_KNOWN)]
    faults = []
    if grounds.safety.unchecked:
        faults.append(
            Fault(
                "level_cap",
                f"Not checked is not safe: nobody has checked {_listed(grounds.safety.unchecked)}, or not lately."
                f" Do that under Safety. Until then the most is “{Level.PRACTICAL.words}”.",
            )
        )
    if open_items:
        faults.append(
            Fault(
                "level_cap",
                f"Not known is not safe: “{open_items[0]}” has no answer yet"
                f"{f', nor have {len(open_items) - 1} more' if len(open_items) > 1 else ''}."
                f" Until then the most is “{Level.PRACTICAL.words}”.",
            )
        )
    if not grounds.spoke_alone:
        faults.append(
            Fault("level_cap", "Nobody has noted a conversation with the person alone. Have it first, or choose less.")
        )
    if not grounds.knows_aims:
        faults.append(Fault("level_cap", "Say first how far they go along with what supervision asks."))
    return faults


def _condition_faults(proposal: Proposal) -> list[Fault]:
    if proposal.summary is Summary.ASSET_WITH_CONDITIONS and not proposal.conditions:
        return [Fault("conditions", "Enter at least one condition, or choose another summary.")]
    return []


def review_faults(level: Level, review_on: date, *, on: date) -> list[Fault]:
    """Whether the day of the review is one: after today, and no later than the level allows (R049)."""
    last = last_review_day(level, on=on)
    if review_on <= on:
        return [Fault("review_on", "The review must be after today.")]
    if review_on > last:
        return [Fault("review_on", f"For “{level.words}” the review must be by {last:%-d %B %Y}.")]
    return []


def quick_faults(level: Level, review_on: date, *, standing: Standing, safety: SafetyThen, on: date) -> list[Fault]:
    """Why the quick form will not do for this; none means that it will (invariant 12)."""
    if safety.gate_closed:
        return [Fault("level", SAFETY_STOPS)]
    if safety.indicator:
        return [Fault("level", SAFETY_SAYS_FULL)]
    if level not in QUICK_LEVELS:
        return [
            Fault(
                "level",
                "The quick form is for general information and practical help. Anything more takes the full judgement.",
            )
        ]
    most = _last_word(standing)
    if most is not None and level > most:
        return [
            Fault("level", f"The last judgement allows “{most.words}” at most. To go further takes the full judgement.")
        ]
    if standing.facts.state is State.PAUSED:
        return [Fault("level", "Involvement is paused. Resume it first, or make the full judgement.")]
    return review_faults(level, review_on, on=on)


def _last_word(standing: Standing) -> Level | None:
    """The most that the versions that count allow; None where nobody has judged."""
    caps = [j.level_cap for j in (standing.in_force, *standing.pending) if j is not None and j.summary is not None]
    return min(caps, default=None)


def reasons_for_approval(proposal: Proposal, grounds: Grounds, *, before: Sequence[JudgementFacts]) -> tuple[str, ...]:
    """Why someone else has to approve; none means that the judgement is in force at once."""
    reasons = []
    if proposal.level_cap >= FULL_FROM:
        reasons.append("Two-way sharing and more is approved by someone else.")
    if grounds.safety.indicator or grounds.anything_unsafe:
        reasons.append("There is something about safety to weigh.")
    if proposal.confidence is Confidence.LOW:
        reasons.append("The assessor is not sure.")
    careful = [j for j in before if j.summary in (Summary.UNSAFE, Summary.NOT_AT_PRESENT)]
    if any(proposal.level_cap > j.level_cap for j in careful):
        reasons.append("It allows more than a judgement that said no.")
    return tuple(reasons)


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
