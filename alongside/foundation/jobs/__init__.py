"""Work done later: background jobs inside the same transaction, their progress, and the outbox of what happened.

`running` asks for work and does it; `progress` shows how far long work has come; `outbox` tells other rooms and other
systems what happened, once each.
"""
