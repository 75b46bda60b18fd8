"""The networks we post to: the port, its errors and the registry; one file each beside it."""
