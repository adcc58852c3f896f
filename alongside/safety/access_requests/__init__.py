"""People's requests for what is held about them: item by item, by two people, within the law's deadlines (B4.1).

Owns the request and its clock, the items gathered for it, what is decided about each and by whom, and the package that
goes out. What is withheld is not in the package in any form: it is rebuilt from what is released.
"""
