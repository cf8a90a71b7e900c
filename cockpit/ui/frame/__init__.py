"""What every page stands in: shell, filters, address, language, downloads."""
