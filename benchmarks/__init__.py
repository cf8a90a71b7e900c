"""Measurements of the running app, kept apart from the tests: they print numbers and hold nobody to a threshold.

`python -m benchmarks.reruns` drives the app over its websocket; `python -m benchmarks.first_visit` counts the bytes
a browser loads. Both start their own server on a free loopback port and end it.
"""
