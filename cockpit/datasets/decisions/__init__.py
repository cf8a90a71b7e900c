"""Who decided what about which town: the log, its entries, the database that holds it."""
