"""Minimums of a stream: Wagtail forgets them where the field may be blank, completeness asks."""

from wagtail import blocks

from models_pages.written import is_unfinished


class AtLeastTwo(blocks.StreamBlock):
    """A stream as a StreamField(blank=True) has it."""

    line = blocks.CharBlock()

    class Meta:
        required = False
        min_num = 2
        block_counts = {"line": {"min_num": 2}}


def test_stock_validation_forgets_the_minimum_and_completeness_asks_for_it():
    block = AtLeastTwo()
    one = block.to_python([{"type": "line", "value": "only one"}])
    two = block.to_python([{"type": "line", "value": "one"}, {"type": "line", "value": "two"}])

    assert len(block.clean(one)) == 1  # Wagtail is content
    assert is_unfinished(block, one)
    assert not is_unfinished(block, two)
