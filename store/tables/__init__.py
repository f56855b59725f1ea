"""The tables, one class each; nothing outside the store looks at them."""

from store.tables.alerting import AlertMarkRow, HappeningRow
from store.tables.columns import Base, Number, clean_text
from store.tables.correcting import CorrectionRow
from store.tables.grouping import ArticlePrintRow, StoryDecisionRow
from store.tables.judging import MatterActRow, MatterRow, PublishedReviewRow
from store.tables.library import DocumentRow, FigureRow, LibraryAddressRow, PassageRow, VectorRow, WordRow
from store.tables.office import (
    AuditRow,
    InvitationRow,
    JobRunRow,
    NoticeRow,
    ReviewRow,
    SessionRow,
    SignInFailureRow,
    UserRow,
)
from store.tables.press import ArticleRow, CapturedRow, FeedStateRow, SnapshotRow, VersionRow
from store.tables.reading import (
    ClaimRow,
    FlagRow,
    MembershipRow,
    ReadingPlaceRow,
    ReadingRow,
    ReadingTopicRow,
    StoryRow,
)
from store.tables.telling import ChannelStateRow, ContentRow, PressFeedRow
from store.tables.watching import EventRow, HostRow, LookRow

__all__ = [
    "AlertMarkRow",
    "ArticlePrintRow",
    "ArticleRow",
    "AuditRow",
    "Base",
    "CapturedRow",
    "ChannelStateRow",
    "ClaimRow",
    "ContentRow",
    "CorrectionRow",
    "DocumentRow",
    "EventRow",
    "FeedStateRow",
    "FigureRow",
    "FlagRow",
    "HappeningRow",
    "HostRow",
    "InvitationRow",
    "JobRunRow",
    "LibraryAddressRow",
    "LookRow",
    "MatterActRow",
    "MatterRow",
    "MembershipRow",
    "NoticeRow",
    "Number",
    "PassageRow",
    "PressFeedRow",
    "PublishedReviewRow",
    "ReadingPlaceRow",
    "ReadingRow",
    "ReadingTopicRow",
    "ReviewRow",
    "SessionRow",
    "SignInFailureRow",
    "SnapshotRow",
    "StoryDecisionRow",
    "StoryRow",
    "UserRow",
    "VectorRow",
    "VersionRow",
    "WordRow",
    "clean_text",
]
