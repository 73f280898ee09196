//! What is said about 反映的问题: how many wait, and that there is news; never about what. And why something is not done.

use domain::grievance::{Refusal, WORDS};

use crate::message::Message;

/// In the morning: how many wait for an answer, and how many of them are late.
pub fn due(open: usize, late: usize, page: &str) -> Message {
    let late = if late > 0 { format!("\n有{late}件已经过了期限。") } else { String::new() };
    Message::plain("反映的问题要答复", format!("有{open}件等您答复。{late}")).button("看等我答复的", page)
}

/// To whoever said it.
pub fn news(later: bool, page: &str) -> Message {
    let text =
        if later { "要多等几天，为什么请打开看。" } else { "有答复了，请打开看。" };
    Message::plain("您反映的问题有消息", text).button("打开看", page)
}

/// A rule in words.
pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Words => format!("请写几句话，最多{WORDS}个字。"),
        Refusal::NotNow => "这件事已经有人办过了。\n请再看一次。".to_owned(),
        Refusal::Enough => "前面反映的还没有办完。\n请等一等，或者打电话。".to_owned(),
        Refusal::Barred(bar) => format!("这位同志要回避：{}。\n请另选一位。", bar.label()),
        Refusal::NotThere => "这位同志不在这里工作，或者级别不够。\n请另选一位。".to_owned(),
        Refusal::NotYours => "这件交给了别的同志。\n请由他来答复。".to_owned(),
        Refusal::Extended => "已经延过一次，不能再延。".to_owned(),
        Refusal::NoTime => "已经过了期限，不能再延。\n请尽快答复。".to_owned(),
        Refusal::Again => "已经重新办过一次。\n还有话说，请打电话。".to_owned(),
        Refusal::NoCase => "没有找到这件申请。\n请再看一遍编号。".to_owned(),
        Refusal::ByTelephone => "这件事请打电话说。\n我们派专人来听。".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::grievance::{Bar, Refusal};

    use super::refusal;

    #[test]
    fn sentences_are_short_and_blame_nobody() {
        for no in [
            Refusal::Words,
            Refusal::NotNow,
            Refusal::Enough,
            Refusal::Barred(Bar::Close),
            Refusal::NotThere,
            Refusal::NotYours,
            Refusal::Extended,
            Refusal::NoTime,
            Refusal::Again,
            Refusal::NoCase,
            Refusal::ByTelephone,
        ] {
            let said = refusal(&no);
            for sentence in said.split(['。', '\n']) {
                assert!(sentence.chars().count() <= 25, "{sentence}");
            }
            assert!(!said.contains("失败") && !said.contains("错误"), "{said}");
        }
    }
}
