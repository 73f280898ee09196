//! What the bot answers.

use domain::notice::Topic;

use super::brief::brief;
use crate::{bot::Command, message::Message};

/// What others wrote gets this much room.
const TITLE: usize = 24;
/// So many requests of one's own fit into a message.
const SHOWN: usize = 2;

/// The menu: answered to 帮助, and to whatever was not understood. Never silence.
pub fn help(home: &str) -> Message {
    let lines: Vec<String> =
        Command::ALL.into_iter().map(|command| format!("说“{}”{}", command.word(), command.help())).collect();
    Message::plain("我能帮您做这些", lines.join("\n")).button("打开银龄", home)
}

/// The first message to somebody new: who speaks, what will come, how often, how to stop.
pub fn welcome(home: &str) -> Message {
    Message::plain(
        "您好，我是银龄小助手",
        "活动前一天提醒您，一周最多3次。\n申请有结果就告诉您。\n说“退订”不再提醒，说“帮助”看能做什么。",
    )
    .button("打开银龄", home)
}

/// Nothing more of it comes, but for what must.
pub fn stopped(topic: Topic) -> Message {
    let text =
        format!("不再给您发{}了。\n您自己申请的结果，还是会告诉您。\n想要了，说“恢复”。", topic.label());
    Message::plain("退订好了", text)
}

/// It comes again.
pub fn resumed(topic: Topic) -> Message {
    let text = match topic {
        Topic::All => "又会提醒您了。\n不想要了，说“退订”。".to_owned(),
        one => format!("每次都给您发{}。\n不想要了，说“退订”。", one.label()),
    };
    Message::plain("恢复好了", text)
}

/// Signed in just now.
pub fn signed_in(title: &str, at: &str, page: &str) -> Message {
    Message::plain("签到好了", format!("{}\n{at}签到成功。", brief(title, TITLE))).button("看活动", page)
}

/// Signed in before: the same wish again changes nothing.
pub fn already_signed_in(title: &str, at: &str, page: &str) -> Message {
    Message::plain("您已经签过到了", format!("{}\n{at}已经签到，不用再签。", brief(title, TITLE)))
        .button("看活动", page)
}

/// There is nothing to sign in to now. What comes next: when, and its title.
pub fn nothing_to_sign_in(next: Option<(&str, &str)>, home: &str) -> Message {
    let text = match next {
        Some((when, title)) => {
            format!("没有可以签到的活动。\n下一次：{when}，{}。", brief(title, TITLE - 6))
        }
        None => "没有可以签到的活动。".to_owned(),
    };
    Message::plain("现在不用签到", text).button("看支部活动", home)
}

/// How far the sender's own requests are: number and state of each.
pub fn progress(requests: &[(String, String)], page: &str) -> Message {
    if requests.is_empty() {
        return Message::plain("您没有在办的申请", "需要帮助的话，点下面的按钮告诉我们。")
            .button("我要求助", "/aid/apply");
    }
    let mut lines: Vec<String> =
        requests.iter().take(SHOWN).map(|(number, state)| format!("{number}：{state}")).collect();
    if requests.len() > SHOWN {
        lines.push(format!("还有{}件，点开看。", requests.len() - SHOWN));
    }
    Message::plain("您的申请", lines.join("\n")).button("看详细进度", page)
}

/// The login belongs to nobody in the register.
pub fn not_registered(help_desk: &str) -> Message {
    Message::plain("还没有登记", format!("您的账号还没有和名册对上。\n请打电话给{help_desk}。"))
}
