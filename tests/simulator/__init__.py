"""The whole core in virtual time: what may happen to it, by seeds, and what must hold."""
