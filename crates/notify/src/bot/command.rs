//! What the bot understands.

use domain::notice::Topic;

/// A command. Adding one makes the compiler ask for its words, its line in the help and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// 帮助: what can I say?
    Help,
    /// 签到: sign in to today's meeting.
    SignIn,
    /// 进度: how far is my request?
    Progress,
    /// 退订, 停: do not remind me.
    Stop(Topic),
    /// 恢复: remind me again.
    Resume(Topic),
}

impl Command {
    /// All of them, in the order of the help.
    pub const ALL: [Self; 5] =
        [Self::SignIn, Self::Progress, Self::Stop(Topic::All), Self::Resume(Topic::All), Self::Help];

    /// The word that people are told to say.
    pub fn word(self) -> &'static str {
        match self {
            Self::Help => "帮助",
            Self::SignIn => "签到",
            Self::Progress => "进度",
            Self::Stop(_) => "退订",
            Self::Resume(_) => "恢复",
        }
    }

    /// The line in the help.
    pub fn help(self) -> &'static str {
        match self {
            Self::Help => "看能说什么",
            Self::SignIn => "给活动签到",
            Self::Progress => "看申请进度",
            Self::Stop(_) => "不再提醒",
            Self::Resume(_) => "重新提醒",
        }
    }

    /// Other words for the same wish, matched anywhere in what was said.
    fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Help => &["帮助", "怎么用", "菜单", "help", "?", "你好", "您好"],
            Self::SignIn => &["签到", "报到", "我到了", "打卡"],
            Self::Progress => &["进度", "办到哪", "批了没", "批了吗", "结果"],
            // These change what comes later, so they stand first and alone; see `read`.
            Self::Stop(_) | Self::Resume(_) => &[],
        }
    }

    /// Reads what a person typed or dictated. `None` when nothing fits; the answer is then the help as well.
    ///
    /// Full-width letters, spaces, full stops and the @ of a group message do not matter. 退订 and 恢复 count at the beginning only, 停
    /// only alone: nobody unsubscribes by talking about a bus stop. When two other commands fit, the one that does something wins
    /// over the help.
    pub fn read(said: &str) -> Option<Self> {
        let said: String = said
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '。' | '！' | '，'))
            .map(half_width)
            .flat_map(char::to_lowercase)
            .collect();
        let first = |words: &[&str]| words.iter().find_map(|word| said.strip_prefix(word));
        if let Some(what) = first(&["退订", "停止", "不要再发", "取消"]) {
            return topic(what).map(Self::Stop);
        }
        if let Some(what) = first(&["恢复"]) {
            return topic(what).map(Self::Resume);
        }
        if matches!(said.as_str(), "停" | "td" | "t") {
            return Some(Self::Stop(Topic::All));
        }
        Self::ALL.into_iter().find(|command| command.synonyms().iter().any(|word| said.contains(word)))
    }
}

/// Of what, as people say it after the word; nothing is everything. `None`: something that nobody can stop so, such as a request.
fn topic(what: &str) -> Option<Topic> {
    match what.trim_start_matches('了') {
        "" | "提醒" | "全部" | "所有" | "消息" | "通知" | "所有提醒" | "全部提醒" => {
            Some(Topic::All)
        }
        "活动" | "活动提醒" | "支部活动" | "支部活动提醒" => Some(Topic::Meeting),
        "工作" | "工作提醒" | "支部工作" | "支部工作提醒" => Some(Topic::Digest),
        "问候" | "祝福" => Some(Topic::Greeting),
        _ => None,
    }
}

/// Full-width ASCII (as Chinese keyboards type it) to its plain form.
fn half_width(c: char) -> char {
    match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        0x3000 => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, Topic};

    #[test]
    fn the_bot_understands_what_people_say() {
        let table = [
            ("签到", Some(Command::SignIn)),
            (" 签 到 ", Some(Command::SignIn)),
            ("您好，我到了", Some(Command::SignIn)),
            ("我的申请批了没", Some(Command::Progress)),
            ("进度", Some(Command::Progress)),
            ("HELP", Some(Command::Help)),
            ("?", Some(Command::Help)),
            ("今天天气不错", None),
            ("退订", Some(Command::Stop(Topic::All))),
            ("停", Some(Command::Stop(Topic::All))),
            ("ＴＤ", Some(Command::Stop(Topic::All))),
            ("退订。", Some(Command::Stop(Topic::All))),
            ("退订活动提醒", Some(Command::Stop(Topic::Meeting))),
            ("退订 支部工作", Some(Command::Stop(Topic::Digest))),
            ("停止问候", Some(Command::Stop(Topic::Greeting))),
            ("恢复", Some(Command::Resume(Topic::All))),
            ("恢复活动提醒", Some(Command::Resume(Topic::Meeting))),
            ("公交车停在哪里", None),
            ("取消申请", None),
            ("身体恢复得不错", None),
            ("", None),
        ];
        for (said, understood) in table {
            assert_eq!(Command::read(said), understood, "{said:?}");
        }
    }

    #[test]
    fn every_command_answers_to_its_own_word() {
        for command in Command::ALL {
            assert_eq!(Command::read(command.word()), Some(command));
        }
    }
}
