//! What is said about grants: that a term ends, and why something is not granted, passed on or declared.

use domain::{
    authority::{GrantRefusal, substitution::commands::SubstitutionRefusal},
    declaration::commands::DeclarationRefusal,
};

use crate::message::Message;

/// Fourteen days before the end.
pub fn term_ends(role: &str, last: &str, page: &str) -> Message {
    Message::plain(format!("您的任期到{last}为止"), format!("您是{role}。\n还要继续，请早点告诉安全管理员。"))
        .button("看我的授权", page)
}

/// Why nothing is granted.
pub fn grant(refusal: GrantRefusal) -> String {
    match refusal {
        GrantRefusal::OutOfReach => "这个地方不归您授权。\n请找上一级的安全管理员。".to_owned(),
        GrantRefusal::OwnAccount => "自己的授权，请另一位安全管理员来办。".to_owned(),
        GrantRefusal::AccountLeft => "这个账号已经离开组织。\n请换一位同志。".to_owned(),
        GrantRefusal::Excludes(held) => {
            format!("这位同志已经是{}，两个角色不能同时有。\n请换一位同志。", held.label())
        }
        GrantRefusal::Exists => "这位同志在这里已经有这个角色。".to_owned(),
        GrantRefusal::Period => "结束要比开始晚，也要在今天以后。\n请改一下日期。".to_owned(),
        GrantRefusal::AdminWithEnd => "管理员的角色不写结束日期，要收回再收回。".to_owned(),
        GrantRefusal::SamePerson => "自己授权的，请另一位安全管理员确认。".to_owned(),
        GrantRefusal::NotWaiting => "已经确认过，或者已经收回。".to_owned(),
        GrantRefusal::NoReason => "请写原因，比如分工文件。".to_owned(),
        GrantRefusal::NeedToKnow => "知悉范围只给工作人员和审计管理员，最长一年。\n请改一下。".to_owned(),
    }
}

/// Why nobody stands in.
pub fn substitution(refusal: SubstitutionRefusal) -> String {
    match refusal {
        SubstitutionRefusal::NotThis => "这个角色不能请人代理。".to_owned(),
        SubstitutionRefusal::OwnAccount => "不能请自己代理。\n请选另一位同志。".to_owned(),
        SubstitutionRefusal::AccountLeft => "这个账号已经离开组织。\n请选另一位同志。".to_owned(),
        SubstitutionRefusal::NotStaff => "这位同志没有工作台的角色。\n请选另一位同志。".to_owned(),
        SubstitutionRefusal::Excludes(held) => {
            format!("这位同志是{}，不能代理这个角色。\n请选另一位同志。", held.label())
        }
        SubstitutionRefusal::Period => "结束要比开始晚，最长三个月。\n请改一下日期。".to_owned(),
        SubstitutionRefusal::Chained => "这位同志那几天自己也请人代理。\n请选另一位同志。".to_owned(),
        SubstitutionRefusal::Exists => "那几天已经请人代理了。".to_owned(),
        SubstitutionRefusal::NoReason => "请写原因，比如出差、休假。".to_owned(),
    }
}

/// Why nothing is declared.
pub const fn declaration(refusal: DeclarationRefusal) -> &'static str {
    match refusal {
        DeclarationRefusal::Exists => "已经申报过了。",
        DeclarationRefusal::Day => "日期不对，请改一下。",
    }
}
