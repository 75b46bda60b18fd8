"""Messages proposed from a page, a call or a letter, in its own words.

    document.py     what was read: paragraphs with their places in the source
    words/          by which words calls, speakers, dates and figures are told, in six languages
    sentences.py quotations.py speakers.py dates.py figures.py names.py privacy.py
                    what is found in a paragraph
    reading.py      sentences and what each is
    about.py        title, organisation, day
    spoken.py       quotations with their speakers
    passages.py     which sentences are said together
    actions.py room.py events.py statistics.py making.py
                    what each proposal is for, whether there is room, until when, on which card
    propose.py      all of it, in order

Text in, proposals out: nothing here reads a file, a clock or the network, and everything takes
time linear in the text, however hostile.
"""
