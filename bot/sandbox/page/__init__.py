"""The workspace in a browser: what one person sees, as fragments of HTML, and the scripts that keep them live.

    site                 the addresses: the page, its fragments and its static files
    screens, bar         what each fragment shows, as plain data
    places, messages     where a person can be, and what was said there
    templating           the Jinja environment
    drawing, markdown    text and blocks as HTML, for one reader
    controls, choices    what the templates of elements are given: names, values, what a menu offers
    templates/           page.html is the frame; sidebar, bar, conversation, thread, app, modal its fragments, and
                         places and people, the lists of its choosers; one file per block type in blocks/, and in
                         elements/ one for those that are used alike
    static/              page.js starts everything: feed (changes), morph (fragments into the document without
                         losing focus or what is typed), choosers, composer, menus, modal, and controls with its
                         combobox, confirm and entries

Whom the page acts as stands in the document's body, and changes there without a load: `me` in api.js.

Whatever a person does goes to the control API, `POST /sandbox/people/{who}/{what}`. The element around blocks
says where they stand in `data-surface`, the JSON by which that API knows the place: {"channel", "ts"},
{"modal": true} or {"home": true}. Elements with `data-key` keep their identity when a fragment is replaced;
`data-own` marks one whose inside belongs to a script and is left alone.
"""
