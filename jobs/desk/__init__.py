"""The ledgers on pages: read in lists, taken away as workbooks, written one row at a time.

Everything is generic over `jobs.ledgers`: a page and a sheet show the same columns and say the
same sentences.
"""
