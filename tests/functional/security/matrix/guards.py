"""The portal's guards, and how each is taken away: what the matrix must notice.

A guard is a function that turns somebody away. *Unguarded*, it raises no refusal any more; *stock*,
a method of ours is gone and Wagtail's answers; *answering*, it says the same to everybody.
``doors`` are those at which its absence must show.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

ROOT = Path(__file__).resolve().parents[4]
REFUSALS = {"PermissionDenied", "Http404"}
SOURCES = ("site", "models_pages", "search")


@dataclass(frozen=True)
class Guard:
    """Places in the code, each with what takes its guard away, and the doors that then stand open.

    Several places are guards that stand behind one another: they are taken away together.
    """

    removals: tuple[tuple[str, Callable[[str], Any]], ...]
    doors: tuple[str, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """The places."""
        return tuple(place for place, _removal in self.removals)

    @contextmanager
    def removed(self) -> Iterator[None]:
        """Run without the guard."""
        with ExitStack() as stack:
            for place, removal in self.removals:
                stack.enter_context(removal(place))
            yield


# Ways to take a guard away ------------------------------------------------------------------


def found(place: str) -> tuple[Any, str]:
    """Return what holds the function of a place (``package.module:Class.method``), and its name."""
    module, _colon, path = place.partition(":")
    *outer, name = path.split(".")
    holder = importlib.import_module(module)
    for part in outer:
        holder = getattr(holder, part)
    return holder, name


@contextmanager
def stock(place: str) -> Iterator[None]:
    """Take our method away: the one that it overrides answers."""
    holder, name = found(place)
    own = vars(holder)[name]
    delattr(holder, name)
    try:
        yield
    finally:
        setattr(holder, name, own)


def answering(value: Any) -> Callable[[str], Any]:
    """Let the function give the same to everybody (or, of its arguments, what a function gives)."""

    @contextmanager
    def removal(place: str) -> Iterator[None]:
        holder, name = found(place)
        own = vars(holder)[name]
        answer = value if callable(value) else lambda *args, **kwargs: value
        setattr(holder, name, answer)
        try:
            yield
        finally:
            setattr(holder, name, own)

    return removal


@contextmanager
def unguarded(place: str) -> Iterator[None]:
    """Let the function raise no refusal: its code is exchanged, wherever it is registered."""
    holder, name = found(place)
    function = plain(vars(holder)[name])
    code = function.__code__
    function.__code__ = without_refusals(function)
    try:
        yield
    finally:
        function.__code__ = code


def plain(function: Any) -> FunctionType:
    """Return the function beneath its decorators."""
    return inspect.unwrap(function)  # type: ignore[return-value]


class _Refusals(ast.NodeTransformer):
    """Replaces what refuses by nothing; ``found`` tells whether anything did."""

    found = False

    def visit_Raise(self, node: ast.Raise) -> ast.stmt:
        if node.exc is not None and refuses(node):
            self.found = True
            return ast.copy_location(ast.Pass(), node)
        return node


def refuses(node: ast.Raise) -> bool:
    """Whether a statement raises one of the refusals."""
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return bool(names & REFUSALS)


def without_refusals(function: FunctionType) -> CodeType:
    """Return the function's code without its refusals."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    definition: Any = tree.body[0]
    definition.decorator_list = []
    transformer = _Refusals()
    transformer.visit(definition)
    assert transformer.found, f"{function.__qualname__} refuses nothing"
    # What the function closes over (`super()` needs __class__) is closed over again.
    names = function.__code__.co_freevars
    outer = ast.parse(f"def outer({', '.join(names)}):\n    return {function.__name__}")
    outer_definition: Any = outer.body[0]
    outer_definition.body.insert(0, definition)
    ast.fix_missing_locations(outer)
    space = dict(function.__globals__)
    # A method's annotations may name what only its class knows: none is evaluated.
    flags = __import__("__future__").annotations.compiler_flag
    exec(compile(outer, function.__code__.co_filename, "exec", flags=flags), space)
    made = space["outer"](*([None] * len(names)))
    code: CodeType = made.__code__
    return code


def refusing_functions() -> set[str]:
    """Return the places of all functions of the project that raise a refusal."""
    places = set()
    for source in SOURCES:
        base = ROOT / source
        start = base if source == "site" else ROOT
        for path in base.rglob("*.py"):
            if "migrations" not in path.parts:
                module = ".".join(path.relative_to(start).with_suffix("").parts)
                module = module.removesuffix(".__init__")
                places |= {f"{module}:{name}" for name in _refusing(ast.parse(path.read_text()))}
    return places


def _refusing(node: ast.AST, outer: tuple[str, ...] = ()) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _refusing(child, (*outer, child.name))
        elif isinstance(child, ast.FunctionDef):
            if any(isinstance(part, ast.Raise) and refuses(part) for part in ast.walk(child)):
                yield ".".join((*outer, child.name))
        else:
            yield from _refusing(child, outer)
