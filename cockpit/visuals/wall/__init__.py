"""Scenes of the wall as HTML and SVG strings, made of the desk's briefings; the stylesheet is visuals/styles/wall.css.

Pure: values in, markup out. A scene knows neither the size of the screen nor the theme: lengths are in rem, which the
page ties to the screen, colours are custom properties. Every text from data is escaped where it is written.
"""
