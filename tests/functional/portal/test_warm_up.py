"""What a process does before its first reader."""

import gc

from portal import warm_up


def test_what_is_kept_for_good_is_not_looked_through_again():
    before = gc.get_freeze_count()
    try:
        warm_up.settle()
        assert gc.get_freeze_count() > before + 100_000
        assert len(gc.get_objects()) < 10_000
    finally:
        gc.unfreeze()
