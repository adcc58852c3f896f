"""Sets of words that several stops, and the rules that ask first, read alike."""

from alongside.involvement.decisions.rules.facts import Act, Agrees, Check

HARM = frozenset({Check.SUSPECTED, Check.KNOWN})
NO = frozenset({Agrees.DECLINED, Agrees.WITHDRAWN})
REACHING = frozenset({Act.CALL, Act.TEXT, Act.WRITE})
IMPLIED_TOPIC = {Act.INVITE: "appointments", Act.JOIN: "plan_tasks"}
"""What an invitation gives away by itself."""
