"""A cache that keeps what anybody still uses, and the most recently made besides."""

from collections import deque
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_RECENT = 256


class Kept(Generic[K, V]):
    """One value for each key, made when first asked for and dropped when long unused."""

    __slots__ = ("_lock", "_recent", "_values")

    def __init__(self) -> None:
        self._values: WeakValueDictionary[K, V] = WeakValueDictionary()
        self._recent: deque[V] = deque(maxlen=_RECENT)
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of the key, made if it is not there. What `make` raises is not kept."""
        with self._lock:
            value = self._values.get(key)
            if value is None:
                value = self._values[key] = make()
                self._recent.append(value)
            return value
