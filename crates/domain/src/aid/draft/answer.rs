//! One page's answer, from what was typed. Nothing is refused that a person can understand: spaces, full-width digits and
//! the punctuation of dictation are taken as they come.

use super::{Elsewhere, Pay, Question, Reach, Since};
use crate::{
    aid::category::{Category, Offer},
    privacy::Phone,
};

/// What came with the form: the choices that were pressed, and the text fields.
#[derive(Clone, Default)]
pub struct Raw {
    /// Values of the choices.
    pub choices: Vec<String>,
    /// The free text (own words, reason, when to visit).
    pub text: String,
    /// Another telephone.
    pub phone: String,
}

/// A valid answer. It has no `Debug`: it is what people tell us in need.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// 遇到了什么困难, with the reason if it is none of those.
    WhatHappened(Category, String),
    /// In their own words; empty is an answer.
    OwnWords(String),
    /// Since when.
    SinceWhen(Since),
    /// Who else.
    HelpElsewhere(Vec<Elsewhere>),
    /// How to reach them, and when a visit suits.
    HowToReach(Reach, String),
    /// Where to pay.
    WhereToPay(Pay),
}

/// What is wrong with a field; the sentence beside it is the page's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// Nothing was chosen.
    ChooseOne,
    /// 没有 or 不清楚 together with something else.
    NotTogether,
    /// What was chosen needs a reason.
    TellWhy,
    /// Longer than fits.
    TooLong {
        /// How many characters fit.
        limit: usize,
    },
    /// No telephone number.
    NotAPhone,
}

/// How many characters of their own words.
pub const WORDS: usize = 500;
/// How many characters of a reason, or of when to visit.
pub const LINE: usize = 100;

impl Answer {
    /// Reads a page's answer. `offered` is what may be asked for there that day.
    pub fn parse(question: Question, raw: &Raw, offered: &[Offer]) -> Result<Self, FieldError> {
        let choice = raw.choices.first().map(String::as_str).unwrap_or_default();
        match question {
            // It is answered by beginning the draft; a form that posts it again chooses nothing.
            Question::WhoFor => Err(FieldError::ChooseOne),
            Question::WhatHappened => {
                let offer = offered.iter().find(|offer| offer.category.code() == choice);
                let offer = offer.ok_or(FieldError::ChooseOne)?;
                let reason = if offer.reason_needed { limited(&raw.text, LINE)? } else { String::new() };
                if offer.reason_needed && reason.is_empty() {
                    return Err(FieldError::TellWhy);
                }
                Ok(Self::WhatHappened(offer.category, reason))
            }
            Question::OwnWords => limited(&raw.text, WORDS).map(Self::OwnWords),
            Question::SinceWhen => Since::parse(choice).map(Self::SinceWhen).ok_or(FieldError::ChooseOne),
            Question::HelpElsewhere => elsewhere(&raw.choices).map(Self::HelpElsewhere),
            Question::HowToReach => {
                let reach = match choice {
                    "on_file" => Reach::OnFile,
                    "other" => {
                        let phone = Phone::parse(&raw.phone).or(Err(FieldError::NotAPhone))?;
                        Reach::Other(phone.as_str().to_owned())
                    }
                    _ => return Err(FieldError::ChooseOne),
                };
                Ok(Self::HowToReach(reach, limited(&raw.text, LINE)?))
            }
            Question::WhereToPay => match choice {
                "on_file" => Ok(Self::WhereToPay(Pay::OnFile)),
                "call_me" => Ok(Self::WhereToPay(Pay::CallMe)),
                _ => Err(FieldError::ChooseOne),
            },
        }
    }

    /// Which page it answers.
    pub fn question(&self) -> Question {
        match self {
            Self::WhatHappened(..) => Question::WhatHappened,
            Self::OwnWords(_) => Question::OwnWords,
            Self::SinceWhen(_) => Question::SinceWhen,
            Self::HelpElsewhere(_) => Question::HelpElsewhere,
            Self::HowToReach(..) => Question::HowToReach,
            Self::WhereToPay(_) => Question::WhereToPay,
        }
    }
}

fn elsewhere(codes: &[String]) -> Result<Vec<Elsewhere>, FieldError> {
    let mut chosen: Vec<Elsewhere> = codes.iter().filter_map(|code| Elsewhere::parse(code)).collect();
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.is_empty() {
        return Err(FieldError::ChooseOne);
    }
    if chosen.len() > 1 && chosen.iter().any(|one| one.stands_alone()) {
        return Err(FieldError::NotTogether);
    }
    Ok(chosen)
}

/// Trimmed, without control characters but line breaks.
fn limited(text: &str, limit: usize) -> Result<String, FieldError> {
    let clean: String = text.trim().chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    if clean.chars().count() > limit { Err(FieldError::TooLong { limit }) } else { Ok(clean) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Answer, FieldError, Raw};
    use crate::aid::{
        Category,
        category::reference,
        draft::{Elsewhere, Question, Reach},
    };

    fn raw(choices: &[&str], text: &str) -> Raw {
        Raw {
            choices: choices.iter().map(|c| (*c).to_owned()).collect(),
            text: text.to_owned(),
            ..Raw::default()
        }
    }

    fn parse(question: Question, raw: &Raw) -> Result<Answer, FieldError> {
        Answer::parse(question, raw, &reference::offers())
    }

    fn error(question: Question, raw: &Raw) -> Option<FieldError> {
        parse(question, raw).err()
    }

    #[test]
    fn a_category_is_chosen_and_other_needs_a_reason() {
        use Question::WhatHappened as Q;
        assert!(
            parse(Q, &raw(&["illness"], "")) == Ok(Answer::WhatHappened(Category::ILLNESS, String::new()))
        );
        assert_eq!(error(Q, &raw(&[], "")), Some(FieldError::ChooseOne));
        assert_eq!(error(Q, &raw(&["gold"], "")), Some(FieldError::ChooseOne));
        assert_eq!(error(Q, &raw(&["other"], "  ")), Some(FieldError::TellWhy));
        assert_eq!(error(Q, &raw(&["other"], "屋顶漏了")), None);
    }

    #[test]
    fn own_words_may_be_left_out_and_have_an_end() {
        assert_eq!(error(Question::OwnWords, &raw(&[], "")), None);
        assert_eq!(error(Question::OwnWords, &raw(&[], &"难".repeat(500))), None);
        let long = raw(&[], &"难".repeat(501));
        assert_eq!(error(Question::OwnWords, &long), Some(FieldError::TooLong { limit: 500 }));
    }

    #[test]
    fn nobody_and_not_sure_stand_alone() {
        use Question::HelpElsewhere as Q;
        let both = parse(Q, &raw(&["union", "unit", "union"], ""));
        assert!(both == Ok(Answer::HelpElsewhere(vec![Elsewhere::Unit, Elsewhere::Union])));
        assert_eq!(error(Q, &raw(&["nobody", "unit"], "")), Some(FieldError::NotTogether));
        assert_eq!(error(Q, &raw(&[], "")), Some(FieldError::ChooseOne));
    }

    #[test]
    fn a_telephone_is_taken_as_people_write_it() {
        let other = Raw { phone: "１３８ 0000－1234".to_owned(), ..raw(&["other"], "下午") };
        let answer = parse(Question::HowToReach, &other);
        assert!(answer == Ok(Answer::HowToReach(Reach::Other("13800001234".to_owned()), "下午".to_owned())));
        let wrong = Raw { phone: "12".to_owned(), ..other };
        assert_eq!(error(Question::HowToReach, &wrong), Some(FieldError::NotAPhone));
    }

    proptest! {
        #[test]
        fn never_panics_on_what_people_send(choices in prop::collection::vec(".{0,12}", 0..4), text in ".{0,80}") {
            for question in Question::ALL {
                let raw = Raw { choices: choices.clone(), text: text.clone(), phone: text.clone() };
                if let Ok(answer) = parse(question, &raw) {
                    prop_assert_eq!(answer.question(), question);
                }
            }
        }
    }
}
