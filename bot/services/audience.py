"""Who may see which views. Every query that shows or counts them passes through here."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, true

from bot.models import Invitation, Post, View


@dataclass(frozen=True)
class Viewer:
    """Who looks. SECAS sees the whole record; everybody else the Sub-Committees (codes) he sits on, now.

    `chairs`: those whose chair he is. A viewer without any of this sees nothing.
    """

    secas: bool = False
    sub_committees: frozenset[str] = frozenset()
    chairs: frozenset[str] = frozenset()

    def sees(self, sub_committee: str) -> bool:
        """Whether what was said to this Sub-Committee is for him."""
        return self.secas or sub_committee in self.sub_committees


SECAS = Viewer(secas=True)


def within(sub_committees: frozenset[str]) -> Viewer:
    """What these Sub-Committees' members see: an extract of a document is made with it."""
    return Viewer(sub_committees=sub_committees)


def standing() -> ColumnElement[bool]:
    """Views that count: not withdrawn, set aside, withheld, replaced, or missing with nobody having decided yet."""
    return (
        View.withdrawn_at.is_(None)
        & View.set_aside_at.is_(None)
        & View.withheld_at.is_(None)
        & View.missing_at.is_(None)
        & View.replaced_by.is_(None)
    )


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """The views that somebody may see: given in his Sub-Committee's channel, standing, and not confidential.

    SECAS sees all of them, whatever their state.
    """
    if viewer.secas:
        return true()
    given_there = select(Post.id).join(Post.invitation).where(Invitation.sub_committee.in_(viewer.sub_committees))
    return View.post_id.in_(given_there) & standing() & View.confidential.is_(False)
