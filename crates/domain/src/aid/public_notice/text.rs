//! The words of a notice. The policy: the name with the middle masked, the unit, the group of the category; no amount and no
//! band of amounts, no illness, no number of any kind that leads to a person: what is published is the least that the
//! purpose needs (《个人信息保护法》 art. 6). The page and the paper show this very text.

use chrono::{Datelike, NaiveDate};

use crate::{aid::Group, privacy::mask};

/// Everything the generator is told. What it is not told it cannot say.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    /// The person's name, which is masked here.
    pub name: &'a str,
    /// The managing unit or the community.
    pub unit: &'a str,
    /// Of the category only this is said.
    pub group: Group,
    /// First day.
    pub opens_on: NaiveDate,
    /// Last day.
    pub closes_on: NaiveDate,
}

/// Makes the text.
pub fn generate(said: &Said<'_>) -> String {
    let (name, unit, group) = (mask::name(said.name), said.unit, said.group.label());
    let (from, to) = (day(said.opens_on), day(said.closes_on));
    format!(
        "经本人申请、入户核实和审批，拟对下列离退休干部给予帮扶，现予公示。\n\
         姓名：{name}\n单位：{unit}\n类别：{group}\n\
         公示时间：{from}至{to}\n\
         如有异议，请在公示期内向本单位老干部工作部门反映。"
    )
}

/// Would a notice of some group have this name of a category in it, whatever it is about? Its own group's words may be its name.
pub(in crate::aid) fn says_anyway(label: &str, own: Group) -> bool {
    let day = NaiveDate::default();
    let text = |group| generate(&Said { name: "", unit: "", group, opens_on: day, closes_on: day });
    label != own.label() && Group::all().any(|group| text(group).contains(label))
}

/// Without the year: a notice hangs for days, and four digits in a row look like a number to whoever checks.
fn day(day: NaiveDate) -> String {
    format!("{}月{}日", day.month(), day.day())
}
