//! What members and secretaries of a branch are told.

use crate::message::Message;

/// The evening before a meeting, the same words for every member, so that one call reaches twenty people.
///
/// `when` is said as people say it, e.g. 明天(11月3日,星期二)上午9点. The title carries the date, because the platform drops
/// a message whose content somebody has had the same day.
pub fn meeting_eve(title: &str, when: &str, place: &str, page: &str) -> Message {
    Message::plain(format!("支部活动提醒：{when}"), format!("{title}\n时间：{when}\n地点：{place}"))
        .button("看安排、去签到", page)
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

/// The secretary's morning digest: one button for each thing to do.
pub fn digest(digest: &Digest, duties_page: &str) -> Message {
    let owed = if digest.missing.is_empty() {
        "本月该做的都做了，辛苦了。".to_owned()
    } else {
        format!("本月还差：{}。", digest.missing.join("、"))
    };
    let message = |text| Message::plain(format!("支部工作提醒：{}", digest.today), text);
    match &digest.unsigned {
        Some((when, people, roster)) => message(format!("{owed}\n{when}的活动，还有{people}位没有签到。"))
            .button("看还差什么", duties_page)
            .button("看谁没签到", roster.as_str()),
        None => message(owed).button("看还差什么", duties_page),
    }
}
