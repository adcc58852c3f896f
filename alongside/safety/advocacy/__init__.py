"""The domestic abuse adviser's walled workspace, and victims whose names may turn up elsewhere.

Owns referrals, which the practitioner sees as "referred, acknowledged" and no more; the work behind the wall: who is
supported, how to reach them, what was done, their safety plan; the log of requests declined because they would put
someone in danger; and clashes between names that staff write down and victims who are known here.
"""
