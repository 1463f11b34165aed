"""Finding models: analysis of text, the index and its engines, and the search pages.

Knows Wagtail's ``Page`` but no page type of the portal: pages describe themselves by
``search_document()`` (see ``search.documents``).
"""
