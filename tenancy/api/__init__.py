"""The read API: what its view sets share, and areas."""
