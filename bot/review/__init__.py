"""Going through what waits, in a terminal: what is shown, and what each key does.

    pure      safe      words that may be written to a terminal, whoever wrote them
              rows      what is shown, before it has a width; lines, once it has one
              differing which words are others than when somebody approved them
              findings  what to look at before one says yes
              facing    an item -> the rows that show it
              keys      bytes of a terminal -> keys
              inline    a picture -> the bytes that make a terminal show it
              times     "fri 18:00" -> a moment, and what speaks against it
    touching  terminal  the real one
              pictures  cards drawn ahead, made small for the terminal
              editing   the person's editor, on a copy
    together  screen    rows -> one screenful
              lines     typing a line
              session   shows, reads a key, does what it says

`session.Session` needs a `Screen` and a `Review`; nothing below it knows which of the keys
decides what.
"""
