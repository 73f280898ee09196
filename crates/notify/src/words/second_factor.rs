//! What is said about the second factor (动态口令): to its owner, and why a code or a reset is refused.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    calendar::{local_time, say},
    second_factor::{SecondFactorRefusal, letters::News},
};

use crate::message::Message;

/// To whom the login belongs. Whoever has not done it himself is told what to do.
pub fn told(news: News, page: &str) -> Message {
    let (title, text) = match news {
        News::Bound => {
            ("您的账号绑定了动态口令", "办重要的事以前，要输6位口令。\n不是您绑定的，请马上找安全管理员。")
        }
        News::ResetAsked => (
            "有人申请重置您的动态口令",
            "另一位安全管理员同意以后才重置。\n您没有要求过，请马上找安全管理员。",
        ),
        News::Reset => {
            ("您的动态口令已经重置", "办重要的事以前，请重新绑定。\n您没有要求过，请马上找安全管理员。")
        }
    };
    Message::plain(title, text).button("看一看", page)
}

/// The end of a lock: the next full minute, so that nobody comes back too early.
pub fn until(until: DateTime<Utc>) -> String {
    say::time(local_time(until + TimeDelta::seconds(59)))
}

/// Why it is not done.
pub fn refusal(refusal: SecondFactorRefusal) -> String {
    match refusal {
        SecondFactorRefusal::NotBound => "这个账号还没有绑定动态口令。".to_owned(),
        SecondFactorRefusal::NotSteppedUp => "要换一部手机，请先输现在的口令。".to_owned(),
        SecondFactorRefusal::NotOffered => "这个二维码放得太久了，请重新绑定。".to_owned(),
        SecondFactorRefusal::Wrong { left: None } => {
            "口令不对。请看手机的时间准不准，等下一个口令再输。".to_owned()
        }
        SecondFactorRefusal::Wrong { left: Some(left) } => {
            format!("口令不对，或者已经用过。请等下一个口令再输，还可以输{left}次")
        }
        SecondFactorRefusal::Locked { until } => {
            format!("输错的次数太多了，请在{}以后再输", self::until(until))
        }
        SecondFactorRefusal::OwnAccount => "自己的动态口令，请另外两位安全管理员来重置。".to_owned(),
        SecondFactorRefusal::SamePerson => "您申请的，请另一位安全管理员同意。".to_owned(),
        SecondFactorRefusal::Asked => "已经有人申请了，请另一位安全管理员同意。".to_owned(),
        SecondFactorRefusal::NotAsked => "没有人申请，或者已经办好了。".to_owned(),
        SecondFactorRefusal::NoReason => "请写为什么重置，比如手机丢了".to_owned(),
    }
}
