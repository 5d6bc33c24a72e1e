"""TOML files that people write: their mistakes, each with its line and its remedy."""
