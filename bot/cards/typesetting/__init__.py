"""Text to glyphs: order, fonts, shapes, lines, size.

    clean                          what comes from people, made ready to be set
    breaks  linebreak  phrases     where lines may end, and how bad it looks
    direction  bidi  brackets      from which side it is read, in which order it is seen
    fonts  itemise  shaping        which face draws what; one line's glyphs
    paragraph  blocks  fit         the best lines; lines stacked; the best size for a place
    raster                         glyphs to pixels

Layout asks `fit` for blocks; the canvas draws them with `raster`. Nouns are in `nouns`.
"""
