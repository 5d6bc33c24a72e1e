"""The API: what its view sets share, and areas."""
