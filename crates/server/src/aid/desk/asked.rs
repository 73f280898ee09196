//! All questions on one page: what was typed, and the answers in it. The questions and what is an answer are the domain's.

use chrono::NaiveDate;
use domain::aid::{
    Channel,
    category::Offer,
    draft::{Answer, Answers, Complete, FieldError, Question, Raw},
};

use super::super::words::mistake;
use crate::page::Mistakes;

/// What the form holds, question by question.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) what: String,
    pub(super) reason: String,
    pub(super) words: String,
    pub(super) since: String,
    pub(super) elsewhere: Vec<String>,
    pub(super) reach: String,
    pub(super) phone: String,
    pub(super) visit: String,
    pub(super) pay: String,
    pub(super) channel: String,
    pub(super) received: String,
    pub(super) form: String,
    pub(super) once: String,
}

impl Typed {
    pub(super) fn of(fields: Vec<(String, String)>) -> Self {
        let mut typed = Self::default();
        for (field, value) in fields {
            match field.as_str() {
                "what" => typed.what = value,
                "reason" => typed.reason = value,
                "words" => typed.words = value,
                "since" => typed.since = value,
                "elsewhere" => typed.elsewhere.push(value),
                "reach" => typed.reach = value,
                "phone" => typed.phone = value,
                "visit" => typed.visit = value,
                "pay" => typed.pay = value,
                "channel" => typed.channel = value,
                "received" => typed.received = value,
                "form" => typed.form = value,
                "once" => typed.once = value,
                _ => {}
            }
        }
        typed
    }

    /// By which way it came, when the office received it, and the answers; or what is wrong with which field. `offered` is what may be
    /// asked for there.
    pub(super) fn whole(
        &self,
        offered: &[Offer],
        mistakes: &mut Mistakes,
    ) -> Option<(Channel, NaiveDate, Complete)> {
        let channel = mistakes.need("channel", Channel::parse_entered(&self.channel).ok_or("请选怎么来的"));
        let received = self.received.trim().parse().or(Err("请写收到的日期"));
        let received_on = mistakes.need("received", received);
        let answers = self.answers(offered, mistakes);
        Some((channel?, received_on?, answers?))
    }

    fn answers(&self, offered: &[Offer], mistakes: &mut Mistakes) -> Option<Complete> {
        let one = |choice: &str, text: &str, phone: &str| Raw {
            choices: vec![choice.to_owned()],
            text: text.to_owned(),
            phone: phone.to_owned(),
        };
        let asked = [
            (Question::WhatHappened, one(&self.what, &self.reason, "")),
            (Question::OwnWords, one("", &self.words, "")),
            (Question::SinceWhen, one(&self.since, "", "")),
            (Question::HelpElsewhere, Raw { choices: self.elsewhere.clone(), ..Raw::default() }),
            (Question::HowToReach, one(&self.reach, &self.visit, &self.phone)),
            (Question::WhereToPay, one(&self.pay, "", "")),
        ];
        let mut answers = Answers::default();
        for (question, raw) in asked {
            match Answer::parse(question, &raw, offered) {
                Ok(answer) => answers = answers.with(answer),
                Err(error) => mistakes.add(field(question, error), mistake(error).1),
            }
        }
        answers.complete().ok().filter(|_| mistakes.is_empty())
    }
}

/// The field in which it is.
const fn field(question: Question, error: FieldError) -> &'static str {
    match (question, error) {
        (Question::WhatHappened, FieldError::TellWhy | FieldError::TooLong { .. }) => "reason",
        (Question::WhoFor | Question::WhatHappened, _) => "what",
        (Question::OwnWords, _) => "words",
        (Question::SinceWhen, _) => "since",
        (Question::HelpElsewhere, _) => "elsewhere",
        (Question::HowToReach, FieldError::NotAPhone) => "phone",
        (Question::HowToReach, FieldError::TooLong { .. }) => "visit",
        (Question::HowToReach, _) => "reach",
        (Question::WhereToPay, _) => "pay",
    }
}
