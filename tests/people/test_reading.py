import json
import time
from dataclasses import fields, is_dataclass
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.core.degrees import Degree
from app.people.contact import Contact
from app.people.content import Certificate, Content, Education, Intention, Language, Project, Work
from app.people.content_rules import problems_in
from app.people.documents_in import extract
from app.people.documents_out import to_docx, to_pdf
from app.people.reading import Draft, read, redact
from tests.people import resumes

TODAY = date(2026, 11, 24)
ALL = {name: text for name, text in vars(resumes).items() if name.isupper()}


def drafted(text):
    return read(text, TODAY)


def content_of(text):
    return drafted(text).content


def kept(text):
    """Everything the draft keeps, as one text."""
    draft = drafted(text)
    return json.dumps([draft.content.to_dict(), vars_of(draft.contact)], ensure_ascii=False)


def vars_of(contact):
    return [contact.name, contact.phone, contact.email]


def words_not_kept(text):
    return {text[each.start : each.end]: each.kind for each in drafted(text).not_kept}


def test_a_usual_resume_is_read_whole():
    draft = drafted(resumes.OPERATOR)
    assert draft.contact == Contact("林小溪", "13800138000", "linxiaoxi@example.com")
    assert draft.content == Content(
        summary="做事稳，肯学，能接受四班两倒。",
        education=(Education("三明职业技术学院", Degree.COLLEGE, "应用化工技术", "2013-09", "2016-06"),),
        work=(
            Work(
                "福建某某氟化工有限公司",
                "DCS内操",
                "2019-07",
                None,
                is_current=True,
                family="生产操作",
                text="负责两条无水氟化氢线的中控操作，控制回转炉炉温、转速和酸粉配比；\n"
                "参与过三次开停车，2021年3月检修时带过两名新人。",
            ),
            Work(
                "晋江一家化纤厂",
                "操作工",
                "2016-09",
                "2019-06",
                family="生产操作",
                text="看聚合釜，每小时抄表。",
            ),
        ),
        skills=("DCS操作", "开停车", "精馏", "气密试验"),
        certificates=(
            Certificate("氟化工艺作业", "", "2021-05", "2027-05"),
            Certificate("化工总控工三级", "高级工"),
            Certificate("机动车驾驶证C1"),
        ),
        intention=Intention(
            ("DCS内操", "班长"),
            ("350423",),
            6000,
            8000,
            "一个月内",
            ("四班两倒",),
            ("生产操作",),
        ),
    )
    assert draft.leftover == ()


def test_a_table_flattened_to_tabs_is_read():
    draft = drafted(resumes.TABLE)
    assert draft.contact == Contact("陈建国", "13900139000", "chenjg@example.com")
    assert draft.content.education == (Education("闽西职业技术学院", Degree.COLLEGE, "机电一体化技术"),)
    assert [(job.employer, job.title, job.started_on, job.ended_on) for job in draft.content.work] == [
        ("三明某水泥厂", "仪表维修工", "2019-09", "2023-06"),
        ("福州某电子公司", "设备技术员", "2015-09", "2019-08"),
    ]
    assert draft.content.certificates[0].name == "低压电工作业"
    assert draft.content.intention.jobs == ("仪表工",)


def test_a_table_flattened_cell_by_cell_is_read():
    draft = drafted(resumes.CELL_BY_CELL)
    assert draft.contact == Contact("李小燕", "15912345678")
    assert draft.content.education == (
        Education("福建农林大学", Degree.BACHELOR, "食品质量与安全", "2014-09", "2018-06"),
    )
    assert [(job.employer, job.title, job.is_current) for job in draft.content.work] == [
        ("厦门某食品有限公司", "品控员", False),
        ("泉州某新材料公司", "质检主管", True),
    ]
    assert draft.content.intention.jobs == ("质检员", "QC")


def test_labels_around_each_job_are_read():
    content = content_of(resumes.LABELS)
    assert [(job.employer, job.title, job.started_on, job.ended_on) for job in content.work] == [
        ("浙江某氟材料股份有限公司", "生产主管", "2015-03", None),
        ("浙江某化工有限公司", "工艺员", "2008-07", "2015-02"),
    ]
    assert "离职原因" not in content.work[0].text
    assert content.education == (
        Education("福州大学", Degree.BACHELOR, "化学工程与工艺", "2004-09", "2008-07"),
    )
    assert content.projects == (
        Project("聚合尾气回收改造", "项目负责人", "2018-03", "2019-06", "回收率从71%提高到93%。"),
    )
    assert content.languages == (Language("英语", "四级"), Language("普通话", "二级甲等"))
    assert (content.intention.salary_min, content.intention.salary_max) == (12500, 16700)


def test_a_resume_without_headings_is_read():
    content = content_of(resumes.NO_HEADINGS)
    assert content.education == (
        Education("三明医学科技职业学院", Degree.COLLEGE, "药品生产技术", "2020-09", "2023-06"),
    )
    assert [(job.employer, job.title) for job in content.work] == [("清流县某茶厂", "品控实习生")]
    assert content.intention == Intention(
        ("化验员",), ("350400", "350481"), 5000, None, families=("分析检测",)
    )
    assert "液相" in content.summary


def test_running_text_gives_jobs_school_and_wishes():
    content = content_of(resumes.RUNNING_TEXT)
    assert [(job.employer, job.title, job.is_current) for job in content.work] == [
        ("泉州某鞋厂", "机修", False),
        ("清流某萤石矿", "电工", True),
    ]
    assert content.education == (Education("三明工贸学校", Degree.SECONDARY, "机电", ended_on="2010-06"),)
    assert {each.name for each in content.certificates} == {"低压电工作业", "叉车司机N1"}
    assert content.intention.salary_min == 8000
    assert content.intention.shifts == ("倒班",)


def test_one_sentence_never_becomes_an_empty_resume():
    draft = drafted(resumes.ONE_SENTENCE)
    assert draft.contact == Contact("王芳", "13700137000")
    assert "针车工" in draft.content.summary
    assert draft.content.intention == Intention((), ("350423",), 5000, None, "随时", ("长白班",))
    assert draft.content.education == (Education(degree=Degree.SECONDARY),)


def test_an_english_resume_is_read():
    draft = drafted(resumes.ENGLISH)
    assert draft.contact == Contact("Lin Xiaoxi", "13800138000", "lin.x@example.org")
    assert [(job.employer, job.title) for job in draft.content.work] == [
        ("Fluor Chem Co., Ltd", "Process Engineer")
    ]
    assert draft.content.education[0].degree == Degree.BACHELOR
    assert draft.content.skills == ("Aspen Plus", "DCS", "HAZOP")


def test_certificates_that_somebody_does_not_hold_are_not_read():
    names = {each.name for each in content_of(resumes.CLERK).certificates}
    assert "教师资格证" in names
    assert "初级会计职称" not in names
    assert not content_of("自我评价：没有氟化工艺证，准备考低压电工证，愿意学。").certificates


@pytest.mark.parametrize("name", ALL)
def test_every_value_has_a_place_that_says_it(name):
    """Texts stand in their place word by word; what is concluded (codes, months, ranks) has a place all the same."""
    text = ALL[name]
    draft = drafted(text)
    for path, value in leaves(draft.content.to_dict()):
        if path.endswith((".family", ".level", ".is_current")) or "families" in path:
            continue
        source = draft.source_of(path)
        if path.startswith("languages."):
            source = draft.source_of(path.rsplit(".", 1)[0] + ".name")
        if path.endswith(".degree") and source is None:
            assert "校" in draft.content.education[0].school or "院" in draft.content.education[0].school
            continue
        assert source, path
        assert 0 <= source.start < source.end <= len(text)
        if (
            path.endswith((".employer", ".title", ".school", ".major", ".text", "summary"))
            or "skills" in path
        ):
            said = "".join(text[source.start : source.end].split())
            assert all(line[:6].replace(" ", "") in said for line in value.split("\n")), path


def leaves(value, path=""):
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from leaves(each, f"{path}.{number}")
    elif value not in ("", None, 0, False):
        yield path, value


@pytest.mark.parametrize("name", ALL)
def test_drafts_keep_the_rules_of_a_resume_but_for_what_nobody_said(name):
    messages = {problem.message for problem in problems_in(content_of(ALL[name]), TODAY)}
    assert messages <= {"请填写学校", "请填写单位", "请填写职位"}


@pytest.mark.parametrize("name", ALL)
def test_a_draft_comes_back_from_json(name):
    draft = drafted(ALL[name])
    assert Draft.from_dict(json.loads(json.dumps(draft.to_dict()))) == draft


def test_private_words_are_named_and_in_no_value():
    private = {
        "男": "性别",
        "1992.05": "出生与年龄",
        "汉族": "民族",
        "已婚已育": "婚育",
        "中共党员": "政治面貌",
        "身份证号350423199205061234": "证件号码",
    }
    assert private.items() <= words_not_kept(resumes.OPERATOR).items()
    for words in (*private, "350423199205061234", "linxx1992"):
        assert words not in kept(resumes.OPERATOR)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("性别：女\n民 族：畲族\n婚姻状况：未婚", {"性别", "民族", "婚育"}),
        ("性别\t女\t民族\t汉\t身高\t165cm", {"性别", "民族", "身体"}),
        ("出生年月：1990 年 5 月  籍贯：福建省 三明市 清流县", {"出生与年龄", "籍贯与户口"}),
        ("身份证号码：350423 19900501 001X", {"证件号码"}),
        ("户口所在地：清流县龙津镇\n健康状况：良好", {"籍贯与户口", "身体"}),
        ("王某，女，35岁，回族，离异，孩子上小学", {"性别", "出生与年龄", "民族", "婚育"}),
        ("【照片】\n政治面貌：群众", {"照片", "政治面貌"}),
        ("微信号：abc_12345  QQ：123456789", {"微信", "QQ"}),
        ("90后，1992年3月生，已婚未育，备孕", {"出生与年龄", "婚育"}),
        ("家庭成员\n父亲 林某 务农\n母亲 王某 务农", {"家庭成员"}),
    ],
)
def test_each_kind_of_private_words_is_recognised_however_it_is_written(text, kinds):
    draft = drafted(text)
    assert {each.kind for each in draft.not_kept} == kinds
    assert not draft.content.summary.strip("王某，")
    left = redact(text, draft.not_kept)
    for words in (
        "女",
        "畲",
        "婚",
        "1990",
        "001X",
        "龙津",
        "35",
        "回族",
        "离异",
        "小学",
        "群众",
        "12345",
        "备孕",
        "父亲",
    ):
        assert words not in left.replace("政治面貌", "")


@pytest.mark.parametrize(
    "text",
    [
        "负责男女更衣室和女工劳保用品的采购，处理少数民族员工用餐。",
        "在民族路门店做过营业员，熟悉职业健康管理。",
        "设备1992.05型号改造，处理过35起投诉，安全生产工作。",
        "负责婚庆酒店的布草洗涤，会做党建资料。",
        "做过出生证明打印系统的维护。",
    ],
)
def test_words_that_only_look_private_stay(text):
    work = f"工作经历\n2019.01-2020.01 某公司 职员\n{text}"
    assert drafted(work).not_kept == ()
    assert content_of(work).work[0].text == text


def test_further_phones_and_mailboxes_leave_the_text():
    text = "张三\n手机13800138000，家里13900139000，座机0598-5321000\na@example.com 和 b@example.com\n自我评价\n打13800138000找我，肯学肯干"
    draft = drafted(text)
    assert draft.contact == Contact("张三", "13800138000", "a@example.com")
    assert {"13900139000": "电话", "0598-5321000": "电话", "b@example.com": "邮箱"}.items() <= words_not_kept(
        text
    ).items()
    assert "138" not in draft.content.summary


def test_the_name_stands_in_no_sentence_of_the_draft():
    draft = drafted("欧阳小明\n自我评价\n欧阳小明做事认真，肯学肯干。")
    assert draft.contact.name == "欧阳小明"
    assert draft.content.summary == "做事认真，肯学肯干。"


@pytest.mark.parametrize("first", ["个人简历", "高中", "安全员", "工作经历", "福州大学", "2019.09-2023.06"])
def test_a_heading_a_post_or_a_school_is_no_name(first):
    assert drafted(f"{first}\n负责中控操作").contact.name == ""


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("2019.09-2023.06", ("2019-09", "2023-06", False)),
        ("2019年9月至今", ("2019-09", None, True)),
        ("2019年9月—2023年6月", ("2019-09", "2023-06", False)),
        ("19.9~23.6", ("2019-09", "2023-06", False)),
        ("98/7-05/12", ("1998-07", "2005-12", False)),
        ("2019/09/01 - 2023/06/30", ("2019-09", "2023-06", False)),
        ("2019-09-2023-06", ("2019-09", "2023-06", False)),
        ("2019．09～2023．06", ("2019-09", "2023-06", False)),
        ("2019年9月到现在", ("2019-09", None, True)),
        ("2019.9 - Present", ("2019-09", None, True)),
        ("2019年3月-12月", ("2019-03", "2019-12", False)),
        ("2019-2023", ("2019-07", "2023-06", False)),
        ("2019年至2019年", ("2019-01", "2019-12", False)),
        ("2021年3月起", ("2021-03", None, True)),
    ],
)
def test_every_way_to_write_a_span_of_time_is_read(said, months):
    (job,) = content_of(f"工作经历\n{said} 某化工有限公司 操作工\n看釜").work
    assert (job.started_on, job.ended_on, job.is_current) == months
    assert (job.employer, job.title, job.text) == ("某化工有限公司", "操作工", "看釜")


@pytest.mark.parametrize(
    "text", ["收率从15.5-20.3提高", "温度25.1~30.2℃", "1.5-2.3万元", "2023-2019", "R134a-R125", "12.5-13.6kg"]
)
def test_numbers_that_are_no_months_begin_no_job(text):
    content = content_of(f"工作经历\n2019.01-2020.01 某公司 操作工\n{text}")
    assert len(content.work) == 1
    assert content.work[0].text == text


@pytest.mark.parametrize(
    ("said", "pay"),
    [
        ("期望薪资：6-8K", (6000, 8000)),
        ("期望月薪 6000-8000元/月", (6000, 8000)),
        ("薪资要求：8千-1.5万", (8000, 15000)),
        ("期望薪资：每月6,500–8,500元", (6500, 8500)),
        ("期望年薪：15-20万", (12500, 16700)),
        ("期望薪资：面议", (None, None)),
        ("期望月薪五千左右", (5000, None)),
        ("期望薪资：１万以上", (10000, None)),
        ("期望薪资：3", (None, None)),
    ],
)
def test_pay_wishes_are_read_in_yuan_a_month(said, pay):
    wish = content_of(said).intention
    assert (wish.salary_min, wish.salary_max) == pay


@pytest.mark.parametrize(
    ("said", "arrival"),
    [
        ("到岗时间：随时", "随时"),
        ("到岗时间：一周内", "两周内"),
        ("到岗时间：1个月内", "一个月内"),
        ("到岗时间：三个月内", "三个月内"),
        ("毕业后即可到岗", "应届毕业后"),
        ("自我评价：本人随时可以上班", "随时"),
        ("自我评价：负责员工入职培训", ""),
    ],
)
def test_arrival_is_read_as_one_of_its_choices(said, arrival):
    assert content_of(said).intention.arrival == arrival


@pytest.mark.parametrize(
    ("said", "shifts"),
    [
        ("能接受四班两倒", ("四班两倒",)),
        ("可以上夜班", ("夜班",)),
        ("不倒班", ("长白班",)),
        ("不接受夜班", ()),
        ("负责倒班人员排班", ()),
    ],
)
def test_shifts_are_read_only_where_somebody_accepts_them(said, shifts):
    assert content_of(f"自我评价：{said}").intention.shifts == shifts


def test_skills_of_a_list_stand_as_they_are_and_of_a_sentence_only_known_ones():
    sentence = (
        "本人在氟化工企业多年，做过大量的气密、吹扫和置换工作，对精馏也非常地熟悉并且能够独立处理各种异常"
    )
    content = read(f"专业技能\nDCS操作、5S\n{sentence}", TODAY, known_skills={"精馏", "气密", "焊接"}).content
    assert content.skills == ("DCS操作", "5S", "气密", "吹扫和置换工作", "精馏")


def test_what_found_no_place_is_left_over_and_nothing_is_lost():
    draft = drafted(resumes.GRADUATE)
    left = [resumes.GRADUATE[start:end] for start, end in draft.leftover]
    assert "2022年国家励志奖学金" in left
    assert "品质部" in left
    assert draft.content.work[0].is_internship


@pytest.mark.parametrize(
    ("write", "name"), [pytest.param(to_pdf, "a.pdf", marks=pytest.mark.fonts), (to_docx, "a.docx")]
)
def test_our_own_files_come_back_as_the_same_resume(write, name):
    content = Content(
        headline="氟化工DCS内操，五年",
        summary="做事稳，肯学。\n愿意倒班，家在温郊。",
        education=(
            Education("三明一所职业技术学院", 3, "应用化工技术", "2016-09", "2019-06"),
            Education("某大学继续教育学院", 4, "化学工程与工艺", "2024-03", "2027-01", is_current=True),
        ),
        work=(
            Work(
                "一家无水氟化氢企业",
                "DCS内操（主操）",
                "2021-03",
                is_current=True,
                family="生产操作",
                text="盯两条线的DCS画面；\n" + "精馏塔压力温度超限先报警后处置，" * 6 + "交接班写清楚。",
            ),
            Work("一家化纤厂", "操作工", "2019-07", "2021-02", family="生产操作", text="看聚合釜，抄表。"),
        ),
        projects=(Project("尾气洗涤塔改造", "组员", "2022-03", "2022-09", "负责试车阶段的参数记录。"),),
        skills=("DCS操作", "开停车", "精馏", "𠮷祥巡检"),
        certificates=(
            Certificate("氟化工艺作业", "", "2021-05", "2027-05"),
            Certificate("化工总控工三级", "高级工", "2023-11"),
        ),
        languages=(Language("英语", "四级"),),
        intention=Intention(
            ("DCS内操", "班长"), ("350423", "350404"), 6500, 8500, "一个月内", ("四班两倒",), ("生产操作",)
        ),
    )
    contact = Contact("林小溪", "13800138000", "lin@example.com")
    draft = drafted(extract(write(content, contact, TODAY), name).text)
    assert draft.contact == contact
    assert draft.content == content


@settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))  # a busy machine
@given(
    st.lists(
        st.sampled_from(
            [
                *"\n\t 　:：,，。、()（）-~|1",
                *(line for text in ALL.values() for line in text.split("\n")),
                "𠮷",
                "👷‍♀️",
            ]
        ),
        max_size=40,
    )
)
@example(["证书\t低压电工证、仪表工证", "\n", "(", "\u3000", ":"])
def test_any_mixture_of_lines_is_read_with_places_inside_the_text(pieces):
    text = "".join(pieces)
    draft = drafted(text)
    for each in (*draft.sources, *draft.not_kept):
        assert 0 <= each.start < each.end <= len(text)
    assert all(0 <= start < end <= len(text) for start, end in draft.leftover)
    assert Content.from_dict(draft.content.to_dict()) == draft.content


@pytest.mark.parametrize("unit", [" ", "\n", "（", "2019.09-", "性别 民族 ", "a@b.", "证，"])
def test_long_texts_take_a_moment_whatever_they_are(unit):
    started = time.process_time()
    drafted(unit * (20_000 // len(unit)))
    assert time.process_time() - started < 5  # seconds of the processor; quadratic work takes minutes


def test_a_hundred_thousand_characters_are_read():
    draft = drafted(resumes.OPERATOR * (100_000 // len(resumes.OPERATOR)))
    assert draft.contact.name == "林小溪"
    assert len(draft.content.work) > 300


def test_rare_characters_stay_in_the_draft():
    content = content_of("工作经历\n2019.01-2020.01 𠮷祥化工有限公司 操作工\n安全第一👷‍♀️")
    assert content.work[0].employer == "𠮷祥化工有限公司"
    assert content.work[0].text == "安全第一👷‍♀️"


def test_the_content_has_no_field_that_may_not_be_asked():
    names = set()
    kinds = [Content, Education, Work, Project, Certificate, Language, Intention]
    for kind in kinds:
        assert is_dataclass(kind)
        names |= {field.name for field in fields(kind)}
    assert not names & {
        "sex",
        "gender",
        "age",
        "birth",
        "marriage",
        "children",
        "ethnicity",
        "photo",
        "id_number",
    }


def test_text_on_the_line_of_the_head_stays_text():
    (job,) = content_of(
        "工作经历\n22.04~至今 钛白粉企业 采样工：取样、R22两个车间巡检，早会报数。\n有电工三级\n夜班熟。"
    ).work
    assert (job.employer, job.title) == ("钛白粉企业", "采样工")
    assert job.text.startswith("取样、R22两个车间巡检，早会报数。")
    assert "夜班熟。" in job.text


def test_a_level_apart_from_its_occupation_is_read():
    certificates = content_of("证书\n化学检验员 四级、焊工（三级）\n高级电工\n一张少见的上岗证").certificates
    assert [(each.name, each.level) for each in certificates] == [
        ("化学检验员四级", "中级工"),
        ("焊工三级", "高级工"),
        ("电工三级", "高级工"),
        ("一张少见的上岗证", ""),
    ]


def test_a_section_of_skills_and_certificates_gives_both():
    content = content_of("技能证书\nDCS、滴定\n低压电工证、少见的资格证书")
    assert content.skills == ("DCS", "滴定")
    assert [each.name for each in content.certificates] == ["低压电工作业", "少见的资格证书"]


def test_abilities_named_in_one_line_without_a_section_are_skills():
    content = content_of("张三\n会：滴定、液相色谱\n2019.01-2020.01 某公司 化验员")
    assert content.skills == ("滴定", "液相色谱")
    assert content.work[0].text == ""


def test_pay_and_place_beside_a_wished_job_are_no_jobs():
    wish = content_of("张三\n求职意向：氟化工艺操作工，期望薪资6000-8000元/月，清流县\n").intention
    assert wish.jobs == ("氟化工艺操作工",)
