//! Every class, and the documents by which things are kept.

use super::{
    class::{Class, Fate, Ruled},
    kept::KEPT,
    of_cases::OF_CASES,
    of_office::OF_OFFICE,
    of_people::OF_PEOPLE,
};

pub(super) const ARCHIVE: &str = "《机关文件材料归档范围和文书档案保管期限规定》（国家档案局令第8号）";
pub(super) const ACCOUNTS: &str = "《会计档案管理办法》（财政部、国家档案局令第79号）第十四条";
pub(super) const SHORTEST: &str = "《个人信息保护法》第十九条、第四十七条：达到目的以后就删除";
pub(super) const RECORDS: &str = "《个人信息保护法》第五十六条：处理情况记录至少保存三年";
pub(super) const LOGS: &str = "《网络安全法》第二十一条：网络日志不少于六个月";
pub(super) const CLAIMS: &str = "《民法典》第一百八十八条：诉讼时效三年";

/// Every class.
pub fn all() -> impl Iterator<Item = &'static Class> {
    OF_CASES.iter().chain(OF_PEOPLE).chain(OF_OFFICE).chain(KEPT)
}

/// The classes that go by a rule, in the order of lists.
pub fn ruled() -> impl Iterator<Item = (&'static Class, &'static Ruled)> {
    OF_CASES.iter().chain(OF_PEOPLE).chain(OF_OFFICE).filter_map(|class| match &class.fate {
        Fate::Ruled(ruled) => Some((class, ruled)),
        _ => None,
    })
}

/// A class that goes by a rule.
pub fn find(code: &str) -> Option<(&'static Class, &'static Ruled)> {
    ruled().find(|(class, _)| class.code == code)
}
