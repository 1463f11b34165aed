"""How often something may be tried: counted in the cache, which processes may share."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Who asks: the connection's address, or what the proxies in front (``PROXY_COUNT``) saw.

    Of ``X-Forwarded-For`` only the entries that our own proxies added are believed.
    """
    direct = request.META.get("REMOTE_ADDR") or ""
    count = settings.PROXY_COUNT
    if not count:
        return direct
    forwarded = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part
    ]
    return forwarded[-count] if len(forwarded) >= count else direct


def may_try(kind: str, who: str, limit: int, seconds: int) -> bool:
    """Count a try; whether there were no more than ``limit`` of them within ``seconds``."""
    digest = hashlib.sha256(who.encode()).hexdigest()
    key = f"tries:{kind}:{digest}"
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key)) <= limit
    except ValueError:
        # It ran out between the two: the first of a new period.
        cache.set(key, 1, seconds)
        return True
