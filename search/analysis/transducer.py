"""A compact runtime for weighted transducers in KFST's file format.

The reference implementation builds a Python object for each of three million transitions, which
takes seconds and most of a gigabyte in every process. Here the file is converted once into flat
arrays that all processes map into memory and share: opening them takes milliseconds.

Pure: no Django, nothing outside the standard library.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import mmap
import os
import struct
import sys
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

MAGIC = b"MLFST\x00\x03\x00"
EPSILON = "@_EPSILON_SYMBOL_@"
IDENTITY = "@_IDENTITY_SYMBOL_@"

# An arc is one 64-bit number, from its high end: input, target state, output, weight. Arcs of a
# state are sorted, so those of one input symbol are found by bisection in the mapped file.
_INPUT_SHIFT = 40
_TARGET_SHIFT = 16
_OUTPUT_SHIFT = 5
_TARGET_MASK = (1 << (_INPUT_SHIFT - _TARGET_SHIFT)) - 1
_OUTPUT_MASK = (1 << (_TARGET_SHIFT - _OUTPUT_SHIFT)) - 1
_WEIGHT_MASK = (1 << _OUTPUT_SHIFT) - 1
_EPSILON_END = 1 << _INPUT_SHIFT
# For each state a set of the pairs of symbols that can follow, hashed to bits, and a bit for the
# word's end: most paths are seen to lead nowhere before they are taken.
_PAIR_BITS = 63
_ALL_PAIRS = (1 << _PAIR_BITS) - 1
_END_BIT = 1 << _PAIR_BITS
# The word's end as the second of a pair; no symbol's code, and any number would do.
_END_CODE = 61
# Spreads the first of a pair, so that pairs that share letters meet in few bits.
_SPREAD = 29
# All weights in the data are multiples of a half; whole numbers index the search's buckets.
_WEIGHT_UNIT = 2
_BUCKETS = 128
_DONE = -1
# No word of a language needs nearly so many steps; a string made to hurt stops here.
_MAX_STEPS = 120_000

_Link = tuple["_Link", str] | None


class TransducerError(Exception):
    """The transducer's file is missing or not what was expected."""


class Transducer:
    """A transducer in mapped memory. Reading is safe from any number of threads."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        view = memoryview(self._map)
        if bytes(view[:8]) != MAGIC:
            raise TransducerError(f"{path} is not a converted transducer")
        (length,) = struct.unpack("=Q", view[8:16])
        header = json.loads(bytes(view[16 : 16 + length]))
        start = _aligned(16 + length)
        states, arcs = header["states"], header["arcs"]
        self._first = view[start : start + 4 * (states + 1)].cast("I")
        start = _aligned(start + 4 * (states + 1))
        self._follow = view[start : start + 8 * states].cast("Q")
        start += 8 * states
        self._arcs = view[start : start + 8 * arcs].cast("Q")
        self._finals = {int(state): weight for state, weight in header["finals"].items()}
        self._symbols: list[str] = header["symbols"]
        # Epsilon has code 0 and sorts first; characters without a symbol use identity's arcs.
        self._identity: int = header["identity"]
        self._codes = {
            symbol: code for code, symbol in enumerate(self._symbols) if len(symbol) == 1
        }

    def lookup(
        self, word: str, margin: float = 0.0, *, only: str = "", limit: float = 60.0
    ) -> list[tuple[str, float]]:
        """The outputs for ``word``, cheapest first, up to ``margin`` above the cheapest.

        Searches best first, so that costly readings (guesses) are never walked where cheap ones
        exist. The margin counts where the cheapest output begins with ``only``; what costs more
        than ``limit`` is not looked for.
        """
        if not word:
            return []
        highest = min(_BUCKETS - 1, int(limit * _WEIGHT_UNIT))
        best: int | None = None
        found: dict[str, float] = {}
        for weight, output in self._paths(word, highest):
            if best is None:
                best = weight
                if output.startswith(only):
                    highest = min(highest, best + int(margin * _WEIGHT_UNIT))
                else:
                    highest = best
            if weight > highest:
                break
            found.setdefault(output, weight / _WEIGHT_UNIT)
        return sorted(found.items(), key=lambda item: (item[1], item[0]))

    def _paths(self, word: str, highest: int) -> Iterator[tuple[int, str]]:  # noqa: C901
        # One function, however long: this is the loop in which indexing spends its time.
        first, arcs, follow = self._first, self._arcs, self._follow
        finals, symbols, identity = self._finals, self._symbols, self._identity
        codes = [self._codes.get(character, identity) for character in word]
        bits = [
            1 << (code * _SPREAD + after) % _PAIR_BITS
            for code, after in zip(codes, [*codes[1:], _END_CODE], strict=True)
        ]
        bits.append(_END_BIT)
        end = len(codes)
        buckets: list[list[tuple[int, int, _Link]]] = [
            [] for _ in range(_BUCKETS + _WEIGHT_MASK + 1)
        ]
        buckets[0].append((0, 0, None))
        steps = 0
        for cost in range(highest + 1):
            stack = buckets[cost]
            while stack:
                state, position, link = stack.pop()
                if state == _DONE:
                    yield cost, _unlink(link)
                    continue
                # Follows one path for as long as it costs nothing; what branches off is stacked.
                while True:
                    steps += 1
                    if steps > _MAX_STEPS:
                        return
                    if position == end and state in finals:
                        buckets[cost + finals[state]].append((_DONE, 0, link))
                    low = first[state]
                    high = first[state + 1]
                    if low == high:
                        break
                    arc = arcs[low]
                    if arc < _EPSILON_END:
                        bit = bits[position]
                        while arc < _EPSILON_END:
                            target = (arc >> _TARGET_SHIFT) & _TARGET_MASK
                            if follow[target] & bit:
                                output = (arc >> _OUTPUT_SHIFT) & _OUTPUT_MASK
                                piece = (link, symbols[output]) if output else link
                                buckets[cost + (arc & _WEIGHT_MASK)].append(
                                    (target, position, piece)
                                )
                            low += 1
                            if low == high:
                                break
                            arc = arcs[low]
                    if position == end or low == high:
                        break
                    key = codes[position] << _INPUT_SHIFT
                    if arc < key:
                        low = bisect_left(arcs, key, low, high)
                        if low == high:
                            break
                        arc = arcs[low]
                    beyond = key + _EPSILON_END
                    state = _DONE
                    after = link
                    bit = bits[position + 1]
                    while arc < beyond:
                        target = (arc >> _TARGET_SHIFT) & _TARGET_MASK
                        if follow[target] & bit:
                            output = (arc >> _OUTPUT_SHIFT) & _OUTPUT_MASK
                            weight = arc & _WEIGHT_MASK
                            if not output:
                                piece = link
                            elif output == identity:
                                piece = (link, word[position])
                            else:
                                piece = (link, symbols[output])
                            if weight or state != _DONE:
                                buckets[cost + weight].append((target, position + 1, piece))
                            else:
                                state = target
                                after = piece
                        low += 1
                        if low == high:
                            break
                        arc = arcs[low]
                    if state == _DONE:
                        break
                    position += 1
                    link = after


def _unlink(link: _Link) -> str:
    pieces = []
    while link is not None:
        link, piece = link
        pieces.append(piece)
    pieces.reverse()
    return "".join(pieces)


def _aligned(offset: int) -> int:
    return (offset + 7) & ~7


def open_transducer(source: Path, cache_dir: Path | None = None) -> Transducer:
    """The transducer of a KFST file, converted into ``cache_dir`` if that was not done before.

    The converted file is written beside and renamed, so several processes may come here at once.
    Where ``cache_dir`` can't be written (or is ``None``) a folder for temporary files serves.
    """
    try:
        data = source.read_bytes()
    except OSError as error:
        raise TransducerError(f"{source} can't be read: {error.strerror}") from error
    name = f"transducer-{hashlib.sha256(MAGIC + data).hexdigest()[:16]}-{sys.byteorder}.bin"
    problem: Exception | None = None
    for folder in _folders(cache_dir):
        target = folder / name
        try:
            if not target.exists():
                folder.mkdir(parents=True, exist_ok=True)
                _convert(data, target)
            return Transducer(target)
        except (OSError, ValueError, TransducerError) as error:
            problem = error
    raise TransducerError(f"{source.name} can't be converted: {problem}")


def _folders(cache_dir: Path | None) -> Iterator[Path]:
    if cache_dir is not None:
        yield cache_dir
    # Of this user alone: a file that another could have put there would be trusted as data.
    yield Path(tempfile.gettempdir()) / f"mallisto-analysis-{os.getuid()}"


def _convert(data: bytes, target: Path) -> None:
    if data[:4] != b"KFST":
        raise TransducerError("not a KFST file")
    _, symbol_count, transition_count, final_count, _ = struct.unpack("!HHII?", data[4:17])
    names: list[str] = []
    offset = 17
    for _ in range(symbol_count):
        end = data.index(b"\0", offset)
        names.append(data[offset:end].decode())
        offset = end + 1
    body = lzma.decompress(data[offset:])
    split = transition_count * 20
    order = sorted(range(symbol_count), key=lambda index: names[index] != EPSILON)
    code_of = [0] * symbol_count
    for code, index in enumerate(order):
        code_of[index] = code
    # Readers' text never holds the multi-character symbols (tags): their arcs can't be taken.
    usable = [len(name) == 1 or name in (EPSILON, IDENTITY) for name in names]
    arcs, first = _pack(memoryview(body)[:split], code_of, usable)
    finals = {
        state: int(weight * _WEIGHT_UNIT)
        for state, weight in struct.iter_unpack("!Id", body[split : split + final_count * 12])
    }
    for state in finals:
        while len(first) < state + 2:
            first.append(len(arcs))
    symbols = [names[index] for index in order]
    header = json.dumps(
        {
            "states": len(first) - 1,
            "arcs": len(arcs),
            "finals": finals,
            "symbols": symbols,
            "identity": symbols.index(IDENTITY),
        }
    ).encode()
    _write(target, header, first, _followers(first, arcs, finals), arcs)


def _pack(
    body: memoryview, code_of: list[int], usable: list[bool]
) -> tuple[array[int], array[int]]:
    """Arcs sorted within each state, and for each state the place of its first arc."""
    arcs = array("Q")
    first = array("I", [0])
    current = 0
    highest = 0
    block: list[int] = []
    for origin, target, source, output, weight in struct.iter_unpack("!IIHHd", body):
        if origin != current:
            block.sort()
            arcs.extend(block)
            block.clear()
            first.extend([len(arcs)] * (origin - current))
            current = origin
        if target > highest:
            highest = target
        if usable[source]:
            block.append(
                code_of[source] << _INPUT_SHIFT
                | target << _TARGET_SHIFT
                | code_of[output] << _OUTPUT_SHIFT
                | int(weight * _WEIGHT_UNIT)
            )
    block.sort()
    arcs.extend(block)
    states = max(current, highest) + 1
    first.extend([len(arcs)] * (states + 1 - len(first)))
    return arcs, first


def _followers(first: array[int], arcs: array[int], finals: dict[int, int]) -> array[int]:
    """For each state the bits of the pairs that can follow, through epsilon arcs too."""
    states = len(first) - 1
    single = array("Q", bytes(8 * states))
    passing: list[tuple[int, int]] = []
    for state in range(states):
        bits = _END_BIT if state in finals else 0
        for arc in arcs[first[state] : first[state + 1]]:
            code = arc >> _INPUT_SHIFT
            if code:
                bits |= 1 << code % _PAIR_BITS
            else:
                passing.append((state, (arc >> _TARGET_SHIFT) & _TARGET_MASK))
        single[state] = bits
    passing.reverse()
    _close(single, passing)
    follow = array("Q", bytes(8 * states))
    for state in range(states):
        bits = single[state] & _END_BIT
        for arc in arcs[first[state] : first[state + 1]]:
            code = arc >> _INPUT_SHIFT
            if code:
                seconds = single[(arc >> _TARGET_SHIFT) & _TARGET_MASK]
                if seconds & _END_BIT:
                    seconds |= 1 << _END_CODE
                # All pairs of this symbol at once: the seconds' bits, turned by the first.
                turn = code * _SPREAD % _PAIR_BITS
                seconds &= _ALL_PAIRS
                bits |= (seconds << turn | seconds >> (_PAIR_BITS - turn)) & _ALL_PAIRS
        follow[state] = bits
    _close(follow, passing)
    return follow


def _close(sets: array[int], passing: list[tuple[int, int]]) -> None:
    """Add to each state's set those of the states that epsilon arcs lead to."""
    changed = True
    while changed:
        changed = False
        for state, target in passing:
            bits = sets[state] | sets[target]
            if bits != sets[state]:
                sets[state] = bits
                changed = True


def _write(
    target: Path, header: bytes, first: array[int], follow: array[int], arcs: array[int]
) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(MAGIC + struct.pack("=Q", len(header)) + header)
            file.write(b"\0" * (_aligned(file.tell()) - file.tell()))
            first.tofile(file)
            file.write(b"\0" * (_aligned(file.tell()) - file.tell()))
            follow.tofile(file)
            arcs.tofile(file)
            file.flush()
            os.fsync(file.fileno())
        # Other users may serve from the same folder; the data is no secret.
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
