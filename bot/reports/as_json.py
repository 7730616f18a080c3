"""A Comments document as JSON: the keys of `comments.schema.json`, in which each is described."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.domain import Comment, CommentsDocument, Compilation, Invited, ReactionCount, Reply
from bot.reports.summary import Summary, Tally, summarise

SCHEMA = "dpbot/comments/1"


def write(document: CommentsDocument, templates: Sequence[Path]) -> bytes:  # noqa: ARG001 - no words of ours, no template
    """UTF-8, indented, keys always in the same order. Times are UTC."""
    compilation = document.compilation
    summary = summarise(compilation)
    content = {
        "schema": SCHEMA,
        "name": document.name,
        "version": f"{document.version.major}.{document.version.minor}",
        "draft": document.issued_by is None,
        "made_at": _moment(document.made_at),
        "classification": compilation.classification.value,
        "handling": compilation.handling,
        "proposal": _proposal(compilation),
        "invited": [_invited(invited) for invited in compilation.invited],
        "summary": _summary(summary, compilation),
        "comments": [_comment(comment) for comment in compilation.comments],
        "replies": [_reply(reply) for reply in sorted(compilation.replies, key=lambda reply: reply.said_at)],
        "reactions": [_reaction(reaction) for reaction in compilation.reactions],
        "receipt": _receipt(compilation, summary),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _proposal(compilation: Compilation) -> dict[str, Any]:
    return {
        "reference": compilation.reference,
        "type": compilation.type.value,
        "title": compilation.title,
        "stage": compilation.stage,
        "proposer": compilation.proposer,
        "organisation": compilation.organisation,
        "on_behalf_of": compilation.on_behalf_of,
        "lead_analyst": compilation.lead_analyst,
        "problem_statement": compilation.problem_statement,
    }


def _invited(invited: Invited) -> dict[str, Any]:
    return {
        "sub_committee": invited.sub_committee,
        "paper": invited.paper,
        "paper_dated": _day(invited.paper_dated),
        "meeting": invited.meeting,
        "meeting_date": _day(invited.meeting_date),
        "meeting_confirmed": invited.meeting_confirmed,
        "comments_by": invited.comments_by,
        "views_invited_on": list(invited.views_invited_on),
    }


def _summary(summary: Summary, compilation: Compilation) -> dict[str, Any]:
    return {
        **_tally(summary.total),
        "organisation_not_stated": summary.without_organisation,
        "by_facet": {section.facet.value: _tally(section.tally) for section in summary.sections},
        "by_source": [
            {"sub_committee": origin.sub_committee, "source": origin.source, "comments": origin.comments}
            for origin in summary.origins
        ],
        "party_categories_without_comments": list(summary.categories_without_comments),
        "replies_not_counted": len(compilation.replies),
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "comments": tally.comments,
        "organisations": tally.organisations,
        "party_categories": list(tally.party_categories),
    }


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "ref": comment.ref,
        "facet": comment.facet.value,
        "organisation": comment.organisation,
        "party_category": comment.party_category,
        "capacity": comment.capacity.value,
        "sub_committee": comment.sub_committee,
        "source": comment.source,
        "said_at": _moment(comment.said_at),
        "text": comment.text,
        "edited": comment.edited,
        "reactions": [_reaction(reaction) for reaction in comment.reactions],
    }


def _reply(reply: Reply) -> dict[str, Any]:
    return {
        "ref": reply.ref,
        "organisation": reply.organisation,
        "capacity": reply.capacity.value,
        "sub_committee": reply.sub_committee,
        "said_at": _moment(reply.said_at),
        "text": reply.text,
        "edited": reply.edited,
    }


def _reaction(reaction: ReactionCount) -> dict[str, Any]:
    return {"meaning": reaction.meaning, "people": reaction.people, "organisations": list(reaction.organisations)}


def _receipt(compilation: Compilation, summary: Summary) -> dict[str, Any]:
    return {
        "collected_until": _moment(compilation.collected_until),
        "thread_read_again": False,
        "withdrawn": compilation.withdrawn,
        "edited": summary.edited,
    }


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _moment(value: datetime) -> str:
    """UTC, with its "Z". A moment without a zone is UTC, as the database gives it back."""
    utc = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return utc.isoformat().replace("+00:00", "Z")
