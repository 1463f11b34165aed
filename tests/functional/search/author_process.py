"""A process that publishes: ``author_process SEED STEPS PAGE,PAGE,…``; prints its longest wait.

An error of any step ends it with a traceback, as it would an author's request.
"""

from __future__ import annotations

import json
import random
import sys
from time import monotonic

import django

WORDS = ("neuvola", "etsivä", "järjestö", "hyvinvointi", "omaishoito", "kotikuntoutus")


def tell(line):
    """A line on standard output, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(seed, steps, page_ids):
    """Publish, unpublish, rename a theme, delete: at random, and as quickly as possible."""
    from models_pages.models import OperatingModelPage, Theme
    from search.analysis import analyser
    from tests.factories_search import model, publish

    # A process's first analysis reads dictionaries; `serve` does so when it starts.
    analyser("fi").words("lämmittely")
    chance = random.Random(seed)
    waits = []
    made = 0
    for step in range(steps):
        began = monotonic()
        kind = chance.random()
        page = OperatingModelPage.objects.get(pk=chance.choice(page_ids))
        if kind < 0.2:
            page.unpublish() if page.live else publish(page)
        elif kind < 0.3:
            # More pages at once than an author waits for: these are the worker's.
            term = Theme.objects.order_by("pk")[0]
            term.label_fi = f"Teema {seed} {step}"
            term.save()
        elif kind < 0.4:
            extra = model(f"Lisä {seed} {step}", slug=f"lisa-{seed}-{step}")
            made += 1
            if chance.random() < 0.5:
                extra.delete()
        else:
            publish(page, title=f"{chance.choice(WORDS).capitalize()} {seed} {step}")
        waits.append(monotonic() - began)
        tell(f"step {step}")
    tell(json.dumps({"steps": steps, "made": made, "longest": max(waits)}))


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]), [int(pk) for pk in sys.argv[3].split(",")])
