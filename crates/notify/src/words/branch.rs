//! What members and secretaries of a branch are told.

use super::brief::brief;
use crate::message::Message;

/// So many kinds of meetings that are owed fit into a digest.
const OWED: usize = 2;

/// What the reminder of the evening is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Eve<'a> {
    /// What the secretary called the meeting.
    pub title: &'a str,
    /// As people say it, e.g. 明天（11月3日，星期二）上午9点.
    pub when: &'a str,
    /// Where.
    pub place: &'a str,
    /// How many other meetings the branch has that day; nobody is reminded twice a day.
    pub others: usize,
}

/// The evening before a meeting, the same words for every member, so that one call reaches twenty people. The title carries the date,
/// because the platform drops a message whose content somebody has had the same day.
pub fn meeting_eve(eve: &Eve<'_>, page: &str) -> Message {
    let mut text = format!("{}\n地点：{}", brief(eve.title, 24), brief(eve.place, 18));
    if eve.others > 0 {
        text = format!("{text}\n当天还有{}场活动。", eve.others);
    }
    Message::plain(format!("支部活动提醒：{}", eve.when), text).button("看安排、去签到", page)
}

/// What the secretary's digest is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    /// What the branch still owes, e.g. 主题党日1次.
    pub missing: Vec<String>,
    /// The meeting of today that people have not signed in to: when it is, how many are missing, its page.
    pub unsigned: Option<(String, usize, String)>,
    /// Today, said as people say it.
    pub today: String,
}

/// The secretary's morning digest: the one message with two buttons, one for each of its two lines.
pub fn digest(digest: &Digest, duties_page: &str) -> Message {
    let owed = if digest.missing.is_empty() {
        "本月该做的都做了，辛苦了。".to_owned()
    } else {
        let more = if digest.missing.len() > OWED { "等" } else { "" };
        let first: Vec<&str> = digest.missing.iter().take(OWED).map(String::as_str).collect();
        format!("本月还差：{}{more}。", first.join("、"))
    };
    let message = |text| Message::plain(format!("支部工作提醒：{}", digest.today), text);
    match &digest.unsigned {
        Some((when, people, roster)) => message(format!("{owed}\n{when}的活动，还有{people}位没有签到。"))
            .button("看还差什么", duties_page)
            .button("看谁没签到", roster.as_str()),
        None => message(owed).button("看还差什么", duties_page),
    }
}
