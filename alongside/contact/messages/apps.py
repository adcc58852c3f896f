from uuid import UUID

from django.apps import AppConfig
from django.urls import reverse

from alongside.contact.messages.kinds import FOR_MISSED


class ContactMessagesConfig(AppConfig):
    name = "alongside.contact.messages"
    label = "contact_messages"
    verbose_name = "Messages"

    def ready(self) -> None:
        from alongside.contact.messages.actions.following import message_over
        from alongside.contact.messages.actions.telling import NOT_SENT, READ, SORT, UNKNOWN, UNREAD
        from alongside.contact.messages.actions.writing import LETTERS
        from alongside.contact.messages.deciding import why_not
        from alongside.contact.messages.kinds import KINDS
        from alongside.contact.messages.queries import opens
        from alongside.foundation.access.rights import Right
        from alongside.foundation.delivery.gates import register_gate
        from alongside.foundation.delivery.sending import MESSAGE_OVER
        from alongside.foundation.files.kinds import Kind
        from alongside.foundation.files.purposes import register_purpose
        from alongside.foundation.jobs.outbox import listen
        from alongside.foundation.work.links import register_link, register_opener
        from alongside.people.casework.registry import (
            CasePage,
            MemberPage,
            Task,
            register_case_page,
            register_member_page,
            register_task,
        )
        from alongside.safety.permissions.actions.keeping_up import MISSED
        from alongside.safety.permissions.gate import register_agreed_words, register_message

        for kind in KINDS.values():
            if kind.for_missed:
                register_agreed_words(kind.purpose)
            else:
                register_message(kind.purpose, tells=kind.topics)
        register_gate("messages", why_not)
        listen(MESSAGE_OVER, name="messages.follow", to=message_over)
        register_purpose(LETTERS, label="Letters to family", kinds=[Kind.PDF], largest_megabytes=2, days_kept=None)
        register_case_page(CasePage("Messages", "messages:messages", Right.SEE_CONTACTS, order=26))
        register_member_page(MemberPage("Messages", "messages:member", Right.SEE_CONTACTS, order=26))
        words = "What came back by text, email or letter, where it is not clear from whom."
        register_task(Task("Whose reply?", words, "Sort replies", "messages:to_sort", Right.TRIAGE_CONCERNS, order=45))
        words = "A text, an email or a letter that somebody sent to the office."
        register_task(
            Task(
                "What was sent to us",
                words,
                "Take in what was sent to us",
                "messages:take_in",
                Right.RECEIVE_CONCERNS,
                order=46,
            )
        )
        for kind_name in ("waits", "stopped", "failed", "given_up", "not_delivered", "called_off"):
            register_link(f"messages.message.{kind_name}", _message)
        register_link(NOT_SENT, _message)
        register_link(UNKNOWN, _message)
        register_link(READ, _reply)
        register_link(SORT, _to_sort)
        register_link(UNREAD, _reply)
        for kind_of_reply in (READ, SORT, UNREAD):
            register_opener(kind_of_reply, opens)
        register_link(MISSED, _what_was_agreed)


def _message(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("messages:message", args=[case_id, subject_id])


def _reply(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("messages:reply", args=[case_id, subject_id]) if case_id else _to_sort(case_id, subject_id)


def _what_was_agreed(case_id: UUID | None, subject_id: UUID | None) -> str:
    """The writer of messages with the words that were agreed for missed contact, of whom the prompt is about."""
    return reverse("messages:write", args=[case_id, subject_id, FOR_MISSED])


def _to_sort(case_id: UUID | None, subject_id: UUID | None) -> str:
    return reverse("messages:sort", args=[subject_id])
