"""The project's own pictures: everything in `images/` that is drawn, is drawn here."""
