"""The register: indicators, targets, rules and sources read from data/policy/*.toml."""
