"""The workbook a clerk fills in: its sheets, its look, the stamp that says what it was made for."""
