"""Reads a paper in a child process with limits, so that a parser's crash cannot take the bot."""

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import IO, Annotated, Literal, cast

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError

from bot.errors import UserError
from bot.papers import Opened, Reading
from bot.papers.opening import FORMATS, MB, MOST_BYTES, shown_name
from bot.reader import MEMORY, SECONDS

log = logging.getLogger(__name__)

MOST_ANSWER = 16 * MB  # JSON; a paper of 1,000 proposals takes 2.3
# Isolated: neither the working directory nor PYTHON… variables nor the user's own packages; and nothing is written.
CHILD = (sys.executable, "-I", "-B", "-m", "bot.reader")
# All that a child may need of the environment: where some machines keep Python's own library. No token passes.
ENVIRONMENT = ("LD_LIBRARY_PATH",)
_CHUNK = 65536  # bytes a pipe holds on Linux


@dataclass(frozen=True)
class ReadPaper:
    """A file's lines, and what was read from them."""

    lines: Opened
    reading: Reading


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("one line that steers no terminal")
    return text


_Shown = Annotated[str, Field(min_length=1, max_length=1_000), AfterValidator(_printable)]


@dataclass(frozen=True)
class _Refused:
    """The child raised UserError with this sentence."""

    refused: _Shown


@dataclass(frozen=True)
class _Broke:
    """Another exception: its type, file and line, never its words, which may be the paper's."""

    broke: _Shown


@dataclass(frozen=True)
class _Full:
    """Its memory was."""

    full: Literal[True]


_Answer = ReadPaper | _Refused | _Broke | _Full
_ANSWER: TypeAdapter[_Answer] = TypeAdapter(_Answer, config=ConfigDict(extra="forbid", strict=True))


class _Why(StrEnum):
    TIME = f"reading it took longer than {SECONDS} seconds"
    MEMORY = f"reading it needs more than {MEMORY // MB} MB of memory"
    TEXT = "it holds more text than any paper does"
    BROKE = "it makes the reader fail"


class _Stopped(Exception):
    """No answer that can be used: `why` for the user, `what` for the log."""

    def __init__(self, why: _Why, what: str) -> None:
        super().__init__(what)
        self.why = why
        self.what = what


def read(file_name: str, content: bytes) -> ReadPaper:
    """Open and parse a paper in a process of its own. UserError where it is no paper or cannot be read."""
    return read_by(CHILD, file_name, content, SECONDS)


def read_by(command: Sequence[str], file_name: str, content: bytes, seconds: float) -> ReadPaper:
    """`read` by this command, which has `seconds` to answer on its standard output."""
    refuse_large(file_name, len(content))
    sent = json.dumps({"name": file_name}).encode() + b"\n" + content
    try:
        answer = _understood(_answer(command, sent, time.monotonic() + seconds))
    except _Stopped as stopped:
        # For the log of a bot only: on a terminal a warning would stand beside the sentence.
        log.info("A file of %d bytes was not read: %s", len(content), stopped.what)
        raise UserError(
            f"{shown_name(file_name)} could not be read: {stopped.why}; save it again from the program that made it, "
            "or as plain text in UTF-8, and import that."
        ) from None
    if isinstance(answer, _Refused):
        raise UserError(answer.refused)
    return answer


def most_bytes(file_name: str) -> int:
    """How large a file of this name may be. Where its kind is unknown, as large as any may be."""
    kind = FORMATS.get(PurePath(file_name).suffix.lower())
    return kind.most if kind else MOST_BYTES


def refuse_large(file_name: str, size: int) -> None:
    """UserError where a file of this many bytes is no paper: before it is read, or a child started for it."""
    most = most_bytes(file_name)
    if size > most:
        raise UserError(f"{shown_name(file_name)} is too large to be a paper: at most {most // MB} MB are read.")


def _answer(command: Sequence[str], sent: bytes, end: float) -> bytes:
    """What the child says until it exits, which it must by `end`, in good order. It does not outlive this call."""
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    with subprocess.Popen(  # noqa: S603 - our own Python and module; the paper's name goes in by the pipe
        command,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # it may hold the paper's words
        cwd="/",
        env=environment,
        start_new_session=True,  # Ctrl+C is for the parent, which then ends the child
    ) as child:
        try:
            answer = _exchange(child, sent, end)
            code = child.wait(max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise _Stopped(_Why.TIME, "the reader did not end in time") from None
        finally:
            child.kill()
    if code == -signal.SIGXCPU:
        raise _Stopped(_Why.TIME, "the reader used up its processor time")
    if code:
        raise _Stopped(_Why.BROKE, f"the reader ended with code {code}")
    return answer


def _exchange(child: subprocess.Popen[bytes], sent: bytes, end: float) -> bytes:
    """Write and read by turns, since a child may do either first; until it closes its output."""
    left, answer = memoryview(sent), bytearray()
    with selectors.DefaultSelector() as pipes:
        listens, says = cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)
        os.set_blocking(listens.fileno(), False)
        pipes.register(listens, selectors.EVENT_WRITE)
        pipes.register(says, selectors.EVENT_READ)
        while (patience := end - time.monotonic()) > 0:
            for key, _ in pipes.select(patience):
                if key.fileobj is listens:
                    left = _written(listens, left)
                    if not left:
                        pipes.unregister(listens)
                        listens.close()
                elif part := os.read(key.fd, _CHUNK):
                    answer += part
                else:
                    return bytes(answer)
            if len(answer) > MOST_ANSWER:
                raise _Stopped(_Why.TEXT, "the reader's answer is too long")
    raise _Stopped(_Why.TIME, "the reader did not answer in time")


def _written(pipe: IO[bytes], left: memoryview) -> memoryview:
    """What is left to write; nothing where the child listens no more, for its answer or exit says why."""
    try:
        return left[os.write(pipe.fileno(), left[:_CHUNK]) :]
    except BrokenPipeError:
        return left[:0]


def _understood(answer: bytes) -> ReadPaper | _Refused:
    """The child is not trusted: only JSON of exactly the shapes above is taken."""
    try:
        found = _ANSWER.validate_json(answer)
    except ValidationError as error:
        raise _Stopped(_Why.BROKE, f"the reader's answer has {error.error_count()} faults") from None
    if isinstance(found, _Full):
        raise _Stopped(_Why.MEMORY, "the reader ran out of memory")
    if isinstance(found, _Broke):
        raise _Stopped(_Why.BROKE, found.broke)
    return found
