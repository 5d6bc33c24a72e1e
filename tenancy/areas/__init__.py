"""The area tree from official lists: read, checked, loaded."""
