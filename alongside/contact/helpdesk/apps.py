from uuid import UUID

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse


class ContactHelpdeskConfig(AppConfig):
    name = "alongside.contact.helpdesk"
    label = "contact_helpdesk"
    verbose_name = "Helpdesk"

    def ready(self) -> None:
        from alongside.foundation.access.holding import holding_of
        from alongside.foundation.access.rights import Right
        from alongside.foundation.ui.navigation import Menu, NavigationItem, register
        from alongside.foundation.work.links import register_link, register_notice
        from alongside.people.casework.registry import Task, register_task

        def may_answer(request: HttpRequest) -> bool:
            return holding_of(getattr(request, "user", None)).may(Right.ANSWER_QUESTIONS)

        register(Menu.PRIMARY, NavigationItem("Help desk", "helpdesk:desk", order=40, visible=may_answer))
        register_task(
            Task(
                "Help desk",
                "Approved answers to what families and others ask, without any case: read out, print or send.",
                "Answer a question",
                "helpdesk:desk",
                Right.ANSWER_QUESTIONS,
                order=15,
            )
        )
        register_task(
            Task(
                "Questions at the help desk",
                "What people ask about, how long answers take, and what had to be handed on, as counts.",
                "See the counts",
                "helpdesk:counts",
                Right.SEE_COVERAGE,
                order=21,
            )
        )
        register_link("helpdesk.handed_on", _handed_on)
        register_link("helpdesk.conflict", _conflict)
        register_notice("helpdesk.conflict.answer")


def _handed_on(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("helpdesk:one_handed_on", args=[subject_id])


def _conflict(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("helpdesk:conflict", args=[subject_id])
