//! Which questions there are: at most seven, one a page.

use serde::{Deserialize, Serialize};

use super::Answers;

/// One page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// 为谁申请: only for a login that may act for several. It is answered by beginning the draft for one of them.
    WhoFor,
    /// 遇到了什么困难.
    WhatHappened,
    /// 用自己的话说说 (may be left out).
    OwnWords,
    /// 从什么时候开始.
    SinceWhen,
    /// 别处帮过吗.
    HelpElsewhere,
    /// 怎么联系、什么时候上门方便.
    HowToReach,
    /// 打到哪里.
    WhereToPay,
}

impl Question {
    /// In the order of the pages.
    pub const ALL: [Self; 7] = [
        Self::WhoFor,
        Self::WhatHappened,
        Self::OwnWords,
        Self::SinceWhen,
        Self::HelpElsewhere,
        Self::HowToReach,
        Self::WhereToPay,
    ];

    /// The last part of the page's address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WhoFor => "who",
            Self::WhatHappened => "what",
            Self::OwnWords => "words",
            Self::SinceWhen => "since",
            Self::HelpElsewhere => "elsewhere",
            Self::HowToReach => "reach",
            Self::WhereToPay => "pay",
        }
    }

    /// From [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|question| question.code() == code)
    }

    /// May it be left out? Marked as such on the page; everything else is needed.
    pub const fn is_optional(self) -> bool {
        matches!(self, Self::OwnWords)
    }

    /// Has it been answered? The first is, by the draft's being there.
    pub fn is_answered(self, answers: &Answers) -> bool {
        match self {
            Self::WhoFor => true,
            Self::WhatHappened => answers.category.is_some(),
            Self::OwnWords => answers.words.is_some(),
            Self::SinceWhen => answers.since.is_some(),
            Self::HelpElsewhere => answers.elsewhere.is_some(),
            Self::HowToReach => answers.reach.is_some(),
            Self::WhereToPay => answers.pay.is_some(),
        }
    }

    /// The next page: the first question without an answer, or the check page (`None`).
    pub fn next(answers: &Answers) -> Option<Self> {
        Self::ALL.into_iter().find(|question| !question.is_answered(answers))
    }
}

/// The pages that a login sees, for "第2页，共6页".
pub fn questions(for_several: bool) -> impl Iterator<Item = Question> {
    Question::ALL.into_iter().filter(move |question| for_several || *question != Question::WhoFor)
}
