"""Provinces and cities of Viet Nam outside the province, before and after July 2025.

A homonym followed by one of them is theirs, and an article full of them is not about us. Public
knowledge: the 63 units up to 30 June 2025 (the 34 of today carry names out of them), and common short forms.
"""

from __future__ import annotations

_NAMES = """
An Giang; Bà Rịa - Vũng Tàu; Bà Rịa; Vũng Tàu; Bạc Liêu; Bắc Giang; Bắc Kạn; Bắc Ninh; Bến Tre; Bình
Dương; Bình Phước; Bình Thuận; Cà Mau; Cao Bằng; Cần Thơ; Đà Nẵng; Đắk Lắk; Đắc Lắc; Đăk Lăk; Đắc
Lắk; Daklak; Đắk Nông; Đắc Nông; Đăk Nông; Điện Biên; Đồng Nai; Đồng Tháp; Hà Giang; Hà Nam; Hà Nội;
Hà Tĩnh; Hà Tây; Hải Dương; Hải Phòng; Hậu Giang; Hòa Bình; Hưng Yên; Khánh Hòa; Kiên Giang; Kon
Tum; Kontum; Công Tum; Lai Châu; Lạng Sơn; Lào Cai; Lâm Đồng; Long An; Nam Định; Nghệ An; Ninh Bình;
Ninh Thuận; Phú Thọ; Phú Yên; Quảng Bình; Quảng Nam; Quảng Ngãi; Quảng Ninh; Quảng Trị; Sóc Trăng;
Sơn La; Tây Ninh; Thái Bình; Thái Nguyên; Thanh Hóa; Thừa Thiên - Huế; Thừa Thiên Huế; Huế; Tiền
Giang; Trà Vinh; Tuyên Quang; Vĩnh Long; Vĩnh Phúc; Yên Bái; Sài Gòn; Hồ Chí Minh; TP HCM; TPHCM;
TP.HCM; Buôn Ma Thuột; Buôn Mê Thuột; Nha Trang; Đà Lạt; Hạ Long; Tuy Hòa; Hội An; Tam Kỳ; Biên Hòa;
Phan Thiết; Hanoi; Saigon; Ho Chi Minh City; Da Nang; Campuchia; Cambodia; Lào; Laos; Thái Lan;
Trung Quốc; Phnom Penh; Bangkok
"""


def elsewhere_names() -> tuple[str, ...]:
    """The names as newspapers write them."""
    return tuple(name.strip() for name in _NAMES.replace("\n", " ").split(";"))
