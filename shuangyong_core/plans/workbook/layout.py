"""Which sheets and columns a plan's workbook has, with what stands over and beside them."""

from __future__ import annotations

from dataclasses import dataclass

HELP, HEAD, ROUNDS, INDICATORS, TARGETS = "填写说明", "计划", "报送", "指标", "任务"
SHEETS = (HELP, HEAD, ROUNDS, INDICATORS, TARGETS)
USUAL_ROUNDS = 6
HEADER_ROW = 3  # under a title and a sentence, counted as Excel does


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key of the body, its header, how wide it is, what it says when entered."""

    key: str
    header: str
    width: float
    says: str = ""


HEAD_ROWS = (
    ("code", "计划编码", "字母、数字、短横线，如 linjiang-2027；定了就不再改"),
    ("year", "年度", "四位数字"),
    ("issuer", "发布单位编码", "区的编码"),
    ("title", "计划名称", "印在通知和任务清单上"),
    ("basis", "依据文件", "可以空着"),
    ("approved_by", "批准会议或批准人", "可以空着"),
    ("filing_no", "报表备案号", "可以空着"),
    ("inflation_limit", "分解合计上限", "分解合计/下达数，1.05 就是 105%；超过要写理由"),
    ("lead_workdays", "时限最多提前", "下级的时限早于上级多少个工作日以上要写理由"),
    ("review_levels", "审核层级", "1 或 2"),
    ("max_rounds", "一年最多报送次数", "超过时核对会提醒"),
    ("within.acknowledge", "签收期限", "工作日"),
    ("within.decompose", "分解期限", "工作日"),
    ("within.review", "审核期限", "工作日"),
    ("within.correct", "更正期限", "工作日"),
    ("requests_by", "延期豁免谁定", "空着是发布单位；由上级审核单位定写 superior"),
)
HEAD_COLUMNS = (
    Column("field", "项目", 20),
    Column("value", "填写", 40),
    Column("says", "说明", 60),
)
ROUND_COLUMNS = (
    Column("code", "编码", 8),
    Column("title", "名称", 16),
    Column("opens_on", "开放填报", 14, "空着：报送时限前 7 个工作日"),
    Column("due_date", "报送时限", 14, "日期，如 2027-07-10；或规则，如 春节+10wd"),
    Column("locks_on", "截止补报", 14, "空着：报送时限后 10 个工作日"),
    Column("done_by", "办理时限", 14, "这次报送的事最晚哪天办完；空着同报送时限"),
)
INDICATOR_COLUMNS = (
    Column("code", "指标编码", 26),
    Column("name", "指标名称", 34),
    Column("kind", "类型", 8),
    Column("unit", "单位", 8),
    Column("decimals", "小数位", 8, "金额是 2，其他一般是 0"),
    Column("over_units", "按单位汇总", 16),
    Column("over_time", "按时间汇总", 12),
    Column("hint", "填报提示", 44),
    Column("parts_kind", "分项方式", 10),
    Column("parts", "分项", 36, "几项用、分开"),
)
FRONT_COLUMNS = (
    Column("ticked", "选", 5, "要下达的任务打 √"),
    Column("code", "任务编码", 9),
    Column("heading", "标准大类", 20),
    Column("category", "类别", 12),
    Column("title", "任务名称", 34),
    Column("indicator", "指标编码", 22, "要在“指标”表里"),
    Column("automatic", "系统计数", 11, "空着：由单位填报"),
    Column("who", "谁报", 24, "单位类型或单位编码，几个用、分开：街道、社区"),
    Column("on_behalf_of", "代谁报", 10, "如区总工会代基层工会合计填报"),
    Column("goal_kind", "目标类型", 9),
    Column("goal", "目标数", 9, "总数或每单位的数；比率写 0.95 或 95%"),
    Column("split", "分解方式", 11, "只有总数要分解；别的基数写 按基数:名称"),
    Column("per", "目标口径", 9, "全年一个数，还是每次报送一个数"),
)
BACK_COLUMNS = (
    Column("done_by", "办理时限", 15, "空着：随报送；可写日期或规则，几个用、分开"),
    Column("weight", "权重", 6),
    Column("photos", "照片张数", 9, "空着：不要求"),
    Column("required", "必须有佐证", 10),
    Column("place", "写存放地", 9, "用“存放地和页码”代替上传"),
    Column("source", "依据", 26),
    Column("shown_to", "给谁看", 9, "只看总数和目标"),
    Column("supporting", "配合单位", 20, "看进展、交材料，数由牵头单位报；几个用、分开"),
    Column("goal_note", "目标备注", 9),
    Column("shares", "指定分解数", 24, "分解方式是“指定”时写：990106001=10；990106002=8"),
    Column("materials", "佐证材料", 26, "只供参考，不导入"),
    Column("note", "说明", 60, "只供参考，不导入"),
)
TOLD = {
    HELP: ("年度双拥工作计划", ""),
    HEAD: ("计划：名称、依据和期限", "只在“填写”一栏填，可以空着的在说明里写明。"),
    ROUNDS: (
        "报送：一年报几次、各到哪天",
        "一次一行；时限写日期，或写节日规则，如 春节-1wd、八一-1d。",
    ),
    INDICATORS: (
        "指标：数怎么计、怎么汇总",
        "目录里的已经列好，一般不用改；自己的任务要新指标时加一行。",
    ),
    TARGETS: (
        "任务：在“选”一栏打 √，只有打了 √ 的才下达",
        "目录里没有的任务在最后加行。同一任务分几组报的：第一行不写谁报，下面每组一行，编码相同。",
    ),
}
SAYS = (
    "1. 先填“计划”，再看“报送”的日期，然后在“任务”里打 √。"
    "目录已经写好谁报、哪几次报、目标和依据，都可以改。",
    "2. 填完存盘，用 shuangyong plan check 文件名 核对：全部问题一次说清，每处都指到哪张表哪一格。",
    "3. 没有问题再用 shuangyong plan import 文件名 导入为草稿；要改就改这个文件，"
    "加 --replace 再导入一次。",
    "4. 导入后用 shuangyong plan launch 计划编码 下达；先下达一部分加 --targets A04,C01，"
    "其余以后再下达。",
    "5. 目标数都是示例，以当地下发为准。任务、报送、指标的编码定了就不再改。",
    "6. 时限规则：节日（元旦、除夕、春节、清明、劳动节、端午、八一、国防教育日、中秋、"
    "烈士纪念日、国庆）或周期（月末、季末、半年末、年末），可加 -5wd（往前 5 个工作日）、"
    "+5wd（往后 5 个工作日）、-1d（往前 1 天）。",
    "7. 单位编码是文字，前面的 0 和短横线都要写全。本系统不处理涉密信息，驻军单位只写代称。",
)


def with_spare_rounds(rounds: list[str]) -> list[str]:
    """This function will add the codes of rounds that the office may still write, R6 for one."""
    usual = [f"R{number}" for number in range(1, USUAL_ROUNDS + 1)]
    return [*rounds, *(code for code in usual if code not in rounds)][
        : max(USUAL_ROUNDS, len(rounds))
    ]


def target_columns(rounds: list[str]) -> tuple[Column, ...]:
    """This function will give the columns of the targets, one for each round among them."""
    ticks = (Column(f"round:{code}", code, 5, "在这次报送打 √") for code in rounds)
    return (*FRONT_COLUMNS, *ticks, *BACK_COLUMNS)
