"""Read-only JSON for other platforms, clause [2.4.1]: the same briefing the pages show, with the same filters.

Values are in base units (yuan, shares 0-1, counts) with a text as people read it beside them. One module an answer:
its shapes as pydantic models, then what fills them. The description is made from the shapes.
"""
