"""Settings of the test run."""

from __future__ import annotations

from hypothesis import settings

# Examples are the same in every run: a green main stays green. Searching for new ones is a
# developer's run with --hypothesis-profile=explore.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile("fixed")
