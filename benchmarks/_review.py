"""A process of the benchmark: a portal where much waits for review, and an editor's screens.

Run by ``benchmarks.editorial`` with a data folder and a database of its own.
"""

from __future__ import annotations

import argparse
import json
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState

from accounts.roles import AUTHORS, EDITORS
from benchmarks._database import Writer, prepare
from benchmarks._figures import Row, aim, row
from benchmarks._generator import Generator
from benchmarks._timing import measured
from benchmarks._words import count
from editorial.models import Assignment, Decision, ReviewTask
from models_pages.models import OperatingModelPage
from portal.warm_up import settle

MODELS = 10_000
IN_REVIEW = 500
DECIDED = 5_000
PEOPLE = 200
COLLEAGUES = 5
QUERIES = 25
MS = 150
OWN_OF_AUTHOR = 300
OWN_OF_EDITOR = 40
QUEUE = "/admin/editorial/queue/"
# Who opens what.
SCREENS = (
    ("the queue", "editor0", QUEUE),
    ("the queue, last page", "editor0", f"{QUEUE}?p=20"),
    (
        "the queue, by holder, filtered",
        "editor0",
        f"{QUEUE}?ordering=assignee&submission=again&due=overdue",
    ),
    ("the queue, by sections", "editor0", f"{QUEUE}?ordering=-sections"),
    ("the queue, searched", "editor0", f"{QUEUE}?q=a"),
    ("an editor's home", "editor0", "/admin/"),
    (f"home of an editor with {OWN_OF_EDITOR} models", "editor1", "/admin/"),
    (f"home of an author with {OWN_OF_AUTHOR} models", "author0", "/admin/"),
    ("that author's list, last page", "author0", "/admin/editorial/own/?page=99"),
)


def main() -> None:
    """Fill the portal, and open each screen."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=Path, required=True, help="to count words in")
    parser.add_argument("--results", type=Path, required=True)
    options = parser.parse_args()
    generator = Generator(count(options.documents))
    started = perf_counter()
    print(f"{connection.vendor}: preparing {MODELS} models …", flush=True)
    prepare(generator)
    Writer().write(generator.models(0, MODELS))
    fill()
    print(f"  done in {perf_counter() - started:.0f} s", flush=True)
    # As every process of the portal does when it starts.
    settle()
    with options.results.open("w", encoding="utf-8") as file:
        for name, who, address in SCREENS:
            client = Client()
            client.force_login(get_user_model()._default_manager.get(email=f"{who}@example.org"))
            figure = screen(client, name, address)
            file.write(json.dumps(figure, ensure_ascii=False) + "\n")
            file.flush()


def screen(client: Client, name: str, address: str) -> Row:
    """How many queries a screen costs, and how long it takes."""

    def ask(asked: str) -> int:
        answer = client.get(asked)
        if answer.status_code != 200:
            raise RuntimeError(f"{asked} answered {answer.status_code}")
        return len(answer.content)

    ask(address)
    with CaptureQueriesContext(connection) as captured:
        ask(address)
    # The list is emptied at the next request.
    queries = len(captured)
    times = measured(ask, [address])
    reached = queries <= QUERIES and times.p95 < MS
    return row(
        name, connection.vendor, MODELS, times.p50, "ms", p95=times.p95, sql=queries,
        **aim(f"p95 < {MS}, sql ≤ {QUERIES}", reached=reached),
    )  # fmt: skip


def fill() -> None:
    """Give the models owners, and put some into review."""
    authors = [_account(f"author{number}", AUTHORS) for number in range(PEOPLE)]
    editors = [_account(f"editor{number}", EDITORS) for number in range(COLLEAGUES)]
    numbers = list(OperatingModelPage.objects.order_by("pk").values_list("pk", flat=True))
    for place, author in enumerate(authors):
        Page.objects.filter(pk__in=numbers[place::PEOPLE]).update(owner=author)
    for owner, own in (
        (authors[0], numbers[:OWN_OF_AUTHOR]),
        (editors[1], numbers[OWN_OF_AUTHOR : OWN_OF_AUTHOR + OWN_OF_EDITOR]),
    ):
        Page.objects.filter(pk__in=own).update(owner=owner)
        for page in OperatingModelPage.objects.filter(pk__in=own):
            page.save_revision(user=owner, clean=False, log_action=False)
        # A third is to be confirmed.
        long_ago = timezone.localdate() - timedelta(days=1000)
        OperatingModelPage.objects.filter(pk__in=own[::3]).update(valid_since=long_ago)
    waiting = numbers[:: MODELS // IN_REVIEW][:IN_REVIEW]
    for page in OperatingModelPage.objects.filter(pk__in=waiting):
        page.save_revision(user=page.owner, clean=False, log_action=False)
    # Half have never been public.
    Page.objects.filter(pk__in=waiting[::2]).update(live=False, first_published_at=None)
    _submit(waiting)
    _decide(numbers, waiting, editors)
    connection.cursor().execute("ANALYZE")


def _account(name: str, group: str) -> Any:
    user = get_user_model()._default_manager.create(
        email=f"{name}@example.org", first_name=name.capitalize(), last_name="Tekijä", password="!"
    )
    user.groups.add(Group.objects.get(name=group))
    return user


def _submit(numbers: list[int]) -> None:
    task = ReviewTask.objects.get()
    workflow = task.workflows[0]
    kind = ContentType.objects.get_for_model(OperatingModelPage)
    base = ContentType.objects.get_for_model(Page)
    pages = {page.pk: page for page in Page.objects.filter(pk__in=numbers)}
    states = WorkflowState.objects.bulk_create(
        WorkflowState(
            content_type=kind,
            base_content_type=base,
            object_id=str(number),
            workflow=workflow,
            requested_by_id=pages[number].owner_id,
        )
        for number in numbers
    )
    now = timezone.now()
    tasks = TaskState.objects.bulk_create(
        TaskState(
            workflow_state=state,
            task_id=task.pk,
            revision_id=pages[int(state.object_id)].latest_revision_id,
            started_at=now - timedelta(hours=place),
            content_type=ContentType.objects.get_for_model(TaskState),
        )
        for place, state in enumerate(states)
    )
    for state, current in zip(states, tasks, strict=True):
        state.current_task_state = current
    WorkflowState.objects.bulk_update(states, ["current_task_state"])


def _decide(numbers: list[int], waiting: list[int], editors: list[Any]) -> None:
    """What was decided before, and who has what."""
    Decision.objects.bulk_create(
        Decision(
            page_id=number,
            page_title="A model",
            page_type="operatingmodelpage",
            language="fi",
            editor=editors[place % len(editors)],
            editor_name=editors[place % len(editors)].get_full_name(),
            action="approved",
        )
        for place, number in enumerate([*waiting[::3], *numbers[:DECIDED]])
    )
    task = ReviewTask.objects.get()
    Assignment.objects.bulk_create(
        Assignment(page_id=number, task_id=task.pk, editor=editors[place % len(editors)])
        for place, number in enumerate(waiting[1::2])
    )
