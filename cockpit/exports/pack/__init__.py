"""The briefing pack: one set of sections, three files. `making` is where it begins; it runs in a process of its own."""
