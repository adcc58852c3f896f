"""Sending text messages, email and letters through a chosen backend."""
