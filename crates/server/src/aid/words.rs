//! What the questions say, and what is said when an answer does not fit.

use domain::{
    aid::{
        AidError, Refusal,
        draft::{FieldError, Question},
        view::Stage,
    },
    calendar::say,
};
use ledger::Fen;
use notify::words::refusal;

use crate::page::{PageError, Tag};

/// The question, as the heading: to the person, or to who asks for him.
pub(super) const fn heading(question: Question, for_another: bool) -> &'static str {
    match (question, for_another) {
        (Question::WhoFor, _) => "您为谁申请？",
        (Question::WhatHappened, _) => "遇到了什么困难？",
        (Question::OwnWords, _) => "想和我们说说吗？",
        (Question::SinceWhen, _) => "从什么时候开始的？",
        (Question::HelpElsewhere, false) => "别处帮过您吗？",
        (Question::HelpElsewhere, true) => "别处帮过吗？",
        (Question::HowToReach, false) => "怎么和您联系？",
        (Question::HowToReach, true) => "打哪个电话联系？",
        (Question::WhereToPay, _) => "钱汇到哪里？",
    }
}

/// A line below the heading; may be empty.
pub(super) const fn hint(question: Question) -> &'static str {
    match question {
        Question::WhoFor | Question::SinceWhen | Question::HowToReach => "",
        Question::WhatHappened => "选一个最要紧的。",
        Question::OwnWords => "可以不写，直接点“下一步”。",
        Question::HelpElsewhere => "可以选几个。",
        Question::WhereToPay => "不用填卡号。",
    }
}

/// The label on the page that is checked.
pub(super) const fn label(question: Question) -> &'static str {
    match question {
        Question::WhoFor => "为谁申请",
        Question::WhatHappened => "困难",
        Question::OwnWords => "您的话",
        Question::SinceWhen => "开始时间",
        Question::HelpElsewhere => "别处的帮助",
        Question::HowToReach => "联系方式",
        Question::WhereToPay => "汇到哪里",
    }
}

/// At which field, and what to do about it.
pub(super) fn mistake(error: FieldError) -> (&'static str, String) {
    match error {
        FieldError::ChooseOne => ("choice", "请选一个".to_owned()),
        FieldError::NotTogether => ("choice", "选了“没有”或“不清楚”，就不选别的".to_owned()),
        FieldError::TellWhy => ("text", "请写几个字，说是什么困难".to_owned()),
        FieldError::TooLong { limit } => ("text", format!("请写短一些，最多{limit}个字")),
        FieldError::NotAPhone => ("phone", "请写一个电话号码".to_owned()),
    }
}

/// Where a request stands.
pub(super) const fn tag(stage: Stage) -> Tag {
    match stage {
        Stage::Received
        | Stage::Taken
        | Stage::Visited
        | Stage::InApproval
        | Stage::OnNotice
        | Stage::Appealed
        | Stage::Ahead
        | Stage::Paying => Tag::waiting(stage.label()),
        Stage::Paid | Stage::Got => Tag::good(stage.label()),
        Stage::Missing | Stage::PapersDue | Stage::Returned | Stage::Unreceived => {
            Tag::attention(stage.label())
        }
        Stage::Declined | Stage::Refused | Stage::Final | Stage::Closed | Stage::Withdrawn | Stage::Ended => {
            Tag::quiet(stage.label())
        }
    }
}

/// 3,000元, 12.50元.
pub(super) fn yuan(amount: Fen) -> String {
    let said = amount.to_string().replace('¥', "");
    format!("{}元", said.strip_suffix(".00").unwrap_or(&said))
}

/// A telephone as people read it, or the words for the one on file.
pub(super) fn telephone(other: Option<&str>) -> String {
    other.map_or_else(|| "登记的电话".to_owned(), say::telephone)
}

/// An error of the domain as a page.
pub(crate) fn page_error(error: AidError) -> PageError {
    match error {
        AidError::NotFound => PageError::NotFound,
        AidError::Db(error) => error.into(),
        AidError::Refused(Refusal::Stale) => PageError::Stale,
        AidError::Refused(no) => PageError::Refused(refusal::aid(&no)),
        other => PageError::Broken(other.into()),
    }
}

#[cfg(test)]
mod tests {
    use ledger::Fen;

    use super::yuan;

    #[test]
    fn sums_are_said_in_yuan() {
        assert_eq!(yuan(Fen::yuan(3000)), "3,000元");
        assert_eq!(yuan(Fen(1250)), "12.50元");
    }
}
