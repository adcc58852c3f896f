"""Caseloads, cover, limited access, and the one answer to who may see a case."""
