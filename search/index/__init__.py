"""Keeping the indexes in step with the pages.

``changes`` says what is to be brought up to date, ``waiting`` holds it, ``sync`` applies it,
``rebuild`` makes an index anew, ``check`` compares, ``worker`` does it all in the background.
"""
