"""Templates of the monthly record: what is asked, what is computed, what must hold. Pure."""
