"""What staff saw of how a family gets on, beside what they expected before the visit (R026, R027).

A professional opinion with author and day: staff alone read it, never the person beside the screen, a relative or a
copy on paper. Rows are written once; whatever changes is a version. What is counted is how often an expectation held.
"""
