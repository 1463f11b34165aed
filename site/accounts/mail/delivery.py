"""Sending what is queued: at least once, by any number of workers, patient with the server.

A worker takes a mail by moving its time ten minutes on, sends it and marks it sent. One that is
killed in between is repeated after the ten minutes, with the same Message-ID. A mail that is
refused is tried again with growing pauses; a server that does not answer holds up the run and
counts against no mail.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import get_connection
from django.db import DatabaseError, close_old_connections
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from post_office.models import STATUS, Email, Log
from post_office.settings import get_backend

from .cleaning import clean
from .digests import gather

logger = logging.getLogger("mallisto.mail")

LEASE = timedelta(minutes=10)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
GIVE_UP_AFTER = timedelta(days=5)
POLL_SECONDS = 2.0
LONGEST_POLL_SECONDS = 120.0
ROUNDS_SECONDS = 60.0


@dataclass(slots=True)
class Run:
    """How many mails a run sent, put off and gave up; ``problem`` where no server answered."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    problem: str = ""


def deliver(stop: threading.Event | None = None) -> Run:
    """Send all that is due; never raises for a mail or for the mail server."""
    run = Run()
    connection = None
    try:
        for email in _taken(stop):
            if connection is None:
                try:
                    connection = _open()
                except OSError as error:  # an SMTPException is one
                    _put_back(email)
                    run.problem = f"{type(error).__name__}: {error}"
                    break
            if not _send(email, connection, run):
                # What state the conversation is in, nobody knows.
                _close(connection)
                connection = None
    finally:
        if connection is not None:
            _close(connection)
    return run


def waiting() -> QuerySet[Email]:
    """Mails that are due now."""
    now = timezone.now()
    return Email.objects.filter(
        Q(scheduled_time=None) | Q(scheduled_time__lte=now),
        Q(expires_at=None) | Q(expires_at__gt=now),
        status__in=(STATUS.queued, STATUS.requeued),
    )


def watch(stop: threading.Event) -> None:
    """Deliver until told to stop; tell of the mail server when it fails and when it answers."""
    problem, pause, rounds_at = "", POLL_SECONDS, timezone.now()
    while not stop.is_set():
        try:
            if timezone.now() >= rounds_at:
                do_rounds()
                rounds_at = timezone.now() + timedelta(seconds=ROUNDS_SECONDS)
            run = deliver(stop)
        except DatabaseError:
            logger.exception("The mail queue cannot be read; it is tried again.")
            pause = LONGEST_POLL_SECONDS / 10
        else:
            if run.problem and not problem:
                logger.error("No mail can be sent; it waits, and is tried again: %s", run.problem)
            elif problem and not run.problem and run.sent:
                logger.warning("Mail can be sent again.")
            problem = run.problem or ("" if run.sent else problem)
            pause = min(pause * 2, LONGEST_POLL_SECONDS) if run.problem else POLL_SECONDS
        close_old_connections()
        stop.wait(pause)


def do_rounds(now: datetime | None = None) -> None:
    """What is to be done now and then: write digests, remove what is old."""
    gather(now)
    clean(now)


def _taken(stop: threading.Event | None) -> Iterator[Email]:
    """Due mails, the urgent and the oldest first; each is this worker's for the lease."""
    while stop is None or not stop.is_set():
        email = waiting().order_by("-priority", "created", "pk").first()
        if email is None:
            return
        taken = (
            waiting()
            .filter(pk=email.pk, scheduled_time=email.scheduled_time)
            .update(
                scheduled_time=timezone.now() + LEASE,
                number_of_retries=Coalesce(F("number_of_retries"), 0) + 1,
            )
        )
        if taken:
            yield email


def _open() -> Any:
    connection = get_connection(get_backend())
    connection.open()
    return connection


def _close(connection: Any) -> None:
    try:
        connection.close()
    except Exception:
        logger.warning("The mail server did not say goodbye.", exc_info=True)


def _put_back(email: Email) -> None:
    Email.objects.filter(pk=email.pk).update(
        scheduled_time=email.scheduled_time, number_of_retries=email.number_of_retries
    )


def _send(email: Email, connection: Any, run: Run) -> bool:
    """Send one mail that is ours; whether the connection can be used for the next."""
    try:
        email.dispatch(commit=False, disconnect_after_delivery=False, connection=connection)
    except Exception as error:
        logger.warning("Mail %d was not taken.", email.pk, exc_info=True)
        _refused(email, error, run)
        return False
    Email.objects.filter(pk=email.pk).update(status=STATUS.sent, last_updated=timezone.now())
    run.sent += 1
    return True


def _refused(email: Email, error: Exception, run: Run) -> None:
    attempts = (email.number_of_retries or 0) + 1
    now = timezone.now()
    gives_up = attempts >= len(PAUSES) and now - email.created > GIVE_UP_AFTER
    Email.objects.filter(pk=email.pk).update(
        status=STATUS.failed if gives_up else STATUS.requeued,
        scheduled_time=now + PAUSES[min(attempts, len(PAUSES)) - 1],
        last_updated=now,
    )
    Log.objects.create(
        email=email,
        status=STATUS.failed,
        exception_type=type(error).__name__,
        message=str(error),
    )
    if gives_up:
        run.failed += 1
        logger.error("Mail %d is given up after %d attempts: %s", email.pk, attempts, error)
    else:
        run.deferred += 1
