"""Pages of the monthly record."""
