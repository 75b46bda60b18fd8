"""Figures for a monitoring system, and a health address, on this machine only.

    /metrics   Prometheus' text format, counted from the ledger when it is asked for
    /health    200 while the daemon does its work, else 503 and why, as JSON

Nothing is written to answer, and nothing waits for it.
"""

from __future__ import annotations

from bot.metrics.server import serving

__all__ = ["serving"]
