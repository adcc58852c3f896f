"""Sending texts, emails and letters: one message row each, approved wording alone, sent by a worker, once.

Rooms queue with `queue_message`. Rooms above keep what must not go from going, also between queuing and sending, by
registering a gate; a message to a family member is not sent at all where no gate stands.
"""
