"""Loudhailer: a campaign publisher that organisations trust with their voice."""

__version__ = "0.1.0"
