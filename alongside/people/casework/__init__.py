"""The practitioner's pages: today, the caseload, and the case page built round the network. Owns no data of its own.

Other rooms put their pages into a case's navigation, and their tasks on the start page, through `registry`.
"""
