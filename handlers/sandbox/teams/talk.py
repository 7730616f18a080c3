"""What happens in a channel, each changing the store: saying, editing, deleting, reacting; what was typed, as HTML."""

import html
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus

from handlers.sandbox.basics import EPOCH, Clock, Json
from handlers.sandbox.teams.store import Identity, Person, Post, Reaction, Room, Store, TeamsError
from handlers.sandbox.text import LINK, whole

_NAMED = r"(@(?:{}))(?!\w)"


@dataclass
class Stamps:
    """Ids as Teams gives them: milliseconds since 1970, each one greater than the last."""

    clock: Clock
    _last: int = 0

    def next(self) -> tuple[str, datetime]:
        self._last = max((self.clock() - EPOCH) // timedelta(milliseconds=1), self._last + 1)
        return str(self._last), EPOCH + timedelta(milliseconds=self._last)


@dataclass(frozen=True)
class Written:
    """A member's words as Teams keeps them. `{n}` of the HTML is the n-th mention: events and Graph write it apart."""

    words: str
    html: str
    mentions: list[Person | Identity] = field(default_factory=list)


def name_of(mentioned: Person | Identity) -> str:
    return mentioned.bot_name if isinstance(mentioned, Identity) else mentioned.name


def written(store: Store, identity: Identity, words: str) -> Written:
    """Typed in the client: "@dpbot" and "@Ada Firth" are mentions, addresses links, each line a paragraph."""
    words = whole(words)
    known: dict[str, Person | Identity] = {f"@{person.name}": person for person in store.people.values()}
    known[f"@{identity.bot_name}"] = identity
    names = "|".join(re.escape(name[1:]) for name in sorted(known, key=len, reverse=True))
    mentions: list[Person | Identity] = []
    lines = []
    for line in words.split("\n"):
        made = ""
        for part in re.split(_NAMED.format(names), line):
            if part in known:
                made += f"\x00{len(mentions)}\x00"
                mentions.append(known[part])
            else:
                made += _linked(part)
        lines.append(f"<p>{made or '&nbsp;'}</p>")
    return Written(words, "".join(lines), mentions)


def for_event(written_html: str, mentions: list[Person | Identity]) -> str:
    """An activity's attachment of HTML. Microsoft's own samples of channel messages with mentions."""
    span = '<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="{}">{}</span>'
    return _filled(written_html, mentions, span)


def for_graph(written_html: str, mentions: list[Person | Identity]) -> str:
    """Microsoft: learn.microsoft.com/graph/api/resources/chatmessagemention."""
    return _filled(written_html, mentions, '<at id="{}">{}</at>')


def text_of(words: str, mentions: list[Person | Identity]) -> str:
    """An activity's `text`: mentions are marked, all else is as typed."""
    for mentioned in dict.fromkeys(name_of(each) for each in mentions):
        words = re.sub(rf"@({re.escape(mentioned)})(?!\w)", r"<at>\1</at>", words)
    return words


def _linked(words: str) -> str:
    made = ""
    for part in LINK.split(words):
        safe = html.escape(part, quote=False)
        made += (
            f'<a href="{html.escape(part)}" title="{html.escape(part)}">{safe}</a>' if LINK.fullmatch(part) else safe
        )
    return made


def _filled(written_html: str, mentions: list[Person | Identity], form: str) -> str:
    for number, mentioned in enumerate(mentions):
        tag = form.format(number, html.escape(name_of(mentioned)))
        written_html = written_html.replace(f"\x00{number}\x00 ", f"{tag}&nbsp;").replace(f"\x00{number}\x00", tag)
    return written_html


def say(stamps: Stamps, room: Room, author: str, said: Written, root: str | None, attachments: list[Json]) -> Post:
    if room.is_archived:
        raise TeamsError(HTTPStatus.FORBIDDEN, "Forbidden", "The team is archived.")
    if root is not None and room.post(root).root is not None:
        raise TeamsError(HTTPStatus.BAD_REQUEST, "BadArgument", "A reply cannot be replied to.")
    id_, at = stamps.next()
    post = Post(id_, author, at, root, said.html, said.words, attachments, said.mentions, changed_at=at)
    room.posts[id_] = post
    return post


def edit(stamps: Stamps, post: Post, said: Written) -> None:
    post.edited_at = post.changed_at = stamps.next()[1]
    post.html, post.words, post.mentions = said.html, said.words, said.mentions


def delete(stamps: Stamps, post: Post) -> None:
    post.deleted_at = post.changed_at = stamps.next()[1]


def restore(stamps: Stamps, post: Post) -> None:
    post.deleted_at, post.changed_at = None, stamps.next()[1]


def react(stamps: Stamps, post: Post, person: Person, kind: str) -> bool:
    """Whether anything changed."""
    if any(each.kind == kind and each.person == person.key for each in post.reactions):
        return False
    post.changed_at = stamps.next()[1]
    post.reactions.append(Reaction(kind, person.key, post.changed_at))
    return True


def unreact(stamps: Stamps, post: Post, person: Person, kind: str) -> bool:
    left = [each for each in post.reactions if (each.kind, each.person) != (kind, person.key)]
    changed = len(left) < len(post.reactions)
    if changed:
        post.changed_at = stamps.next()[1]
        post.reactions[:] = left
    return changed
