"""One story: who published it, which figures disagree, what was kept, and the forms to judge."""

from __future__ import annotations

from starlette.responses import Response

from desk.library import OFFICE
from desk.web.accounts import may_judge
from desk.web.answers import NotFoundError, answer_page
from desk.web.changes_view import find_changes
from desk.web.choices import name_places, name_topics
from desk.web.cited import cited_in, find_cited
from desk.web.library_view import WORDS, find_proposals
from desk.web.story_view import Kept, find_claims, is_adoptable, view_story
from desk.web.visit import Visit
from nlp.checks.atlas import make_atlas
from nlp.corroboration import tell as tell_spread
from nlp.gathering.answers import find_answers
from nlp.summaries.story import summarise_story
from store.reviews import reviews_here
from store.stories import find_story
from store.story_decisions import decisions_of

_DONE = {
    "verdict": "The verdict is set.",
    "adopted": "The verdict is set in your name.",
    "matter": "The verdict is set, and a matter is open for the unit that has to correct: see Matters.",
    "undone": "The verdict is taken back; both stand in the history.",
    "joined": "The stories are joined, and stay so whatever comes later.",
    "apart": "The article is taken out, and stays out whatever comes later.",
    "restored": "The decision is taken back; the articles stand as before.",
}


def show_story(visit: Visit) -> Response:
    """GET /stories/{id}; `?claim=KEY` opens the form for a sentence that no check has flagged."""
    chosen = visit.request.query_params.get("claim", "")
    return answer_story(visit, visit.request.path_params["story"], chosen=chosen)


def answer_story(
    visit: Visit, story_id: str, *, chosen: str = "", kept: Kept | None = None, fault: str = ""
) -> Response:
    """The page of a story, also with a form that came back: what was `kept` of it and the `fault` in words.

    Raises:
        NotFoundError: when the store has no such story.

    """
    configuration = visit.desk.given.configuration
    with visit.desk.given.sessions() as session:
        story = find_story(session, story_id)
        if story is None:
            raise NotFoundError
        judged = reviews_here(session, [(story_id, key) for key in find_claims(story)])
        answers = find_answers(session, story)
        decisions = decisions_of(session, story_id)
        changes = find_changes(session, [member.item.number for member in story.members])
    view = view_story(
        story,
        reviews={key: reviews for (_, key), reviews in judged.items()},
        answers=answers,
        topics=name_topics(configuration, visit.language),
        places=name_places(configuration),
        chosen=chosen,
        kept=kept,
    )
    with visit.desk.given.sessions() as session:
        atlas = make_atlas(configuration.gazetteer)
        entailment = visit.desk.given.entailment
        proposals = find_proposals(session, view.questions, atlas=atlas, entailment=entailment)
        cited = find_cited(session, cited_in(view.questions), visit.now.astimezone(OFFICE).date(), visit.t)
    done = visit.t(_DONE[code]) if (code := visit.request.query_params.get("done", "")) in _DONE else ""
    return answer_page(
        visit,
        "story.html",
        status=400 if fault else 200,
        view=view,
        changes=changes,
        chosen=summarise_story(story),
        tell_spread=tell_spread,
        proposals=proposals,
        cited=cited,
        library_words=WORDS,
        is_adoptable=is_adoptable,
        fault=fault,
        done=done,
        decisions=decisions,
        can_judge=may_judge(visit.colleague),
    )
