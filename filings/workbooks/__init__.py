"""The record as a workbook: filled beforehand, taken along, read again, checked as on the page."""
