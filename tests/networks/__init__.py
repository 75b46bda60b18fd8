"""The networks under their contract, over real HTTP on loopback."""
