from uuid import UUID

from django.apps import AppConfig
from django.urls import reverse


class SafetyPermissionsConfig(AppConfig):
    name = "alongside.safety.permissions"
    label = "safety_permissions"
    verbose_name = "Permissions"

    def ready(self) -> None:
        from alongside.foundation.access.rights import Right
        from alongside.foundation.delivery.gates import register_gate
        from alongside.foundation.jobs.outbox import listen
        from alongside.foundation.work.links import register_link
        from alongside.people.casework.registry import (
            CaseGroup,
            CasePage,
            MemberAction,
            MemberPage,
            register_case_page,
            register_member_action,
            register_member_page,
        )
        from alongside.people.families.actions import ENDED_OR_BACK
        from alongside.safety.permissions.gate import why_not_to_family
        from alongside.safety.permissions.tasks import member_ended_or_back

        register_gate("permissions", why_not_to_family)
        listen(ENDED_OR_BACK, name="permissions.keep_up", to=member_ended_or_back)
        register_case_page(
            CasePage("Permissions", "permissions:grid", Right.SEE_PERMISSIONS, order=25, group=CaseGroup.INVOLVEMENT)
        )
        register_member_page(MemberPage("Permissions", "permissions:member", Right.SEE_PERMISSIONS, order=20))
        register_member_action(
            MemberAction(
                "Withdraw every permission",
                "permissions:withdraw",
                Right.EDIT_PERMISSIONS,
                order=10,
                warning=True,
                card="permissions",
            )
        )
        register_member_action(
            MemberAction("Pause: the relationship changed", "permissions:pause", Right.EDIT_PERMISSIONS, order=20)
        )
        register_link("permissions", _page)
        register_link("card.permissions", _page)


def _page(case_id: UUID | None, subject_id: UUID | None) -> str:
    if subject_id is None:
        return reverse("permissions:grid", args=[case_id])
    return reverse("permissions:member", args=[case_id, subject_id])
