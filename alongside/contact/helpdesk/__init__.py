"""General questions answered from governed wording, without a case.

Owns what was asked (in codes), questions handed on to a team, the slip that says whom to ring back until somebody has,
and advice that does not agree. It reads nothing of any case: it imports no room that knows one.
"""
