"""The page with the two timelines, as their readers would see them."""
