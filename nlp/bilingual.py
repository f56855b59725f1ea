"""Kinds of event as Vietnamese and English name them, so that reports in both share them. Pure.

The Vietnamese is folded: without case and marks, as texts are compared.
"""

from __future__ import annotations

from ahocorasick_rs import AhoCorasick

_CUES = {  # kind -> its name for people; how it is told, in folded Vietnamese and in English
    "flood": ("lũ lụt", "ngap lut|lu lut|lu quet|bi ngap|ngap sau|flood|flooded|flooding|floodwater"),
    "landslide": ("sạt lở", "sat lo|lo dat|landslide|mudslide"),
    "storm": ("bão", "con bao|bao so|ap thap|typhoon|tropical storm"),
    "drought": ("hạn hán", "han han|kho han|drought"),
    "fire": ("cháy", "vu chay|dam chay|boc chay|hoa hoan|fire|blaze"),
    "collapse": ("sập", "bi sap|do sap|sap do|collapse|collapsed"),
    "crash": ("tai nạn", "tai nan|va cham|lat xe|crash|crashed|collision"),
    "drowning": ("đuối nước", "duoi nuoc|drowned|drowning"),
    "logging": ("phá rừng", "pha rung|lam tac|khai thac go|logging|deforestation"),
    "dengue": ("sốt xuất huyết", "sot xuat huyet|dengue"),
    "rabies": ("bệnh dại", "benh dai|rabies"),
    "swine": ("dịch tả lợn", "ta lon|ta heo|dich ta|swine fever"),
    "poisoning": ("ngộ độc", "ngo doc|poisoning|poisoned"),
    "coffee": ("cà phê", "ca phe|coffee"),
    "pepper": ("hồ tiêu", "ho tieu|pepper"),
    "rubber": ("cao su", "cao su|rubber"),
    "durian": ("sầu riêng", "sau rieng|durian"),
    "cassava": ("sắn", "khoai mi|cay san|cassava"),
    "solar": ("điện mặt trời", "dien mat troi|solar"),
    "wind": ("điện gió", "dien gio|wind power|wind farm"),
    "dam": ("thủy điện", "thuy dien|hydropower|hydroelectric"),
    "airport": ("sân bay", "san bay|cang hang khong|airport"),
    "expressway": ("cao tốc", "cao toc|expressway"),
    "gate": ("cửa khẩu", "cua khau|border gate"),
    "trial": ("xét xử", "xet xu|hau toa|tuyen an|trial|sentenced"),
    "arrest": ("bắt giữ, khởi tố", "bat giu|khoi to|bat tam giam|arrested|detained"),
    "drugs": ("ma túy", "ma tuy|drugs|heroin|methamphetamine"),
    "protest": ("biểu tình", "bieu tinh|protest|protesters"),
    "gong": ("cồng chiêng", "cong chieng|gong"),
    "elephant": ("voi", "con voi|voi rung|elephant"),
}
_KINDS = {told: kind for kind, (_, every) in _CUES.items() for told in every.split("|")}
_TOLD = tuple(_KINDS)
_FINDER = AhoCorasick(list(_TOLD))


def find_cues(flat: str) -> frozenset[str]:
    """A folded text -> the kinds of event it names in whole words or their plural with s, as in `!flood`."""
    return frozenset(
        f"!{_KINDS[_TOLD[which]]}"
        for which, start, end in _FINDER.find_matches_as_indexes(flat, overlapping=True)
        if not _is_letter(flat[start - 1 : start])
        and not _is_letter(flat[end : end + 1] if flat[end : end + 1] != "s" else flat[end + 1 : end + 2])
    )


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"


def name_cue(cue: str) -> str:
    """A cue of `find_cues` -> its name in Vietnamese."""
    return _CUES[cue[1:]][0]
