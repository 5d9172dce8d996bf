"""What a check sees: the student's module as if it had been imported.

    layer = student.Relu()          # an instance, living in the worker
    y = layer.forward(x)            # arrays travel both ways; in-place changes of x come back
    layer.dW                        # attributes read as plain values

Operations that have no counterpart in the student's module (placing an array in the worker,
identity, recording spies) are methods of :class:`Remote`, the fixture ``remote``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from autograder.errors import GraderFault
from autograder.student.session import Handle, Session

METHOD_TYPES = frozenset({"method", "function", "builtin_function_or_method"})
#: A generator of a student may go on for ever; no check needs more items than this.
MAX_ITEMS = 100_000


class StudentModule:
    """The names that the released stub defines, as proxies. Others are an author's mistake."""

    def __init__(self, session: Session, names: Collection[str]) -> None:
        self.__session = session
        self.__names = frozenset(names)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self.__names:
            raise GraderFault(f"a check uses student.{name}, which the stub does not define")
        return Callee(self.__session, None, name, name)


class Callee:
    """A function, class or bound method of the student's."""

    def __init__(self, session: Session, on: Handle | None, name: str, label: str) -> None:
        self.__session = session
        self.__on = on
        self.__name = name
        self.__label = label

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return _call(self.__session, self.__on, self.__name, self.__label, args, kwargs)

    def __groundup_call__(self, args: tuple[Any, ...], kwargs: dict[str, Any], keep: bool) -> Any:
        return _call(self.__session, self.__on, self.__name, self.__label, args, kwargs, keep)

    def __groundup_handle__(self) -> Handle:
        on = None if self.__on is None else self.__session.number(self.__on)
        found = self.__session.request("get", self.__label, on=on, name=self.__name, keep=True)
        assert isinstance(found, Handle)
        return found

    def __repr__(self) -> str:
        return f"<the student's {self.__label}>"


class Instance:
    """An object that lives in the worker. Attributes and items read as values, write in place."""

    def __init__(self, session: Session, handle: Handle) -> None:
        object.__setattr__(self, "_Instance__session", session)
        object.__setattr__(self, "_Instance__handle", handle)

    def __groundup_handle__(self) -> Handle:
        handle: Handle = self.__handle
        return handle

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        session, handle = self.__session, self.__handle
        label = f".{name}"  # not the type: a renamed class is no other answer
        if not session.knows_method(handle.type, name):
            found = session.request("get", label, on=session.number(handle), name=name)
            if not isinstance(found, Handle) or found.type not in METHOD_TYPES:
                return wrap(session, found)
            session.learn_method(handle.type, name)
        return Callee(session, handle, name, label)

    def __setattr__(self, name: str, value: Any) -> None:
        session, handle = self.__session, self.__handle
        label = f".{name} ="
        session.request("set", label, on=session.number(handle), name=name, value=value)

    def __getitem__(self, key: Any) -> Any:
        session, handle = self.__session, self.__handle
        if key is ...:
            return wrap(session, session.request("value", "[...]", on=session.number(handle)))
        label = "[...]"
        on = session.number(handle)
        return wrap(session, session.request("get", label, on=on, name="", items=[key]))

    def __setitem__(self, key: Any, value: Any) -> None:
        fields: dict[str, Any] = {} if key is ... else {"key": key}
        session, handle = self.__session, self.__handle
        label = "[...] ="
        session.request("assign", label, on=session.number(handle), value=value, **fields)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return _call(self.__session, self.__handle, "", "()", args, kwargs)

    def __iter__(self) -> Iterator[Any]:
        session, handle = self.__session, self.__handle
        on = session.number(handle)
        iterator = session.request("iterate", "iter", on=on, keep=True)
        for _ in range(MAX_ITEMS):
            items = session.request("next", "next", on=session.number(iterator), count=1)
            if not isinstance(items, list) or len(items) != 1:
                return
            yield wrap(session, items[0])
        raise GraderFault(f"a check drains more than {MAX_ITEMS} items")

    def __repr__(self) -> str:
        return f"<the student's {self.__handle.type} object>"


class Remote:
    """Operations in the worker that a student's module does not offer by itself."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def place(self, array: np.ndarray[Any, Any]) -> Instance:
        """An array of the worker's own, for calls in which identity is the point.

        ``handle[...] = new`` writes into it, ``handle[...]`` or :meth:`value` reads a copy.
        """
        namespace = self.namespace(array=np.asarray(array))
        return self.ref(namespace, "array")

    def ref(self, owner: object, attribute: str, *items: Any) -> Instance:
        """A handle of ``owner.attribute[item]...`` itself, even where it has a plain form."""
        handle = _handle(owner)
        label = ".".join(["", attribute, *map(str, items)])
        on = self._session.number(handle)
        found = self._session.request(
            "get", label, on=on, name=attribute, items=list(items), keep=True
        )
        return Instance(self._session, found)

    def value(self, thing: Any) -> Any:
        """A copy of what a handle stands for; plain values are returned as they are."""
        if not isinstance(thing, Instance):
            return thing
        on = self._session.number(thing.__groundup_handle__())
        return wrap(self._session, self._session.request("value", "value", on=on))

    def call(self, function: Callee | Instance, *args: Any, **kwargs: Any) -> Instance:
        """Call, and keep the result in the worker whatever it is."""
        if isinstance(function, Callee):
            found = function.__groundup_call__(args, kwargs, True)
        else:
            handle = function.__groundup_handle__()
            found = _call(self._session, handle, "", "()", args, kwargs, True)
        assert isinstance(found, Instance)
        return found

    def same(self, first: object, second: object) -> bool:
        """``first is second``, in the worker."""
        return self._session.request("same", "is", args=(first, second)) is True

    def shares_memory(self, first: object, second: object) -> bool:
        """``np.shares_memory(first, second)``, in the worker."""
        found = self._session.request("shares_memory", "shares_memory", args=(first, second))
        return bool(found)

    def namespace(self, **members: Any) -> Instance:
        """An object in the worker with these attributes: values are copied there, functions are
        called back here. A fake network that logs its batches, for example."""
        found = self._session.request("namespace", "namespace", members=members)
        return Instance(self._session, found)

    def parameter(self, array: np.ndarray[Any, Any]) -> Instance:
        """Like an array to the student's code, but it travels by reference: a spy that gets it, or
        a copy of it, can tell which with :meth:`same`."""
        found = self._session.request("parameter", "parameter", value=np.asarray(array))
        return Instance(self._session, found)

    def generator(self, seed: int) -> Instance:
        """``np.random.default_rng(seed)``, made in the worker."""
        return Instance(
            self._session, self._session.request("generator", "generator", seed=int(seed))
        )

    def seed(self, seed: int) -> None:
        """``np.random.seed(seed)`` and ``random.seed(seed)``, in the worker."""
        self._session.request("seed", "seed", seed=int(seed))

    def output(self) -> str:
        """What the student's code printed in this check so far (capped)."""
        return self._session.output

    def warnings(self) -> list[tuple[str, str, int]]:
        """(category, message, line) of the warnings in this check so far (capped)."""
        return list(self._session.warnings)


def wrap(session: Session, value: Any) -> Any:
    """Handles as instances, also inside containers; everything else as it is."""
    if isinstance(value, Handle):
        return Instance(session, value)
    if isinstance(value, (list, tuple)):
        return type(value)(wrap(session, item) for item in value)
    if isinstance(value, dict):
        return {key: wrap(session, item) for key, item in value.items()}
    return value


def _handle(thing: object) -> Handle:
    if isinstance(thing, (Instance, Callee)):
        return thing.__groundup_handle__()
    raise GraderFault(f"a check needs a handle here, not a {type(thing).__name__}")


def _call(
    session: Session,
    on: Handle | None,
    name: str,
    label: str,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    keep: bool = False,
) -> Any:
    number = None if on is None else session.number(on)
    fields: dict[str, Any] = {"keep": True} if keep else {}
    found = session.request("call", label, on=number, name=name, args=args, kwargs=kwargs, **fields)
    return wrap(session, found)
