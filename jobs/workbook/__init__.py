"""The workbook: reading it safely, its columns and cells. Nothing here knows a model."""
