"""A page without a browser, for tests of what is clicked: holds widget values and the address as the browser does.

A click sends every value held, and the address the page shows: by default the newest, or an older one, as when the
click was made before the browser had taken over the answer to the one before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Self
from urllib.parse import parse_qs

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.common import user_key_from_element_id
from websockets.asyncio.client import ClientConnection, connect

_FIELDS = {
    "multiselect": "string_array_value",
    "button_group": "string_array_value",
    "selectbox": "string_value",
    "text_input": "string_value",
    "text_area": "string_value",
    "slider": "double_array_value",
    "deck_gl_json_chart": "string_value",
}
_RUN_WITHIN_S = 60.0


class Reader:
    """One open page.

    `address` is the query it shows, `told` the widgets the server has set back since the last click.
    """

    def __init__(self, connection: ClientConnection, page: str) -> None:
        self._connection = connection
        self._page_name = page
        self._page_hash = ""
        self._ids: dict[str, tuple[str, str]] = {}  # user key -> widget id, kind
        self.values: dict[str, WidgetState] = {}
        self.address = ""
        self.told: dict[str, list[str]] = {}
        self.texts: list[str] = []
        self.session = ""
        self.said: list[str] = []  # notices of the page
        self.offered: dict[str, list[Any]] = {}  # user key, or `label:` and the label -> what may be picked
        self.files: list[str] = []  # what its download buttons ask for

    @classmethod
    async def open(cls, url: str, page: str, query: str = "", cookie: str = "") -> Self:
        """A visitor who opens a link: no widget has a value yet. `cookie` says who he is, where people sign in."""
        reader = cls(await connected(url, cookie), page)
        reader.address = query
        await reader._run(query)
        return reader

    async def click(self, key: str, value: Any, shown: str | None = None) -> None:
        """Give the widget whose key begins with `key` a value, with the address `shown` (default: the newest)."""
        _, (identity, kind) = self._widget(key)
        state = WidgetState(id=identity)
        match kind:
            case "button":
                state.trigger_value = True
            case "bidi_component":
                state.id = _make_trigger_id(identity, "events")
                state.json_trigger_value = value
            case _:
                field = _FIELDS[kind]
                if field.endswith("array_value"):
                    getattr(state, field).data.extend(value)
                else:
                    setattr(state, field, value)
        is_momentary = kind in ("button", "bidi_component")
        if not is_momentary:
            self.values[identity] = state
        self.told = {}
        await self._run(
            self.address if shown is None else shown,
            states=[*self.values.values(), *([state] if is_momentary else [])],
        )

    async def forge(self, key: str, *others: Self) -> None:
        """Press the button whose key begins with `key` as this page and the others have it, with all that stands in
        their fields, whether this page was given the button or not, and whether it may be pressed."""
        states = dict(self.values)
        for page in (*others, self):
            states |= page.values
            if found := [whole for whole in page._ids if whole == key or whole.startswith(f"{key}|")]:
                identity, _ = page._ids[found[-1]]
                states[identity] = WidgetState(id=identity, trigger_value=True)
        self.told = {}
        await self._run(self.address, states=list(states.values()))

    async def ask(self, message: BackMsg) -> list[ForwardMsg]:
        """Send anything else; what comes back until it is quiet for a moment."""
        await self._connection.send(message.SerializeToString())
        answers: list[ForwardMsg] = []
        while True:
            try:
                data = await asyncio.wait_for(self._connection.recv(decode=False), 2)
            except TimeoutError:
                return answers
            answers.append(ForwardMsg.FromString(bytes(data)))

    async def back(self, query: str) -> None:
        """The browser's Back or Forward onto an address of this page."""
        self.address = query
        self.told = {}
        await self._run(query, list(self.values.values()), is_history=True)

    async def moved_to(self, url: str) -> None:
        """The same page goes on with another server, which has never seen it; nothing is sent until a click."""
        await self._connection.close()
        self._connection = await connected(url)

    async def close(self) -> None:
        await self._connection.close()

    @property
    def choices(self) -> dict[str, list[str]]:
        return parse_qs(self.address)

    def _widget(self, key: str) -> tuple[str, tuple[str, str]]:
        found = [(whole, known) for whole, known in self._ids.items() if whole == key or whole.startswith(f"{key}|")]
        assert found, f"no widget {key!r} among {sorted(self._ids)}"
        return found[-1]

    def shows(self, key: str) -> list[str]:
        """What the page shows in a widget: the last of what was clicked and what the server set."""
        whole, (identity, kind) = self._widget(key)
        if whole in self.told:
            return self.told[whole]
        state = self.values[identity]
        value = getattr(state, _FIELDS[kind])
        return [str(item) for item in value.data] if hasattr(value, "data") else [str(value)]

    async def _run(self, query: str, states: Sequence[WidgetState] = (), is_history: bool = False) -> None:
        message = BackMsg()
        run = message.rerun_script
        run.query_string = query
        run.page_script_hash = self._page_hash
        run.page_name = "" if self._page_hash else self._page_name
        run.is_history_navigation = is_history
        run.widget_states.widgets.extend(states)
        run.context_info.locale = "zh-CN"
        run.context_info.timezone = "Asia/Shanghai"
        run.context_info.color_scheme = "light"
        self.texts = []
        await self._connection.send(message.SerializeToString())
        await asyncio.wait_for(self._read(), _RUN_WITHIN_S)
        # A run may be followed at once by one the server asked for itself.
        while await self._has_more():
            await asyncio.wait_for(self._read(), _RUN_WITHIN_S)

    async def _has_more(self) -> bool:
        """Whether another run begins before it has been quiet for a moment."""
        while True:
            try:
                data = await asyncio.wait_for(self._connection.recv(decode=False), 0.2)
            except TimeoutError:
                return False
            message = ForwardMsg.FromString(bytes(data))
            self._take(message)
            if message.WhichOneof("type") == "new_session":
                return True

    async def _read(self) -> None:
        while True:
            message = ForwardMsg.FromString(bytes(await self._connection.recv(decode=False)))
            self._take(message)
            if (
                message.WhichOneof("type") == "script_finished"
                and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            ):
                return

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._page_hash = message.new_session.page_script_hash
            self.session = message.new_session.initialize.session_id
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.address = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._take_element(message.delta.new_element)

    def _take_element(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        assert kind != "exception", element.exception.message
        if kind == "html":
            self.texts.append(element.html.body)
        if kind == "alert":
            self.said.append(element.alert.body)
        if kind == "download_button":
            self.files.append(element.download_button.deferred_file_id)
        widget = getattr(element, kind)
        identity = getattr(widget, "id", "")
        key = (user_key_from_element_id(identity) or f"label:{widget.label}") if identity else None
        if not key:
            return
        self.offered[key] = list(getattr(widget, "options", ()))
        if key.startswith("label:"):  # of several of one label the first
            self._ids.setdefault(key, (identity, kind))
        else:
            self._ids[key] = (identity, kind)
        if getattr(widget, "set_value", False):
            values = _set_values(widget, kind)
            self.told[key] = values
            state = WidgetState(id=identity)
            field = _FIELDS.get(kind)
            if field == "double_array_value":
                state.double_array_value.data.extend(float(value) for value in values)
            elif field == "string_array_value":
                state.string_array_value.data.extend(values)
            elif field and values:
                setattr(state, field, values[0])
            self.values[identity] = state


def _set_values(widget: Any, kind: str) -> list[str]:
    if kind == "slider":
        return [str(value) for value in widget.value]
    if kind == "text_input":
        return [widget.value]
    if kind == "selectbox":
        return [widget.raw_value] if widget.HasField("raw_value") else []
    return list(widget.raw_values) if hasattr(widget, "raw_values") else []


async def connected(url: str, cookie: str = "") -> ClientConnection:
    return await connect(
        url.replace("http", "ws", 1) + "/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
        proxy=None,
        origin=url,  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie} if cookie else None,
    )
