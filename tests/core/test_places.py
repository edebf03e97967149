import pytest

from app.core import places


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("清流县温郊乡", "350423-08"),
        ("福建省三明市清流县里田乡", "350423-13"),
        ("温郊园区", "350423-08"),
        ("清流县氟新材料产业园", "350423-14"),
        ("清流", "350423"),
        ("三明", "350400"),
        ("三明三元", "350404"),
        ("梅列区", "350404"),
        ("沙县", "350405"),
        ("三元", "350404"),
        ("福州市仓山区", "350104"),
        ("鼓楼区", "350102"),
        ("南京市鼓楼区", "320106"),
        ("江西赣州", "360700"),
        ("北京朝阳", "110105"),
        ("广西", "450000"),
        ("内蒙古", "150000"),
        ("台湾", "710000"),
        ("上海", "310000"),
        ("350427", "350405"),
        ("350402", "350404"),
        ("350403", "350404"),
        ("3504", "350400"),
        ("35", "350000"),
        ("350423-08", "350423-08"),
        ("火星", None),
        ("", None),
        ("350423-99", None),
    ],
)
def test_a_field_is_read_as_the_most_exact_place(words, code):
    assert places.read(words) == code


def test_a_namesake_township_of_another_county_is_not_taken_for_ours():
    assert places.read("永泰县嵩口镇") == "350125"
    assert places.read("嵩口镇") == "350423-03"


def test_everyday_words_in_running_text_are_no_places():
    assert places.find_all("负责三元材料前驱体、白银回收，光泽度检测，新县城区域配送") == []


def test_found_places_say_where_their_words_stand():
    text = "工作地点：清流县温郊乡，可住三明"
    found = places.find_all(text)
    assert [each.code for each in found] == ["350423", "350423-08", "350400"]
    assert all(text[each.start : each.end] == each.words for each in found)


def test_a_long_text_is_searched_quickly_and_wholly():
    assert len(places.find_all("萤石采选招聘在清流县" * 1000)) == 1000


@pytest.mark.parametrize(
    ("code", "short", "full"),
    [
        ("350423-08", "清流县温郊乡", "福建省三明市清流县温郊乡"),
        ("350423", "清流县", "福建省三明市清流县"),
        ("350404", "三明市三元区", "福建省三明市三元区"),
        ("350100", "福州市", "福建省福州市"),
        ("350000", "福建省", "福建省"),
        ("360700", "江西省赣州市", "江西省赣州市"),
        ("110105", "北京市朝阳区", "北京市朝阳区"),
        ("999999", "", ""),
    ],
)
def test_labels_leave_out_what_everybody_here_knows(code, short, full):
    assert places.label(code) == short
    assert places.label(code, full=True) == full


def test_a_place_is_within_itself_and_everything_above_it():
    for area in ("350423-08", "350423", "350400", "350000"):
        assert places.is_within("350423-08", area)
    assert places.is_within("350427", "350405")
    assert not places.is_within("350423", "350423-08")
    assert not places.is_within("350100", "350400")
    assert not places.is_within("nowhere", "nowhere")


def test_thirteen_townships_and_the_park_are_the_children_of_the_county():
    assert places.children("350423") == list(places.TOWNS)
    assert len(places.TOWNS) == 14
    assert places.name(places.PARK) == "氟新材料产业园"


def test_the_select_offers_each_place_once_and_every_value_is_valid():
    values = [code for _, group in places.options() for code, _ in group]
    assert len(values) == len(set(values))
    assert all(places.current(code) == code for code in values)


def test_every_full_label_reads_back_as_its_own_code():
    codes = [
        *places.TOWNS,
        *places.children("350400"),
        *places.children("350000"),
        "440300",
        "650100",
        "222400",
    ]
    assert {code: places.read(places.label(code, full=True)) for code in codes} == {
        code: code for code in codes
    }
