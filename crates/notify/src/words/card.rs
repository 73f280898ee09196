//! What the card of an approver's task says: the case's number, how high it goes, the days that are left, and who has decided; neither
//! whom it is about nor for what nor how much. The template's variables stand in `dingtalk-manifest/app.toml`.

use chrono::NaiveDate;
use dingtalk::card::CardData;
use domain::{
    aid::{deciding::TaskOutcome, standard::Level},
    calendar::Calendar,
};

/// What is in the list of chats and on a locked screen.
pub const ALERT: &str = "有一件帮扶等您审批";

/// While it waits.
pub fn waiting(number: &str, level: Level, left: &str, link: &str) -> CardData {
    CardData::of([
        ("title", ALERT),
        ("number", number),
        ("level", level.label()),
        ("left", left),
        ("state", "waiting"),
        ("said", "等您审批"),
        ("link", link),
    ])
}

/// When it is over.
pub fn over(said: &str) -> CardData {
    CardData::of([("state", "over"), ("said", said), ("left", "")])
}

/// Who did what, and when.
pub fn ended(outcome: TaskOutcome, who: &str, when: &str) -> String {
    match outcome {
        TaskOutcome::NotNeeded => format!("{who}{when}已经审批"),
        _ => format!("{who}{when}{}", outcome.label()),
    }
}

/// How many working days are left.
pub fn left(due_on: Option<NaiveDate>, calendar: &Calendar, today: NaiveDate) -> String {
    match due_on {
        None => String::new(),
        Some(due) if due < today => "已经超期".to_owned(),
        Some(due) if due == today => "今天到期".to_owned(),
        Some(due) => match calendar.working_days_between(today, due) {
            0 => "今天到期".to_owned(),
            days => format!("还有{days}个工作日"),
        },
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use domain::{
        aid::{deciding::TaskOutcome, standard::Level},
        calendar::Calendar,
    };

    use super::{ended, left, over, waiting};

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn a_card_says_what_waits_and_nothing_of_the_person() {
        let shown =
            waiting("西湖帮扶2026-0007", Level::County, "还有3个工作日", "https://y.example/console/tasks/1");
        let names: Vec<_> = shown.card_param_map.keys().map(String::as_str).collect();
        assert_eq!(names, ["left", "level", "link", "number", "said", "state", "title"]);
        assert_eq!(over("沈岚上午9点已同意").card_param_map["state"], "over");
    }

    #[test]
    fn who_ended_it_is_said_as_it_was() {
        assert_eq!(ended(TaskOutcome::Agreed, "沈岚", "今天上午9点"), "沈岚今天上午9点已同意");
        assert_eq!(ended(TaskOutcome::NotNeeded, "沈岚", "今天上午9点"), "沈岚今天上午9点已经审批");
        assert_eq!(ended(TaskOutcome::Withdrawn, "林芳", "今天上午9点"), "林芳今天上午9点已撤回");
    }

    #[test]
    fn days_are_working_days() {
        let calendar = Calendar::built_in();
        // The 24th is a Tuesday.
        assert_eq!(left(Some(day(27)), &calendar, day(24)), "还有3个工作日");
        assert_eq!(left(Some(day(30)), &calendar, day(27)), "还有1个工作日");
        assert_eq!(left(Some(day(24)), &calendar, day(24)), "今天到期");
        assert_eq!(left(Some(day(23)), &calendar, day(24)), "已经超期");
        assert_eq!(left(None, &calendar, day(24)), "");
    }
}
