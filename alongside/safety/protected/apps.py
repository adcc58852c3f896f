from uuid import UUID

from django.apps import AppConfig


class SafetyProtectedConfig(AppConfig):
    name = "alongside.safety.protected"
    label = "safety_protected"
    verbose_name = "Protected"

    def ready(self) -> None:
        from django.urls import reverse
        from django.utils.translation import gettext_lazy as _

        from alongside.foundation.access.rights import Right
        from alongside.foundation.ui.navigation import Menu, NavigationItem, everyone, register
        from alongside.foundation.work.decided import decide_at_its_own_place
        from alongside.foundation.work.links import Resolver, register_link, register_notice
        from alongside.people.casework.registry import CasePage, Task, register_case_page, register_task
        from alongside.safety.protected import wall
        from alongside.safety.protected.actions.disclosures import ANSWERED, APPROVAL

        wall.register()

        def page(case_id: UUID | None, subject_id: UUID | None) -> str:
            return reverse("protected:page", args=[case_id]) if case_id else ""

        def of(name: str) -> Resolver:
            def address(case_id: UUID | None, subject_id: UUID | None) -> str:
                return reverse(name, args=[case_id, subject_id]) if case_id and subject_id else ""

            return address

        def danger(case_id: UUID | None, subject_id: UUID | None) -> str:
            return reverse("protected:shared", args=[subject_id]) if subject_id else ""

        register(Menu.DANGER, NavigationItem(_("Someone in danger?"), "protected:danger", visible=everyone))
        register_case_page(CasePage("Told in confidence", "protected:page", Right.SEE_PROTECTED, order=60))
        register_task(
            Task(
                "When someone asks about a person",
                "The words to say to whoever may not know, and a note that they asked. No case is looked up.",
                "Read the words",
                "protected:refused",
                Right.SEE_IDENTITY,
                order=20,
            )
        )
        register_task(
            Task(
                "Duty",
                "Who is on duty for the unit, and so named to everyone when someone is in danger.",
                "Keep the rota",
                "protected:duty",
                Right.APPROVE,
                order=21,
            )
        )
        register_notice(ANSWERED)
        register_link("protected", page)
        register_link("protected.told", of("protected:told"))
        register_link("protected.referral", of("protected:referral"))
        register_link("protected.disclosure", of("protected:disclosure"))
        register_link("protected.danger", danger)
        register_link("protected.refused", lambda _case, _subject: reverse("protected:refused"))
        decide_at_its_own_place(APPROVAL)
