//! What the bot answers.

use crate::{bot::Command, message::Message};

/// The menu: answered to 帮助, and to whatever was not understood. Never silence.
pub fn help(home: &str) -> Message {
    let lines: Vec<String> = Command::ALL
        .into_iter()
        .map(|command| format!("说“{}”，{}", command.word(), command.help()))
        .collect();
    Message::plain("我能帮您做这些", lines.join("\n")).button("打开银龄", home)
}

/// The first message to somebody new: who speaks, what will come, how often.
pub fn welcome(home: &str) -> Message {
    Message::plain(
        "您好，我是银龄小助手",
        "支部活动的前一天，我会提醒您。\n您的申请有了结果，我会告诉您。\n晚上和午休不打扰您。说“帮助”，看看我会什么。",
    )
    .button("打开银龄", home)
}

/// Signed in just now.
pub fn signed_in(title: &str, at: &str, page: &str) -> Message {
    Message::plain("签到好了", format!("{title}\n{at}签到成功。")).button("看活动", page)
}

/// Signed in before: the same wish again changes nothing.
pub fn already_signed_in(title: &str, at: &str, page: &str) -> Message {
    Message::plain("您已经签过到了", format!("{title}\n{at}已经签到，不用再签。")).button("看活动", page)
}

/// There is nothing to sign in to now.
pub fn nothing_to_sign_in(next: Option<&str>, home: &str) -> Message {
    let text = match next {
        Some(next) => format!("现在没有可以签到的活动。\n下一次：{next}。"),
        None => "现在没有可以签到的活动。".to_owned(),
    };
    Message::plain("现在不用签到", text).button("看支部活动", home)
}

/// How far the sender's own requests are: number and state of each.
pub fn progress(requests: &[(String, String)], page: &str) -> Message {
    if requests.is_empty() {
        return Message::plain("您没有在办的申请", "需要帮助的话，点下面的按钮告诉我们。")
            .button("我要求助", "/aid/apply");
    }
    let lines: Vec<String> = requests.iter().map(|(number, state)| format!("{number}：{state}")).collect();
    Message::plain("您的申请", lines.join("\n")).button("看详细进度", page)
}

/// The login belongs to nobody in the register.
pub fn not_registered(help_desk: &str) -> Message {
    Message::plain("还没有登记", format!("您的账号还没有和名册对上。\n请打电话给{help_desk}，一次就好。"))
}
