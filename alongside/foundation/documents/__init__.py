"""Documents: letters, certificates and listings as PDF that a screen reader can read (PDF/UA-1).

A room fills a shape (`Letter`, `Certificate`, `Listing`) with plain text and calls `render_pdf`. Nothing that a person
typed is ever part of a template.
"""
