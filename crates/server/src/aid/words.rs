//! What the questions say, and what is said when an answer does not fit.

use domain::aid::{
    AidError, Refusal,
    draft::{FieldError, Question},
};

use crate::page::PageError;

/// The question, as the heading.
pub(super) const fn heading(question: Question) -> &'static str {
    match question {
        Question::WhoFor => "您为谁申请？",
        Question::WhatHappened => "遇到了什么困难？",
        Question::OwnWords => "想和我们说说吗？",
        Question::SinceWhen => "从什么时候开始的？",
        Question::HelpElsewhere => "别处帮过您吗？",
        Question::HowToReach => "怎么和您联系？",
        Question::WhereToPay => "钱汇到哪里？",
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

/// What to do about an answer.
pub(super) fn mistake(error: FieldError) -> String {
    match error {
        FieldError::ChooseOne => "请选一个。".to_owned(),
        FieldError::NotTogether => "选了“没有”就不用选别的。".to_owned(),
        FieldError::TellWhy => "请写几个字，说是什么困难。".to_owned(),
        FieldError::TooLong { limit } => format!("请写短一些，最多{limit}个字。"),
        FieldError::NotAPhone => "请写一个电话号码，全是数字。".to_owned(),
    }
}

/// An error of the domain as a page.
pub(crate) fn page_error(error: AidError) -> PageError {
    match error {
        AidError::NotFound => PageError::NotFound,
        AidError::Db(error) => error.into(),
        AidError::Refused(Refusal::LiveCaseExists { number }) => {
            PageError::Refused(format!("这样的申请已经有一份在办了，编号{number}。"))
        }
        AidError::Refused(Refusal::HelpedThisYear { number }) => {
            PageError::Refused(format!("这样的帮扶今年已经有过，编号{number}。"))
        }
        AidError::Refused(Refusal::NotNow { .. }) => {
            PageError::Refused("已经办到下一步了，不能再改。".to_owned())
        }
        AidError::Refused(_) => PageError::Refused("这一步现在不能办。".to_owned()),
        other => PageError::Broken(other.into()),
    }
}
