"""A rerun of each page against an empty page, over Streamlit's own websocket protocol.

Rounds alternate between the two servers, so that a noisy machine disturbs both alike.
Budgets: rerun within 1.5 times the empty page (median, one session), 2 MiB a session.
"""

import asyncio
import statistics
import time

import psutil
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.servers import serving

PAGES = ["", "world", "china", "sites", "registry", "sources", "leader", "batch", "standard"]
ROUNDS, SESSIONS, PAUSE = 15, 20, 0.15


async def _rerun(socket, page: str, known: set[str], query: str = "lang=en") -> float:
    """Ask for one run of a page; seconds until the script has finished.

    `known` are the hashes of the large messages received before: like a browser we keep them,
    say so, and are sent a reference instead.
    """
    message = BackMsg()
    message.rerun_script.cached_message_hashes.extend(known)
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    start = time.perf_counter()
    await socket.send(message.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await socket.recv())
        if answer.metadata.cacheable:
            known.add(answer.hash)
        if answer.WhichOneof("type") == "script_finished":
            if answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                raise RuntimeError(f"page {page!r} did not finish")
            return time.perf_counter() - start


def _session(port: int):
    return websockets.connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=["streamlit"],
        max_size=None,
        origin=None,
    )


async def _ratio(port: int, empty_port: int, page: str) -> tuple[float, float]:
    """Median seconds of a rerun of a page and of the empty page, measured in turn."""
    own, empty, known = [], [], set()
    async with _session(port) as ours, _session(empty_port) as theirs:
        for _ in range(3):
            await _rerun(ours, page, known)
            await _rerun(theirs, "", set())
        for _ in range(ROUNDS):
            await asyncio.sleep(PAUSE)
            own.append(await _rerun(ours, page, known))
            await asyncio.sleep(PAUSE)
            empty.append(await _rerun(theirs, "", set()))
    return statistics.median(own), statistics.median(empty)


async def _memory(port: int, process: psutil.Process) -> float:
    """MiB that each further open session adds to the server."""
    before = process.memory_info().rss
    async with asyncio.TaskGroup() as group:
        sessions = [group.create_task(_session(port).__aenter__()) for _ in range(SESSIONS)]
    for session in sessions:
        await _rerun(session.result(), "", set())
    after = process.memory_info().rss
    for session in sessions:
        await session.result().close()
    return (after - before) / SESSIONS / 2**20


async def run() -> None:
    """Print the rerun of every page as a ratio to the empty page, and memory per session."""
    with serving("dashboard.py") as (port, pid), serving("benchmarks/empty.py") as (empty, _):
        for page in PAGES:
            own, base = await _ratio(port, empty, page)
            print(
                f"rerun /{page}: {own / base:.2f} x empty ({1e3 * own:.0f} / {1e3 * base:.0f} ms)"
            )
        print(f"memory: {await _memory(port, psutil.Process(pid)):.2f} MiB per session")
