from uuid import UUID

from django.apps import AppConfig
from django.urls import reverse


class InvolvementDecisionsConfig(AppConfig):
    name = "alongside.involvement.decisions"
    label = "involvement_decisions"
    verbose_name = "Decisions"

    def ready(self) -> None:
        from alongside.foundation.access.holding import holding_of
        from alongside.foundation.access.rights import Right
        from alongside.foundation.ui.navigation import Menu, NavigationItem, register
        from alongside.foundation.work.decided import on_decided
        from alongside.foundation.work.links import register_link, register_notice, register_opener
        from alongside.involvement.decisions.actions.homes import END_TO_DO, WITHDRAWN_TO_DO
        from alongside.involvement.decisions.actions.keeping import ANSWERED_TO_DO, answer_approval
        from alongside.involvement.decisions.badges import stops_for
        from alongside.involvement.decisions.queries.kept import APPROVAL_KIND, opens
        from alongside.involvement.decisions.rules import Asked
        from alongside.involvement.decisions.waiting import policies_waiting
        from alongside.people.casework.registry import (
            CasePage,
            MemberPage,
            Task,
            Waiting,
            register_case_page,
            register_member_page,
            register_task,
            register_waiting,
        )
        from alongside.safety.flags.stops import register_stops

        register(
            Menu.PRIMARY,
            NavigationItem(
                "May I?",
                "decisions:start",
                order=25,
                visible=lambda request: holding_of(getattr(request, "user", None)).may(Right.ASK_MAY_I),
            ),
        )
        register_stops(stops_for)
        register_case_page(CasePage("May I?", "decisions:case", Right.ASK_MAY_I, order=15))
        register_member_page(MemberPage("May I?", "decisions:ask", Right.ASK_MAY_I, order=5, button="Ask: may I?"))
        words = "Every rule of “May I?” in words, what a change would do, and who approved it."
        register_task(
            Task("Policy", words, "See the rules and draft a change", "decisions:policy", Right.DRAFT_POLICY, order=65)
        )
        register_waiting(
            Waiting(
                "Policy waiting for your approval",
                "The rules of May I?",
                "decisions:policy_waiting",
                Right.APPROVE_POLICY,
                policies_waiting,
                order=65,
            )
        )
        register_task(
            Task("Policy", words, "See what waits for you", "decisions:policy_waiting", Right.APPROVE_POLICY, order=65)
        )
        register_link("card.decisions", _ask)
        register_link("decisions.answer", _kept)
        register_link("decisions.home", _case)
        for to_do in (END_TO_DO, WITHDRAWN_TO_DO):
            register_link(to_do, _home)
        register_link(ANSWERED_TO_DO, _kept)
        register_opener(ANSWERED_TO_DO, opens)
        register_notice(ANSWERED_TO_DO)
        for asked in Asked:
            kind = f"{APPROVAL_KIND}.{asked.value}"
            register_link(kind, _kept)
            on_decided(kind, answer_approval)


def _ask(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("decisions:ask", args=[case_id, subject_id])


def _kept(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("decisions:kept", args=[case_id, subject_id])


def _home(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("decisions:home", args=[case_id, subject_id])


def _case(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("decisions:case", args=[case_id])
