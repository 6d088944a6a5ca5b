"""What is known of the chats that wrote last, a limited number of them: whoever has gone away costs nothing."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Values by chat; beyond `size` the one longest unused goes. Losing one must cost time only, never truth."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._by_chat: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self._by_chat)

    def get(self, chat_id: int) -> T | None:
        """The value, where it is still known."""
        return self._by_chat.get(chat_id)

    def keep(self, chat_id: int, value: T) -> None:
        """This is known now, and used last."""
        self._by_chat.pop(chat_id, None)
        self._by_chat[chat_id] = value  # a dict keeps the order in which keys came
        if len(self._by_chat) > self._size:
            del self._by_chat[next(iter(self._by_chat))]

    def drop(self, chat_id: int) -> None:
        """Nothing is known any more."""
        self._by_chat.pop(chat_id, None)
