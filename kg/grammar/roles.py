"""How an agent answers for a matter: the words of responsibility."""

from __future__ import annotations

import re

__all__ = ["LABEL", "ROLE_VERB", "STRONG_VERB", "VERB", "plain_role", "role_of_label"]

LABEL = (
    r"(?P<label>(?=[主第共具牵责承协配参落支实督完监指组建报联整验包])(?:主要|第一|共同|具体|整改)?(?:牵头|责任|督导|督促|督查|验收|整改|包保|包抓|主办|承办|协办|配合|参加|参与|落实|支持|实施|协同|协作|督办|主管|完成|监管|指导|主责|组织|建设|报送|联系(?!人))"
    r"(?:[、和及/](?:责任|配合|参加|落实|实施))?(?:责任)?(?:单位|部门|市领导|区领导|县领导|领导|处室|科室|主体|人员|人|机构|股室)(?:及(?:责任人|配合单位))?)"
)
"""The label of a list of agents (责任单位, 牵头部门 …), without its colon."""

ROLE_VERB = r"(?:(?:牵头|主要|具体|统一|共同|分别|分工|全面)?负责(?!人|同志)|牵头|配合|协助|主持|承担|审定|组织|协调|指导|支持|参加|参与|联系|分管(?!负责|领导|副|同志)|统筹)"
"""A verb that says how an agent answers, as it stands before the matter."""
STRONG_VERB = r"(?:(?:牵头|主要|具体|统一|共同|分别|分工|全面)?负责(?!人|同志)|牵头|配合|承担|主持)"
"""Those that make a duty of a clause by themselves."""

VERB = (
    rf"(?:{ROLE_VERB}|会审|审核|审查|审批|批准|提供|运营|制定|制订|拟定|拟订|报|向|根据|按照|按|统一|具体|另行|安排|进行|给予|予以|对|从|整合|输送|研究|确定|共同|分别|依法|自行"
    r"|推荐|收取|支付|发放|拨付|出具|管理|实施|落实|建设|编制|汇总|受理|初审|复核|公布|公示|通报|处罚|责令|处理|处置|开展|签订|签发|使用|维护|监督|检查|验收|补助|承办|解释|召集|督促"
    r"|做好|继续|及时|定期|于|在|将|把|给|为|保管|保存|登记|备案|采购|评估|考核|核实|核定|认定|查处|追究|收回|调整|更换|提出|组建|成立|建立|完成|抓好|办理|报送|发布|公开|作出|协商|接受|选派|聘请|聘任|召开|赔偿|承接|支出|解决|筹集|筹措|列支|保障|奖励|表彰|委托)"
    # not inside a name: 建设厅, 监督局, 管理委员会
    r"(?!厅|局|委|部(?!署)|办(?!理)|处(?!理|置|罚)|中心|公司|集团|单位|部门|机构|小组|科|站|所|队|会|者|人(?!员信)|员|方(?!案|式)|费|主管)"
)
"""Verbs that can follow the agent in 由X…."""

_WORDS = re.compile(
    r"牵头|责任|主办|承办|协办|配合|参加|参与|落实|支持|实施|协同|协作|督办|督导|督促|督查|验收|包保|包抓|主管|完成|监管|指导|主责|组织|建设|报送|联系"
)


def plain_role(verb: str) -> str:
    """The role that a verb of responsibility says: 牵头负责 is 牵头, 主要负责 is 负责."""
    if verb.startswith("牵头"):
        return "牵头"
    return "负责" if verb.endswith("负责") else verb


def role_of_label(label: str) -> str:
    """The role that a label gives: 责任单位 责任, 牵头部门 牵头."""
    match = _WORDS.search(label)
    return match[0] if match else "责任"  # 整改单位
