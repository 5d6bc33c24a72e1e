"""The demonstration: four places with real areas, and people who do not exist."""
