"""A slow line to a server: passes bytes on after a delay each way, so that clicks overtake answers."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator

_CHUNK = 256 * 1024


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay_s: float) -> None:
    """Bytes leave `delay_s` after they came, in order; a queue lets the next ones come meanwhile."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def send() -> None:
        while True:
            due, data = await queue.get()
            await asyncio.sleep(max(0.0, due - loop.time()))
            if not data:
                return
            writer.write(data)
            await writer.drain()

    sending = asyncio.create_task(send())
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(_CHUNK):
            queue.put_nowait((loop.time() + delay_s, data))
    queue.put_nowait((loop.time(), b""))
    with contextlib.suppress(ConnectionError):
        await sending
    writer.close()


@contextlib.contextmanager
def slow_line(target_port: int, one_way_s: float, port: int) -> Iterator[str]:
    """Yield the address of a proxy on `port` to 127.0.0.1:`target_port` that delays every byte by `one_way_s`."""
    loop = asyncio.new_event_loop()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", target_port)
        await asyncio.gather(_carry(reader, there_writer, one_way_s), _carry(there_reader, writer, one_way_s))

    # A thread of its own: the browser's driver runs its loop in this one.
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(asyncio.start_server(meet, "127.0.0.1", port), loop).result(10)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _end(server: asyncio.Server) -> None:
    """Close the door and drop whoever is still talking."""
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
