"""Going through what waits."""
