"""Invented people: names from common characters, phone numbers from a block that no network uses."""

import random

SURNAMES = "陈林黄罗李王张吴刘邓曾赖巫马江谢郑杨叶伍温童廖余邹魏"
GIVEN = "文志建国秀海晓丽明华伟芳燕玲强军敏静勇杰娟涛斌兰玉春梅红小平丹艳辉鹏飞宁雪欣怡晨宇浩然子轩俊梓涵"
SCHOOLS = {
    1: ("清流县第一中学", "明溪县实验中学"),
    2: ("清流县高级职业中学", "三明工贸技术学校", "永安职业中专学校"),
    3: ("闽西化工职业技术学院", "三明应用技术职业学院", "福州轻化职业学院"),
    4: ("闽中理工学院", "福建材料工程大学", "东南化工大学"),
    5: ("福建材料工程大学", "华东氟化学研究院"),
    6: ("华东氟化学研究院", "东南化工大学"),
}
EMPLOYERS = [
    "某氟化工厂",
    "某化肥厂",
    "某氯碱企业",
    "某涂料厂",
    "某电子材料公司",
    "某锂电材料厂",
    "某检测公司",
    "某机械厂",
    "某食品厂",
    "某物流公司",
]


def name(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2, 2))))


def phone(number: int) -> str:
    """An 11-digit number that looks right; 170-0000 to 170-9999 blocks are left to demonstrations."""
    return f"1700{number:07d}"
