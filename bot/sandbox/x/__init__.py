"""The part of X API v2 (and of OAuth 1.0a before it) that a publisher uses."""
