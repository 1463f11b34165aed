"""Mail that arrives: written as a row in the transaction that it tells of, sent by the delivery.

``send()`` is the only way in for the portal's own messages; mail that Django and Wagtail send
comes in through ``backend.QueueBackend``.
"""

from .addresses import absolute
from .writing import send, send_to_stranger

__all__ = ["absolute", "send", "send_to_stranger"]
