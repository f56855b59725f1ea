"""What the words of a block tell by themselves: length, links, punctuation, set phrases. Pure.

Two short lists of phrases (English and Vietnamese) name what stands round articles everywhere; nothing else
here knows a language.
"""

from __future__ import annotations

import re
from collections import Counter
from math import log1p

from crawler.pages.blocks import Block
from crawler.pages.markup import fold
from crawler.pages.worth import SENTENCE_END

_START = re.compile(
    r"\W*(?:read (?:more|next|also|the full)|related|see (?:also|more)|more (?:on|from|stories|news|about)|"
    r"also (?:on|read|see)|share|follow (?:us|me|@)|subscribe|sign (?:up|in)|log in|register|get (?:the|our)|"
    r"click here|like this|don.t miss|most (?:read|popular)|popular|trending|recommended|advert|sponsored|"
    r"copyright|©|®|all rights|this (?:copy|article|story|post) |photo|image|picture|credit|source|write to|"
    r"e-?mail|contact|comment|leave a|join|download|watch|listen|tags?\b|topics?\b|filed under|categories|"
    r"post(?:ed)? (?:in|on|by)|published|updated|last (?:modified|updated)|by\b|about the author|print|thank|"
    r"sorry|an error|our standards|editor.s note|explore further|continue reading|skip|loading|home\b|"
    r"xem (?:thêm|tiếp)|đọc (?:thêm|tiếp)|tin (?:liên quan|cùng|khác|mới)|bài (?:liên quan|cùng|viết khác)|"
    r"bình luận|chia sẻ|theo dõi|từ khóa|ảnh\s*[:/]|nguồn\s*:|mời (?:bạn|quý)|đăng (?:ký|nhập)|quảng cáo|"
    r"chủ đề|bản quyền|video\s*:|clip\s*:|tác giả)"
)
_ANYWHERE = re.compile(
    r"newsletter|copyright|all rights reserved|©|subscri|sign up|follow (?:us|him|her|them|me)?\s*(?:on|@)|"
    r"cookie|terms of|privacy policy|\w@\w+\.|https?://|twitter\.com/|click here|affiliate|commission|"
    r"get access|download the|minute read|min read|our standards|contact (?:him|her|us)|contributed to this|"
    r"is an? (?:\w+ ){0,3}(?:reporter|writer|editor|journalist|correspondent|columnist)|"
    r"bản quyền|đăng ký nhận|theo dõi chúng tôi|vui lòng ghi rõ nguồn"
)
_CREDIT = re.compile(
    r"\((?:image|photo|picture|credit|ap|afp|getty|ảnh)\b[^)]*\)\s*$|"
    r"(?:getty(?: images)?|shutterstock|\bafp|associated press|reuters|courtesy[^.]{0,40}|"
    r"ảnh\s*:[^.]{0,40})\s*[)./]?$|"
    r"(?:credit|photo(?:graph)?)\s*(?:by|:)"
)
_FIGURES = re.compile(r"\d")
TEXT_NAMES = (
    *("length", "log_length", "short", "long", "linked_share", "all_linked", "link_after_colon"),
    *(
        "headline_link",
        "label_link",
        "sentence",
        "commas",
        "capitals",
        "figures",
        "is_title",
        "is_description",
    ),
    *("repeated", "start_phrase", "short_start_phrase", "any_phrase", "credit", "colon", "bars"),
)


def is_same(text: str, folded: str) -> bool:
    """Whether a text is another that is given without spaces and signs."""
    return len(folded) <= len(text) <= 2 * len(folded) + 10 and bool(folded) and fold(text) == folded


def text_row(block: Block, seen: Counter[str], *, title: str, description: str) -> list[float]:
    """Numbers for a block, in the order of TEXT_NAMES; title and description folded, "" unknown."""
    text, length = block.text, len(block.text)
    share = block.linked / length
    rest = length - block.linked
    lower = text[:300].lower()
    starts = bool(_START.match(lower))
    colon = text.find(":", 0, 40)
    return [
        min(length, 400) / 400,
        log1p(length) / 5,
        length < 25,
        length >= 80,
        share,
        share > 0.85,
        share > 0.3 and rest < 30 and length > 25,
        share > 0.85 and length > 25,
        colon > 0 and share > 0 and rest <= colon + 3 and length > 25,
        bool(SENTENCE_END.search(text[-8:])),
        min(text.count(","), 6) / 6,
        length > 8 and text.isupper(),
        len(_FIGURES.findall(text[:120])) / min(length, 120),
        is_same(text, title),
        length > 40 and bool(description) and fold(lower[:90])[:60] == description[:60],
        seen[text] > 1,
        starts,
        starts and length < 120,
        bool(_ANYWHERE.search(lower)),
        length < 300 and bool(_CREDIT.search(lower)),
        text.endswith(":"),
        "|" in text or "»" in text or "›" in text,
    ]
