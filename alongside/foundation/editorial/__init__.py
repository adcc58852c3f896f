"""Where content editors see, write and approve governed wording (R187).

The wording itself is kept and given out by `foundation.content`, far below, since every page needs it. Changing it
needs rights and leaves a trail, so it happens up here.
"""
