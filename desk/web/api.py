"""The thin JSON API: the same sign-in, the same query language, and never a by-line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, HTTPException, Request
from fastapi import Query as Parameter
from pydantic import BaseModel

from desk.web.desk import Desk
from desk.web.times import show_iso
from desk.web.visit import make_visit
from store.claims import FlaggedClaim, list_flags
from store.search import Query, QueryError, parse
from store.stories import list_stories
from store.types import Evidence, Story

Text = Annotated[str, Parameter(max_length=1000)]
Limit = Annotated[int, Parameter(ge=1, le=200)]
Offset = Annotated[int, Parameter(ge=0, le=1_000_000)]


class StoryItem(BaseModel):
    """A story; `published` in UTC."""

    id: str
    title: str
    url: str
    outlet: str
    published: str
    relevance: str
    topics: list[str]
    articles: list[int]
    copies: int
    flags: int


class StoryList(BaseModel):
    """`total` counts all that answer the query, not only those listed."""

    total: int
    stories: list[StoryItem]


class EvidenceItem(BaseModel):
    """An exact quotation, characters start:end of the document."""

    text: str
    start: int
    end: int
    document: str
    stance: str


class FlagItem(BaseModel):
    """A question, not a verdict; `verdict` is the newest a person has set, "" for none."""

    key: str
    finding: str  # shared by flags that tell of one difference
    check: str
    check_version: str
    claim: str
    article: int
    version: int
    story: str
    because: list[str]
    evidence: list[EvidenceItem]
    verdict: str


class FlagList(BaseModel):
    """One page of flags, newest first."""

    flags: list[FlagItem]


def make_api(desk: Desk) -> APIRouter:
    """GET /api/stories and /api/flags for who is signed in; 401 else, 400 with the place of a fault."""
    router = APIRouter(prefix="/api")
    router.add_api_route("/stories", _stories(desk), methods=["GET"], response_model=StoryList)
    router.add_api_route("/flags", _flags(desk), methods=["GET"], response_model=FlagList)
    return router


def _stories(desk: Desk) -> Callable[..., StoryList]:
    def stories(request: Request, q: Text = "", limit: Limit = 50, offset: Offset = 0) -> StoryList:
        query = _admit(desk, request, q)
        with desk.given.sessions() as session:
            page = list_stories(session, query, limit=limit, offset=offset)
        return StoryList(total=page.total, stories=[_story_item(story) for story in page.stories])

    return stories


def _flags(desk: Desk) -> Callable[..., FlagList]:
    def flags(request: Request, q: Text = "", limit: Limit = 50, offset: Offset = 0) -> FlagList:
        query = _admit(desk, request, q)
        with desk.given.sessions() as session:
            found = list_flags(session, query, limit=limit, offset=offset)
        return FlagList(flags=[_flag_item(flagged) for flagged in found])

    return flags


def _admit(desk: Desk, request: Request, text: str) -> Query:
    if make_visit(desk, request).user is None:
        raise HTTPException(401, "sign in first")
    try:
        return parse(text)
    except QueryError as error:
        raise HTTPException(400, {"message": error.message, "position": error.position}) from error


def _story_item(story: Story) -> StoryItem:
    first = story.first
    return StoryItem(
        id=story.id,
        title=first.article.title,
        url=first.article.url,
        outlet=first.article.outlet,
        published=show_iso(first.article.when),
        relevance=first.reading.relevance.label.value,
        topics=[tag.id for tag in first.reading.topics],
        articles=[member.item.number for member in story.members],
        copies=len(story.members) - len(story.originals),
        flags=len(story.flags),
    )


def _flag_item(flagged: FlaggedClaim) -> FlagItem:
    flag = flagged.flag.value
    return FlagItem(
        key=flag.key,
        finding=flagged.finding,
        check=flag.check,
        check_version=flag.check_version,
        claim=flag.claim.text,
        article=flag.article,
        version=flag.version,
        story=flagged.story_id,
        because=list(flag.because),
        evidence=[_evidence_item(evidence) for evidence in flag.evidence],
        verdict=flagged.reviews[0].verdict.value if flagged.reviews else "",
    )


def _evidence_item(evidence: Evidence) -> EvidenceItem:
    return EvidenceItem(
        text=evidence.text,
        start=evidence.start,
        end=evidence.end,
        document=evidence.document,
        stance=evidence.stance.value,
    )
