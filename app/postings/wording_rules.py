"""The rules of wording: what is refused at once and what the reviewer is warned of.

Patterns see text without spaces, half-width, simplified and lower case, innocent words blanked out; a group `w` marks
the words to show. Age only warns: no law sets its limit, but the reviewer must give a reason. 高薪聘请 passes in a text,
since the pay itself has to be written, but not in a title; 包过, 保录 and easy money pass nowhere.
"""

import re
from typing import Any

from app.postings.wording_terms import (
    BELIEVERS,
    COUNT,
    EDGE_AFTER,
    EDGE_BEFORE,
    FEE,
    ONLY,
    PAYING,
    PEOPLES,
    PREFERRED,
    PROVINCES,
    RACES,
    SEX,
    TRADES,
    UNWANTED_AFTER,
    UNWANTED_BEFORE,
    WANTED,
    Kind,
    Rule,
    Severity,
)

_SEX_LAW = "《妇女权益保障法》第四十三条、《就业促进法》第二十七条"
_MARRIAGE_LAW = "《妇女权益保障法》第四十三条"
_EQUAL_LAW = "《就业促进法》第三条、《人力资源市场暂行条例》第二十四条"
_FEE_LAW = "《劳动合同法》第九条"
_TRUE_LAW = "《人力资源市场暂行条例》第二十四条：招聘信息应当真实、合法"
_Spec = tuple[Kind, Severity, str, str, tuple[str, ...]]
_REFUSE, _WARN = Severity.REFUSE, Severity.WARN
_SEX_SAYS = "不能按性别招人，请删去"
_FEE_SAYS = "不能向应聘的人收费、收押金，请删去"
_MARRIAGE_SAYS = "不能问婚育、不能按婚育招人，请删去"

_SPECS: tuple[_Spec, ...] = (
    (
        Kind.SEX,
        _REFUSE,
        _SEX_SAYS,
        _SEX_LAW,
        (
            rf"{ONLY}{SEX}",
            rf"(?<!网)(?<!征){WANTED}{SEX}(?!也|都|均|优惠)",
            rf"{SEX}{PREFERRED}",
            rf"{UNWANTED_BEFORE}{SEX}|{SEX}{UNWANTED_AFTER}",
            r"性别(?:要求|限制|限)?[:为是]?(?:限)?(?:仅)?[男女]性?",
            rf"{EDGE_BEFORE}(?<!先生[、,])(?P<w>[男女](?:性|生|士|工|孩)?){EDGE_AFTER}",
            rf"[男女](?:性|生|士|工|员)?{COUNT}(?:名|人|位|个)",
            rf"{COUNT}(?:名|个|位)?[男女](?:性|生|工)?(?={COUNT}|[,;。、)]|$)",
            rf"[男女]女?各(?:{COUNT}|半|若干)|男女比例?\d",
            rf"[男女]性?(?:{TRADES}|专?岗位?)|{TRADES}[(:-][男女]性?(?=[,;。、)]|$|\d)",
            r"(?:招|聘|要求|限)[^,;。\n]{0,10}岁(?:以[上下内])?的?[男女](?:性|生|士|工)?",
            rf"不适合{SEX}|{SEX}不(?:宜|适合)",
        ),
    ),
    (
        Kind.SEX,
        _WARN,
        "这个称呼只指一种性别，建议改成职位名称",
        _SEX_LAW,
        (
            r"(?:保洁|清洁|钟点|食堂|洗碗|宿管|家政|月嫂)(?:阿姨|大姐|大叔|大妈)|(?:前台|礼仪|迎宾|导医)小姐|空姐",
        ),
    ),
    (
        Kind.ETHNICITY,
        _REFUSE,
        "不能按民族招人，请删去",
        "《就业促进法》第二十八条",
        (
            rf"(?:{ONLY}|{WANTED}|{UNWANTED_BEFORE})(?:{PEOPLES})",
            rf"{PEOPLES}(?:同胞|人|人员|群众)?(?:{PREFERRED}|{UNWANTED_AFTER})",
            rf"{EDGE_BEFORE}(?P<w>{PEOPLES}){EDGE_AFTER}",
            rf"民族(?:要求|限)?[:为是](?:限)?(?:汉|{PEOPLES})族?",
            rf"{UNWANTED_BEFORE}(?:少数民族|少民)|(?:少数民族|少民){UNWANTED_AFTER}",
        ),
    ),
    (
        Kind.ETHNICITY,
        _WARN,
        "国家规定的照顾由审核员确认",
        "《就业促进法》第二十八条",
        (rf"少数民族(?:同等条件下?)?{PREFERRED}",),
    ),
    (
        Kind.RACE,
        _REFUSE,
        "不能按种族招人，请删去",
        _EQUAL_LAW,
        (
            rf"(?:{ONLY}|{WANTED}|{UNWANTED_BEFORE}){RACES}",
            rf"{RACES}(?:{PREFERRED}|{UNWANTED_AFTER})",
        ),
    ),
    (
        Kind.RELIGION,
        _REFUSE,
        "不能按宗教信仰招人，请删去",
        _EQUAL_LAW,
        (
            r"(?:无|不信|没有|不能有|不得有|无任何)(?:任何)?(?:宗教(?:信仰)?|信仰)",
            rf"(?:{ONLY}|{UNWANTED_BEFORE}|优先){BELIEVERS}",
            rf"{BELIEVERS}(?:{PREFERRED}|{UNWANTED_AFTER})",
            r"宗教信仰(?:要求)?[:为是][^,;。\n]{1,4}|信仰(?:基督教|天主教|佛教|道教|伊斯兰教)(?:者|优先)?",
        ),
    ),
    (
        Kind.ORIGIN,
        _REFUSE,
        "不能按籍贯拒绝应聘的人，请删去",
        "《就业促进法》第三条、第三十一条",
        (rf"{UNWANTED_BEFORE}{PROVINCES}(?:籍|人|户口)|{PROVINCES}(?:籍|人|户口){UNWANTED_AFTER}",),
    ),
    (
        Kind.ORIGIN,
        _WARN,
        "按户籍、籍贯挑人要有正当理由，审核员会看",
        "《就业促进法》第三十一条",
        (
            rf"(?:{ONLY}|{WANTED})?(?:本[地县镇乡市省村]|当地|{PROVINCES})(?:人|户[籍口]|籍)(?:员工|人员|者)?(?:优先|为主|最好|为佳)",
            rf"(?:{ONLY})(?:{PROVINCES}|本[地县镇乡市省村]|当地|城镇|农村)(?:人|户[籍口]|籍)",
            r"本[地县镇乡市省村](?:户籍|户口)",
        ),
    ),
    (
        Kind.MARRIAGE,
        _REFUSE,
        _MARRIAGE_SAYS,
        _MARRIAGE_LAW,
        (
            r"(?:已婚|未婚)[、,]?(?:已育|未育|未孕)|未育|未孕",
            rf"(?:未婚|已婚|离异|单身|丧偶|已育)(?:者|女性|男性|人士|的)?(?:{PREFERRED}|{UNWANTED_AFTER})",
            rf"(?:{ONLY}|{WANTED}|{UNWANTED_BEFORE})(?:未婚|已婚|单身|离异|已育)",
            rf"{EDGE_BEFORE}(?P<w>未婚|已婚|单身|已育){EDGE_AFTER}",
            r"(?:须|需|得|是否)(?:已育|已婚|未婚|单身|怀孕)",
            r"婚姻?(?:状况|情况)?(?:要求)?[:为是]?(?:限)?(?:未婚|已婚|单身)",
            r"(?:注明|说明|提供|告知|填写|如实|写明|是否|有无)[^,;。\n]{0,6}(?:婚[姻育否]|生育|怀孕|结婚)(?:状况|情况|计划|打算|证明)?",
            rf"(?:近?{COUNT}年(?:之?内)?|短期内?|近期|合同期内?|入职[^,;。\n]{{0,6}})?(?:不|无|没有|暂无|不得|不能|不准|不可|禁止)(?:考虑|打算|计划|准备|会|再)?(?:结婚|怀孕|生育|生孩子|生小孩|要孩子|要小孩|备孕|婚育|要?生?二[胎孩]|谈恋爱)(?:计划|打算)?",
            r"(?:谢绝|不招|不要|不收|拒绝|不接受|不考虑)(?:孕妇|备孕|怀孕)|孕妇(?:勿|谢绝|免谈|不招|不要|不收)",
            r"(?:入职|上岗|体检)[^,;。\n]{0,4}(?:孕检|妊娠|验孕)",
            r"(?:孩子|小孩|宝宝)(?:已?大了?|已?上学|有人带)[^,;。\n]{0,3}优先",
        ),
    ),
    (
        Kind.MARRIAGE,
        _WARN,
        "这句话容易变成问婚育，建议删去",
        _MARRIAGE_LAW,
        (r"无家庭(?:负担|拖累|牵挂)|家庭(?:稳定|和睦)(?:者)?优先",),
    ),
    (
        Kind.HEALTH,
        _REFUSE,
        "不能因残疾或携带病原体拒绝应聘的人，请删去",
        "《就业促进法》第二十九条、第三十条",
        (
            rf"{UNWANTED_BEFORE}(?:乙肝|残疾|艾滋)[^,;。\n]{{0,4}}",
            rf"(?:乙肝|残疾|艾滋)[^,;。\n]{{0,4}}{UNWANTED_AFTER}",
        ),
    ),
    (
        Kind.HEALTH,
        _WARN,
        "法律禁止携带者从事的岗位才可以这样写，审核员会看",
        "《就业促进法》第三十条",
        (r"(?:无|非)(?:乙肝|传染病|残疾)|乙肝两对半|(?:体检|入职|筛查)[^,;。\n]{0,6}乙肝",),
    ),
    (
        Kind.FEE,
        _REFUSE,
        _FEE_SAYS,
        _FEE_LAW,
        (
            rf"{PAYING}[^,;。、\n]{{0,10}}{FEE}",
            rf"{FEE}[^,;。\n]{{0,8}}(?:\d+(?:元|块|/|$)|自理|自费|自付|自行|自己|个人|本人|员工承担|学员承担|需交|须交|要交|先交|交清|工资[^,;。\n]{{0,4}}扣|扣除|离职[^,;。\n]{{0,4}}退|满[^,;。\n]{{0,6}}退|退还|可退|不退|不予退|返还)",
            rf"(?:需要?|须|要)(?:先|提供)?(?:{FEE}|[^,;。、\n]{{0,4}}(?:担保人|人担保|财产担保|担保金|房产抵押))",
        ),
    ),
    (
        Kind.FEE,
        _WARN,
        "压工资、让应聘的人付体检费容易违规，审核员会看",
        _FEE_LAW,
        (
            rf"工资[押压]{COUNT}?半?个?[月天周]",
            rf"[押压]{COUNT}个?[月天周]的?工资",
            r"体检费[^,;。\n]{0,4}(?:自理|自费|自付)|工资[^,;。\n]{0,4}(?:抵扣|抵押)",
        ),
    ),
    (
        Kind.DOCUMENTS,
        _REFUSE,
        "不能扣押证件，请删去",
        _FEE_LAW,
        (
            r"(?:扣押|扣留|抵押|质押|收缴|押(?![运车韵送])|(?:需要?|须|要)上交)[^,;。\n]{0,4}(?:身份证|毕业证|学[历位]证|证件|驾驶证|资格证|户口本|银行卡)(?!复印)",
            r"(?:身份证|毕业证|学[历位]证|证件|驾驶证|资格证|户口本)[^,;。\n]{0,6}(?:抵押|扣押|扣留|押在|上交公司|交公司保管|由公司(?:统一)?保管|统一保管)",
        ),
    ),
    (
        Kind.LOAN,
        _REFUSE,
        "不能以招聘的名义推销培训和贷款，请删去",
        "《劳动合同法》第九条、《人力资源市场暂行条例》第二十四条",
        (
            r"培训贷款?|招转培|(?:学费|培训费?|教育)(?:可以?)?(?:分期|贷款)|分期(?:付|交|缴)?学费",
            r"贷款(?:参加)?(?:缴|交|付)?(?:学费|培训)|(?:学费|培训费)(?:可以?)?分\d{1,2}期|先学后付|先就业后付|入职贷",
            r"上岗贷|美容贷|付费(?:实习|内推|上岗)|收费实习|带薪培训后签?贷",
        ),
    ),
    (
        Kind.HYPE,
        _REFUSE,
        "不能许诺保录、包过，请写实际的录用办法",
        _TRUE_LAW,
        (
            r"(?<![面钱书背])包过(?![滤敏程道度渡秤磅检境])|(?<!确)保过(?![程滤度])|保证?录[取用]",
            r"(?<![担环])保录(?![入像音制])|包录取?(?![入像音])|(?<!分)包分配(?:工作)?|[包保](?:证)?就业|包入职",
        ),
    ),
    (
        Kind.HYPE,
        _REFUSE,
        "不能许诺一定录用，请写实际的录用办法",
        _TRUE_LAW,
        (
            r"(?:百分百|百分之百|100%|来就|来了就|当天就?)(?:录[用取]|入职|录)",
            r"内部(?:名额|关系|指标)(?!体系|管理|考核|协调|处理|维护|监控)|走后门",
        ),
    ),
    (
        Kind.HYPE,
        _REFUSE,
        "夸大收入的话不能写，请写实际的薪资",
        _TRUE_LAW,
        (
            r"轻松[^,;。\n]{0,3}(?:月入|月薪|过万|上万|破万|赚钱?|高薪|年入|日入|到手)",
            r"(?:月|年)(?:收)?入[^,;。\n]{0,4}不是梦|躺赚|稳赚|日赚|日入(?:过|上)?[百千万\d]|坐着赚钱|动动手指|零门槛高薪",
            r"(?:月|年)(?:收)?入(?:过|上|破|超)(?:十|百|\d+)?万",
            r"高薪[^,;。\n]{0,2}日结|日结[^,;。\n]{0,2}高薪|(?<!印)刷单",
        ),
    ),
    (
        Kind.AGE,
        _WARN,
        "限年龄要有正当理由，审核员会看",
        "",
        (
            r"(?:年龄[^,;。\n]{0,6})?[1-6]\d周?岁?(?:-+|~|至|到)[2-6]\d周?岁?(?:\([^)]{0,4}\))?(?:以[下上内]|之间|左右)?(?<=[岁下上内间右)])",
            r"(?:年龄[^,;。\n]{0,6})?(?:不超过|小于|低于|最大|大于|超过)?[2-6]\d(?:周?岁)(?:\([^)]{0,4}\))?(?:及)?(?:以[下上内]|之间|左右|内)?",
            r"年龄(?:要求|限制|限)?[:为在须需]?(?:不超过|小于)?[1-6]\d(?:周?岁)?(?:(?:-+|至|到)[2-6]\d(?:周?岁)?)?(?:以[下上内]|之间|左右|内)?",
            r"[二三四五六]十[一二三四五六七八九]?周?岁(?:及)?(?:以[下上内]|之间|左右|内)?",
            r"(?:[6-9]0|[6-9]5|00|05)后(?:优先|为主|最好|为佳)",
            r"(?:限|要求|只招|仅限)(?:[6-9]0|[6-9]5|00|05)后|年轻(?:人|者|化)?(?:优先|为主|最好|为佳)|要求年轻",
            r"年龄(?:偏大|太大|大的?)[^,;。\n]{0,4}(?:勿扰|不要|不招|不考虑)",
        ),
    ),
    (
        Kind.APPEARANCE,
        _WARN,
        "身高、属相一类的要求要有正当理由，审核员会看",
        "",
        (
            r"身高[^,;。\n]{0,8}\d|(?:属相|生肖|星座|血型)[^,;。\n]{0,8}|[男女](?:性|生|士)?1[5-8]\d(?:cm|厘米|公分)?以上",
        ),
    ),
)

_TITLE_SPECS = (
    (
        Kind.HYPE,
        _REFUSE,
        "职位名称只写岗位本身；急着用人请勾选「急招」，薪资写在薪资栏",
        _TRUE_LAW,
        (r"高薪|急(?:招|聘)|诚(?:招|聘)|热招|直招|福利好|待遇优|(?:月|年)入|无责底薪",),
    ),
)


def _compiled(specs: tuple[Any, ...]) -> tuple[Rule, ...]:
    return tuple(
        Rule(kind, severity, re.compile(pattern, re.MULTILINE), message, law)
        for kind, severity, message, law, patterns in specs
        for pattern in patterns
    )


RULES = _compiled(_SPECS)
TITLE_RULES = _compiled(_TITLE_SPECS)  # looked for in titles beside the others
