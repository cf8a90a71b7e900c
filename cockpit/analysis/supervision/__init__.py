"""Matters handed out (督办): what may happen to one, what became of it, whether it is late. Pure.

A matter is its events, in order; everything else is computed from them and from the day one looks.
"""
