"""A few invented documents for an evidence library: one is right, one is exact, and the office's own errs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PAPERS = Path(__file__).parent / "papers"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to be added: its file, and what a person would say of it. `kind` as the library names it."""

    file: str
    title: str
    publisher: str
    kind: str

    @property
    def body(self) -> bytes:
        """Its bytes."""
        return (PAPERS / self.file).read_bytes()


ALL = (
    Paper(
        "nghiem-thu-nha-tam.csv",
        "Số liệu nghiệm thu nhà tạm của tỉnh Gia Lai (bản tập)",
        "Ban nghiệm thu (bản tập)",
        "statistics",
    ),
    Paper(
        "quyet-dinh-kinh-phi.html", "Quyết định về kinh phí (bản tập)", "Sở Tài chính (bản tập)", "decision"
    ),
    Paper(
        "tra-loi-bao-chi.txt",
        "Trả lời báo chí của UBND tỉnh (bản tập)",
        "UBND tỉnh Gia Lai (bản tập)",
        "answer",
    ),
)


@dataclass(frozen=True, slots=True)
class PlantedPaper:
    """A figure of an article that a paper of the library contradicts or bears out, both as they stand."""

    article: str  # its key on the answer sheet
    figure: str
    paper: str  # the file
    stated: str
    stance: str  # against or for


PLANTED = (
    PlantedPaper("san-bay-pleiku", "46 tỷ đồng", "quyet-dinh-kinh-phi.html", "38 tỷ đồng", "against"),
    PlantedPaper("xoa-nha-tam", "1.750 căn nhà", "nghiem-thu-nha-tam.csv", "1.570 căn nhà", "against"),
    PlantedPaper("xoa-nha-tam", "1.750 căn nhà", "tra-loi-bao-chi.txt", "1.750 căn nhà", "for"),
)
