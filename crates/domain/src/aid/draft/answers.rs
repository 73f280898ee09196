//! All answers together.

use serde::{Deserialize, Serialize};

use super::{Answer, Elsewhere, Question, Since};
use crate::aid::Category;

/// How to reach them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "reach", content = "phone")]
pub enum Reach {
    /// By the telephone on file.
    OnFile,
    /// By this one.
    Other(String),
}

/// Where to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pay {
    /// To the account on file, which the page showed by its last four digits.
    OnFile,
    /// Call me first: a worker asks before anything is paid.
    CallMe,
}

/// What has been answered so far. Sealed in rows; no `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// For what.
    pub category: Option<Category>,
    /// The reason, if for something else.
    #[serde(default)]
    pub reason: String,
    /// In their own words; an empty text is an answer too.
    pub words: Option<String>,
    /// Since when.
    pub since: Option<Since>,
    /// Who else has helped.
    pub elsewhere: Option<Vec<Elsewhere>>,
    /// How to reach them.
    pub reach: Option<Reach>,
    /// When a visit suits.
    #[serde(default)]
    pub visit_when: String,
    /// Where to pay.
    pub pay: Option<Pay>,
}

/// Answers to every question that must be answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complete {
    /// For what.
    pub category: Category,
    /// The reason, if for something else.
    pub reason: String,
    /// In their own words.
    pub words: String,
    /// Since when.
    pub since: Since,
    /// Who else has helped.
    pub elsewhere: Vec<Elsewhere>,
    /// How to reach them.
    pub reach: Reach,
    /// When a visit suits.
    pub visit_when: String,
    /// Where to pay.
    pub pay: Pay,
}

impl Answers {
    /// With one more answer, or another answer to the same question.
    #[must_use]
    pub fn with(mut self, answer: Answer) -> Self {
        match answer {
            Answer::WhatHappened(category, reason) => {
                self.category = Some(category);
                self.reason = reason;
            }
            Answer::OwnWords(words) => self.words = Some(words),
            Answer::SinceWhen(since) => self.since = Some(since),
            Answer::HelpElsewhere(elsewhere) => self.elsewhere = Some(elsewhere),
            Answer::HowToReach(reach, when) => {
                self.reach = Some(reach);
                self.visit_when = when;
            }
            Answer::WhereToPay(pay) => self.pay = Some(pay),
        }
        self
    }

    /// Everything, or the first question that is still open.
    pub fn complete(self) -> Result<Complete, Question> {
        Ok(Complete {
            category: self.category.ok_or(Question::WhatHappened)?,
            reason: self.reason,
            words: self.words.unwrap_or_default(),
            since: self.since.ok_or(Question::SinceWhen)?,
            elsewhere: self.elsewhere.ok_or(Question::HelpElsewhere)?,
            reach: self.reach.ok_or(Question::HowToReach)?,
            visit_when: self.visit_when,
            pay: self.pay.ok_or(Question::WhereToPay)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Answers, Pay};
    use crate::aid::{
        category::reference,
        draft::{Answer, Elsewhere, Question, Raw, Since, questions},
    };

    #[test]
    fn the_pages_come_one_after_the_other_and_end() {
        let mut answers = Answers::default();
        let mut seen = Vec::new();
        while let Some(question) = Question::next(&answers) {
            seen.push(question);
            let choice = match question {
                Question::WhatHappened => "illness",
                Question::SinceWhen => Since::NotSure.code(),
                Question::HelpElsewhere => Elsewhere::NotSure.code(),
                _ => "on_file",
            };
            let raw = Raw { choices: vec![choice.to_owned()], ..Raw::default() };
            let answer = Answer::parse(question, &raw, &reference::offers());
            answers = answers.with(answer.unwrap_or_else(|_| panic!("{question:?}")));
        }
        assert_eq!(seen, questions(false).collect::<Vec<_>>());
        assert!(questions(true).count() <= 7);
        assert!(answers.complete().is_ok_and(|all| all.pay == Pay::OnFile));
    }

    #[test]
    fn what_is_open_is_named() {
        assert!(Answers::default().complete().err() == Some(Question::WhatHappened));
    }
}
