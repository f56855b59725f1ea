"""What turns a sentence round: negations, opposites, quantifiers, comparisons; and words without content.

Phrases are normalised and in small letters. Loaded words of either side (nlp.loaded) are in none of them.
"""

from __future__ import annotations

from nlp.text import fold

Phrase = tuple[str, ...]  # syllables


def _phrases(listed: str) -> frozenset[Phrase]:
    """Phrases parted by `|` -> their syllables."""
    return frozenset(tuple(phrase.split()) for phrase in listed.split("|"))


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


NEGATIONS = _words(
    """
không chưa chẳng chả đừng not no never neither nor without cannot didn doesn isn wasn weren hasn haven
aren none
"""
)

# Words that say how many of all, or how far: "tất cả" is more than the "một số" of a passage.
QUANTIFIERS = _phrases(
    """
nhất|duy nhất|đầu tiên|cuối cùng|tất cả|toàn bộ|mọi|mỗi|luôn|luôn luôn|hoàn toàn|hầu hết|
phần lớn|đa số|một số|một phần|vài|nhiều|ít|chỉ|chủ yếu|bất kỳ|thường|thường xuyên|đôi khi|
hiếm|hiếm khi|only|all|every|always|first|last|most|least|some|few|many|entirely|partly|
mainly|usually|rarely|sometimes|largest|smallest|highest|lowest
"""
)
# Words that set one thing above another: an order the passage does not tell is another statement.
COMPARISONS = _phrases("hơn|nhất|nhì|kém|bằng|than|most|least")
# "Not this but that": what somebody says who sets another statement right.
CORRECTIONS = _phrases("không phải|thay vì|chứ không|rather than|instead of|not but")
# Words that open what is said on top: "ngoài ra", "in addition".
ADDITIONS = _phrases(
    """
ngoài ra|bên cạnh đó|hơn nữa|thêm vào đó|đồng thời|đặc biệt|thậm chí|góp phần|nhằm|nhờ|
nổi tiếng|giúp|thể hiện|trở thành|khiến|tạo|dẫn đến|in addition|moreover|also|besides|
furthermore|thereby|helping
"""
)

_OPPOSITES = """
tăng/giảm|cao/thấp|trước/sau|đầu tiên/cuối cùng|bắc/nam|đông/tây|nhiều/ít|lớn/nhỏ|lớn/bé|mở/đóng|vào/ra|
lên/xuống|thắng/thua|thắng/thất bại|chiến thắng/thất bại|thành công/thất bại|đồng ý/phản đối|
ủng hộ/phản đối|ủng hộ/chống|chấp nhận/từ chối|chấp thuận/từ chối|cho phép/cấm|được phép/bị cấm|
sống/chết|sinh/mất|bắt đầu/kết thúc|nam/nữ|cha/mẹ|con trai/con gái|anh trai/em trai|vợ/chồng|mua/bán|
xuất khẩu/nhập khẩu|trong/ngoài|trên/dưới|trái/phải|nhanh/chậm|mạnh/yếu|mới/cũ|trẻ/già|dài/ngắn|
rộng/hẹp|nóng/lạnh|khô/ẩm|mùa khô/mùa mưa|giàu/nghèo|đúng/sai|tốt/xấu|tích cực/tiêu cực|
công khai/bí mật|trực tiếp/gián tiếp|tự nguyện/bắt buộc|bắt buộc/tùy chọn|thành lập/giải thể|hơn/kém|
tối đa/tối thiểu|đa số/thiểu số|phần lớn/phần nhỏ|tất cả/một số|toàn bộ/một phần|luôn/hiếm khi|sớm/muộn|
hợp pháp/bất hợp pháp|hợp tác/đối đầu|liên minh/đối thủ|bạn/thù|đồng minh/kẻ thù|độc lập/phụ thuộc|
thống nhất/chia cắt|xây dựng/phá hủy|bảo vệ/tấn công|tấn công/phòng thủ|khuyến khích/cấm|
khuyến khích/hạn chế|thúc đẩy/cản trở|ổn định/bất ổn|cải thiện/suy giảm|phát triển/suy thoái|
phát triển/suy tàn|mở rộng/thu hẹp|gần/xa|đông đúc/thưa thớt|phía đông/phía tây|phía bắc/phía nam|
đông bắc/tây nam|đông nam/tây bắc|miền bắc/miền nam|có/không có|rời/đến|trúng cử/thất cử|
bị bắt/được thả|có tội/vô tội|đạt/không đạt|dương tính/âm tính|đầu/cuối|thượng/hạ|nông thôn/thành thị|
giữ/bỏ|đỗ/trượt|khởi công/khánh thành|tạm dừng/tiếp tục|thu hồi/cấp|hủy/duy trì|nguyên nhân/kết quả|
nội/ngoại|increase/decrease|increased/decreased|rose/fell|rise/fall|grew/shrank|up/down|higher/lower|
high/low|more/less|more/fewer|before/after|first/last|north/south|east/west|northern/southern|
eastern/western|opened/closed|open/closed|approved/rejected|accepted/rejected|accepted/refused|
allowed/banned|allowed/forbidden|legal/illegal|won/lost|supported/opposed|support/oppose|began/ended|
started/ended|started/stopped|built/demolished|alive/dead|bought/sold|imports/exports|imported/exported|
guilty/innocent|arrested/released|convicted/acquitted|public/private|male/female|men/women|
largest/smallest|highest/lowest|maximum/minimum|majority/minority|gained/lost|resumed/suspended|
confirmed/denied|present/absent|success/failure|succeeded/failed|inside/outside|above/below|early/late|
rural/urban
"""


def _make_opposites() -> dict[tuple[str, ...], frozenset[tuple[str, ...]]]:
    table: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for pair in _OPPOSITES.replace("\n", "").split("|"):
        one, other = (tuple(side.split()) for side in pair.split("/"))
        table.setdefault(one, set()).add(other)
        table.setdefault(other, set()).add(one)
    return {phrase: frozenset(others) for phrase, others in table.items()}


# phrase as a tuple of syllables -> the phrases that say the opposite
OPPOSITES = _make_opposites()

_STOP = _words(
    """
là và của các những một có được bị trong cho với để từ vào ra đã đang sẽ này đó khi thì mà nên do vì bởi
ở tại trên dưới theo như cũng rất đến tới về qua lại còn chỉ hay hoặc nhưng nếu cùng sau trước giữa ngoài
hơn nhất việc sự cái con người ông bà anh chị họ nó ta tôi gì nào sao ai đây kia ấy vẫn không chưa chẳng
phải bằng nhiều ít mỗi mọi the a an of in on at by to from for with and or as were was is are be been
being have has had who which that this these those it its their his her he she they we you i but not no
than then so also into about after before over under between during while when where since until will
would could should may might must did do does
"""
)
STOP_WORDS = _STOP | {fold(word).text for word in _STOP if len(word) > 2}
