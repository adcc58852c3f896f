"""Writes of advocacy: before the wall, within the workspace, and about clashes.

What is done behind the wall joins the chain of whoever did it, with ids alone: the case's trail tells of none of it.
"""
