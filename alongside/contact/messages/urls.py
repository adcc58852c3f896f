"""Addresses of messages and replies."""

from django.urls import path

from alongside.contact.messages.views import callbacks, outbox, replies, showing, sorting, stopping, writing

app_name = "messages"
CASE = "cases/<uuid:person_id>/"
MEMBER = f"{CASE}family/<uuid:member_id>/messages/"
ONE = f"{CASE}messages/<uuid:outgoing_id>/"

urlpatterns = [
    path("messages/outbox/", outbox.show, name="outbox"),
    path("messages/outbox/<str:channel>/<uuid:reference>.pdf", outbox.pdf, name="outbox_pdf"),
    path("messages/replies/", sorting.show, name="to_sort"),
    path("messages/replies/take-in/", replies.take, name="take_in"),
    path("messages/replies/<uuid:reply_id>/", sorting.sort_one, name="sort"),
    path("messages/callbacks/notify/", callbacks.notify, name="notify"),
    path(f"{CASE}messages/", showing.case, name="messages"),
    path(f"{CASE}messages/replies/<uuid:reply_id>/", replies.show, name="reply"),
    path(ONE, showing.message, name="message"),
    path(f"{ONE}letter.pdf", showing.letter, name="letter"),
    path(f"{ONE}copy.pdf", showing.copy, name="copy"),
    path(f"{ONE}call-off/", showing.call_it_off, name="call_off"),
    path(f"{ONE}decide/", showing.decide, name="decide"),
    path(MEMBER, showing.member, name="member"),
    path(f"{MEMBER}words/", writing.add_words, name="add_words"),
    path(f"{MEMBER}words/<uuid:phrase_id>/taken-back/", writing.words_taken_back, name="words_taken_back"),
    path(f"{MEMBER}stopped/<uuid:stopped_id>/", stopping.lift, name="lift"),
    path(f"{MEMBER}write/", writing.choose, name="choose"),
    path(f"{MEMBER}write/<str:kind>/", writing.write, name="write"),
]
