"""Writing about involvement: preparing a judgement, judging, and what follows. Each leaves an event in the trail."""

from alongside.involvement.suitability.actions.following import (
    answer_second_look,
    ask_for_second_look,
    mark_in_the_way,
    note_discussion,
    pause,
    record_joined_session,
    resume,
    step_down,
)
from alongside.involvement.suitability.actions.judging import (
    FullJudgement,
    QuickJudgement,
    SomeoneJudgedMeanwhileError,
    judge,
    judge_quickly,
    on_approval_decided,
)
from alongside.involvement.suitability.actions.preparing import (
    AnswerFacts,
    FindingFacts,
    change_assessment,
    change_conversation,
    close_enquiry,
    hold_conversation,
    record_accounts,
    record_findings,
    set_aside,
    start_assessment,
)

__all__ = [
    "AnswerFacts",
    "FindingFacts",
    "FullJudgement",
    "QuickJudgement",
    "SomeoneJudgedMeanwhileError",
    "answer_second_look",
    "ask_for_second_look",
    "change_assessment",
    "change_conversation",
    "close_enquiry",
    "hold_conversation",
    "judge",
    "judge_quickly",
    "mark_in_the_way",
    "note_discussion",
    "on_approval_decided",
    "pause",
    "record_accounts",
    "record_findings",
    "record_joined_session",
    "resume",
    "set_aside",
    "start_assessment",
    "step_down",
]
