//! What the bot understands.

/// A command. Adding one makes the compiler ask for its words, its line in the help and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// 帮助: what can I say?
    Help,
    /// 签到: sign in to today's meeting.
    SignIn,
    /// 进度: how far is my request?
    Progress,
}

impl Command {
    /// All of them, in the order of the help.
    pub const ALL: [Self; 3] = [Self::SignIn, Self::Progress, Self::Help];

    /// The word that people are told to say.
    pub fn word(self) -> &'static str {
        match self {
            Self::Help => "帮助",
            Self::SignIn => "签到",
            Self::Progress => "进度",
        }
    }

    /// The line in the help.
    pub fn help(self) -> &'static str {
        match self {
            Self::Help => "看看能说什么",
            Self::SignIn => "给今天的支部活动签到",
            Self::Progress => "看看您的申请办到哪一步",
        }
    }

    /// Other words for the same wish, matched anywhere in what was said.
    fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Help => &["帮助", "怎么用", "菜单", "help", "?", "你好", "您好"],
            Self::SignIn => &["签到", "报到", "我到了", "打卡"],
            Self::Progress => &["进度", "办到哪", "批了没", "批了吗", "结果"],
        }
    }

    /// Reads what a person typed or dictated. `None` when nothing fits; the answer is then the help as well.
    ///
    /// Full-width letters, spaces and the @ of a group message do not matter. When two commands fit, the one that
    /// does something wins over the help.
    pub fn read(said: &str) -> Option<Self> {
        let said: String = said
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(half_width)
            .flat_map(char::to_lowercase)
            .collect();
        Self::ALL.into_iter().find(|command| command.synonyms().iter().any(|word| said.contains(word)))
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
    use super::Command;

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
