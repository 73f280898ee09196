//! What a row says, in words.

use domain::aid::{
    Category,
    setting::{
        Says,
        assessment::{Kind, Question},
        papers::Demand,
    },
};
use ledger::Fen;

use crate::page::Answer;

/// The papers of a demand, and how much they are wanted.
pub(super) fn demand(demand: &Demand) -> String {
    format!("{}：{}", demand.how(), demand.label())
}

/// A question with what may be chosen.
pub(super) fn question(question: &Question) -> String {
    let choices = question.kind.choices().iter();
    let choices: Vec<String> = choices.map(|it| format!("{}{}分", it.label, it.points)).collect();
    match question.kind {
        Kind::One { .. } => format!("{}（选一样：{}）", question.text, choices.join("，")),
        Kind::Several { .. } => format!("{}（可多选：{}）", question.text, choices.join("，")),
        Kind::Words => format!("{}（写几句）", question.text),
    }
}

/// What a row says, line by line.
pub(super) fn said(says: &Says, name: impl Fn(Category) -> String) -> Vec<Answer> {
    let own = |lines: Vec<Answer>| {
        if lines.is_empty() { vec![Answer::new("内容", "不再另外规定")] } else { lines }
    };
    match says {
        Says::Papers { demands } => own(demands.iter().map(|it| Answer::new(it.how(), it.label())).collect()),
        Says::Assessment { questions } => own((1..)
            .zip(questions)
            .map(|(number, it)| Answer::new(format!("第{number}题"), question(it)))
            .collect()),
        Says::CouncilAbove { above } => vec![Answer::new("超过多少", Fen(*above).to_string())],
        Says::SameNeed { with } if with.is_empty() => own(Vec::new()),
        Says::SameNeed { with } => {
            let with: Vec<String> = with.iter().map(|category| name(*category)).collect();
            vec![Answer::new("算同一件事", with.join("；"))]
        }
    }
}
