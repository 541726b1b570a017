"""Times: text in; what RFC 5545 and ISO 8601 say out."""

from __future__ import annotations

import time

import pytest

from kg.grammar.periods import find_times


def read(text: str) -> list[str]:
    """The values of each time, start and end joined by a stroke, of the year 2021."""
    return ["/".join(value.values()) for found in find_times(text, "2021") for value in found.values]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每月25日前报送", ["FREQ=MONTHLY;BYMONTHDAY=25"]),
        ("每月10日和25日前报送", ["FREQ=MONTHLY;BYMONTHDAY=10", "FREQ=MONTHLY;BYMONTHDAY=25"]),
        ("每月底前报送", ["FREQ=MONTHLY;BYMONTHDAY=-1"]),
        ("每季度通报", ["FREQ=MONTHLY;INTERVAL=3"]),
        ("每季度末通报", ["FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"]),
        ("每季度首月5日前报送", ["FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"]),
        ("每季度第二个月10日前报送", ["FREQ=YEARLY;BYMONTH=2,5,8,11;BYMONTHDAY=10"]),
        ("每季末月25日前报送", ["FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"]),
        ("每季度最后一个月25日前报送", ["FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"]),
        ("每季度次月10日前报送", ["FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"]),
        ("每季度首月报送", ["FREQ=YEARLY;BYMONTH=1,4,7,10"]),
        ("每季度前5日内报送", ["FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"]),
        ("每季度10日前报送", ["FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10"]),
        ("每季度结束后15日内报送", ["FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=15"]),
        ("季度终了后15日内申报", ["FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=15"]),
        ("每半年结束后10日内报送", ["FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=10"]),
        ("每月终了后3个工作日内报送", ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=3"]),
        ("年度终了后3个月内报送", ["FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1"]),
        ("每年2月底前报送", ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"]),
        ("每年12月中旬前报送", ["FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20"]),
        (
            "每年1月、7月的10日前报送",
            ["FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=10", "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=10"],
        ),
        ("每年一季度末前报送", ["FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"]),
        ("每旬报送", ["FREQ=MONTHLY;BYMONTHDAY=10,20,-1"]),
        ("按旬报送", ["FREQ=MONTHLY;BYMONTHDAY=10,20,-1"]),
        ("每10天报送", ["FREQ=DAILY;INTERVAL=10"]),
        ("每半月报送", ["FREQ=MONTHLY;BYMONTHDAY=15,-1"]),
        ("每两周报送", ["FREQ=WEEKLY;INTERVAL=2"]),
        ("每逢双月5日前报送", ["FREQ=YEARLY;BYMONTH=2,4,6,8,10,12;BYMONTHDAY=5"]),
        ("每月最后一个工作日报送", ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"]),
        ("每月前5个工作日内报送", ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=5"]),
        ("每季度末最后一个工作日报送", ["FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"]),
        ("每月培训5个工作日", ["FREQ=MONTHLY"]),
        ("每月月底前报送", ["FREQ=MONTHLY;BYMONTHDAY=-1"]),
        ("每月下旬报送", ["FREQ=MONTHLY;BYMONTHDAY=-1"]),
        ("每月第一个星期三召开", ["FREQ=MONTHLY;BYDAY=1WE"]),
        ("每周五报送", ["FREQ=WEEKLY;BYDAY=FR"]),
        ("每周星期五报送", ["FREQ=WEEKLY;BYDAY=FR"]),
        ("每周一、三、五报送", ["FREQ=WEEKLY;BYDAY=MO,WE,FR"]),
        ("每周一至周四报送", ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"]),
        ("每周一次", ["FREQ=WEEKLY"]),
        ("每周二次", ["FREQ=WEEKLY"]),
        ("每个工作日报送", ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"]),
        ("每日8时、20时发布", ["FREQ=DAILY;BYHOUR=8,20"]),
        ("每周五下午5点前报送", ["FREQ=WEEKLY;BYDAY=FR;BYHOUR=17"]),
        ("每半年召开", ["FREQ=MONTHLY;INTERVAL=6"]),
        ("每年考评", ["FREQ=YEARLY"]),
        ("每2年调整", ["FREQ=YEARLY;INTERVAL=2"]),
        ("每两年调整", ["FREQ=YEARLY;INTERVAL=2"]),
        ("每年3月31日前报", ["FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"]),
        ("每年3月底前拨付", ["FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"]),
        ("每年底考核", ["FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"]),
        ("每年6月20日、12月20日前", ["FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=20", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20"]),
        ("每年3月1日至3月31日期间", ["FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"]),
        ("每周五、周六延时", ["FREQ=WEEKLY;BYDAY=FR,SA"]),
        ("每日17时前报送", ["FREQ=DAILY;BYHOUR=17"]),
        ("每10分钟上传一次", ["FREQ=MINUTELY;INTERVAL=10"]),
        ("每学期开展", ["FREQ=MONTHLY;INTERVAL=6"]),
        ("按月报送", ["FREQ=MONTHLY"]),
    ],
)
def test_recurrences(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年6月底前完成", ["2021-06-30"]),
        ("6月15日、12月15日前分别报送", ["2021-06-15", "2021-12-15"]),
        ("于6月20日18：00前报送", ["2021-06-20"]),
        ("于2021年3月25日（星期四）下班前报送", ["2021-03-25"]),
        ("年底前，实现", ["2021-12-31"]),
        ("2027年前建成", ["2027"]),
        ("到2022年，实现", ["2022"]),
        ("到2021年底，实现", ["2021-12-31"]),
        ("二〇二一年六月底前", ["2021-06-30"]),
        ("明年3月底前", ["2022-03-31"]),
        ("（2020年10月—2021年5月）", ["2020-10/2021-05"]),
        ("（2021年3月—5月）", ["2021-03/2021-05"]),
        ("12月1日至25日", ["2021-12-01/2021-12-25"]),
        ("自2021年5月1日起至8月31日止", ["2021-05-01/2021-08-31"]),
        ("（2021年6月后）", ["2021-06"]),
        ("20个工作日内", ["P20BD"]),
        ("30日内", ["P30D"]),
        ("48小时内", ["PT48H"]),
        ("一个月内", ["P1M"]),
        ("两年内", ["P2Y"]),
        ("有效期至2026年5月19日", ["2026-05-19"]),
        ("有效期为五年", ["P5Y"]),
    ],
)
def test_dates_and_limits(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", ["前三年", "第3条", "本季度结束后", "每小时", "一周一通报", "2021元"])
def test_what_is_no_time(text: str) -> None:
    assert read(text) == []


def test_a_date_without_a_year_is_none_where_none_is_known() -> None:
    assert find_times("6月15日前") == ()


@pytest.mark.parametrize("text", ["每" * 40_000, "每年" * 20_000, "2021年5月" * 8_000, "一二三" * 20_000 + "年内"])
def test_hostile_text_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    find_times(text, "2021")
    assert time.perf_counter() - start < 2
