from uuid import UUID

from django.apps import AppConfig
from django.urls import reverse


class ContactLogConfig(AppConfig):
    name = "alongside.contact.log"
    label = "contact_log"
    verbose_name = "Log"

    def ready(self) -> None:
        from alongside.contact.log.models import Contact, FamilyView
        from alongside.foundation.access.rights import Right
        from alongside.foundation.audit.rectification import register_rectifiable
        from alongside.foundation.work.links import register_link
        from alongside.people.casework.registry import CasePage, MemberPage, register_case_page, register_member_page

        register_case_page(CasePage("Contacts", "log:contacts", Right.SEE_CONTACTS, order=25))
        register_member_page(MemberPage("Contacts", "log:member_contacts", Right.SEE_CONTACTS, order=25))
        register_link("log.contact", _contact)
        register_link("log.next", _contact)
        register_link("log.repercussions", _contact)
        register_link("log.again", _contact)
        register_link("log.view", _contact)
        register_link("log.unpermitted", _contact)
        register_link("log.welcome", _welcome)
        register_link("log.good_news", _good_news)
        register_link("log.members", _member)
        register_link("log.effort", _member)
        register_link("write_down.decision", _from_answer)
        register_rectifiable(Contact, FamilyView)


def _contact(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("log:contact", args=[case_id, subject_id])


def _from_answer(case_id: UUID | None, subject_id: UUID | None) -> str:
    return f"{reverse('log:add', args=[case_id])}?answer={subject_id}"


def _member(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("log:member_contacts", args=[case_id, subject_id])


def _welcome(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("log:welcome", args=[case_id, subject_id])


def _good_news(case_id: UUID | None, subject_id: UUID | None) -> str:
    begun = f"?with={subject_id}&how=phone&direction=to_them&about=GOODNEWS"
    return reverse("log:add", args=[case_id]) + begun
