"""Input of the pages of tenancy: shape, words, errors."""
