"""Page texts to drafts.

The steps, a module each: ``decoding`` (bytes to text), ``lines`` (text to lines), ``headings``
(which line is a heading or a label), ``reader`` (lines to an ``ImportedModel``) with ``basics``
and ``builder`` (lines to rich text), and, with the database, ``vocabulary``, ``drafts`` and
``report``. Everything before ``vocabulary`` is pure and needs no Django.
"""
