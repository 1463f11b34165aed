"""What has been mailed, once the queue was emptied."""

from django.core import mail

from accounts.mail.delivery import deliver


def delivered():
    """Send what is queued; return all mails of this test so far, the oldest first."""
    run = deliver()
    assert not run.problem, run.problem
    return mail.outbox


def receivers():
    """Return the addresses of all mails, sorted."""
    return sorted(address for message in delivered() for address in message.to)
