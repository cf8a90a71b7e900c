"""What pages, walls, packs and sheets say, as plain text in both languages; no markup."""
