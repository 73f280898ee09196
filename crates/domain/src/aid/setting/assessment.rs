//! 家访评估: what visitors are asked about what they saw, with points. Every layer's questions are asked, the widest first.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Because, Kind as Of, Says, Setting, in_force};
use crate::{
    aid::{Category, Refusal},
    ids::RegionCode,
};

/// Questions of one row.
pub const QUESTIONS: usize = 20;
/// Characters of a question, and of a choice.
pub const TEXT: usize = 60;
/// Characters of an answer in words.
pub const WORDS: usize = 200;
/// Points of one choice at most.
pub const POINTS: u16 = 100;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// In words, 1 to [`TEXT`] characters.
    pub text: String,
    /// How it is answered.
    pub kind: Kind,
}

/// How a question is answered. There are no others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Kind {
    /// By one of these.
    One {
        /// Two to eight.
        choices: Vec<Choice>,
    },
    /// By any of these, or none; their points are added.
    Several {
        /// Two to eight.
        choices: Vec<Choice>,
    },
    /// In words, which have no points and may be left out.
    Words,
}

/// What may be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// In words, 1 to [`TEXT`] characters.
    pub label: String,
    /// 0 to [`POINTS`].
    pub points: u16,
}

/// An answer; choices by their place in the list, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// One of them.
    One(usize),
    /// These.
    Several(Vec<usize>),
    /// In words.
    Words(String),
}

/// A question that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What.
    pub question: Question,
    /// Why: the layer that asks it.
    pub because: Because,
}

/// One line of what visitors answered: whole, so that it says the same when the questions have changed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The question.
    pub question: String,
    /// The answer in words.
    pub said: String,
    /// Its points.
    pub points: u32,
    /// Of how many.
    pub most: u32,
}

impl Kind {
    /// What may be chosen.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::One { choices } | Self::Several { choices } => choices,
            Self::Words => &[],
        }
    }
}

impl Question {
    pub(super) fn is_possible(&self) -> bool {
        let short = |text: &str| (1..=TEXT).contains(&text.trim().chars().count());
        let choices = self.kind.choices();
        let once =
            |(at, one): (usize, &Choice)| !choices.iter().take(at).any(|before| before.label == one.label);
        let some = matches!(self.kind, Kind::Words) || (2..=8).contains(&choices.len());
        let each = choices.iter().all(|choice| short(&choice.label) && choice.points <= POINTS);
        short(&self.text) && some && each && choices.iter().enumerate().all(once)
    }

    /// The most points that it can have.
    pub fn most(&self) -> u32 {
        let points = self.kind.choices().iter().map(|choice| u32::from(choice.points));
        match self.kind {
            Kind::One { .. } => points.max().unwrap_or_default(),
            Kind::Several { .. } => points.sum(),
            Kind::Words => 0,
        }
    }

    /// The answer as a line, or a refusal if it is none to this question.
    pub fn line(&self, answered: &Answered) -> Result<Line, Refusal> {
        let choices = self.kind.choices();
        let chosen: Vec<&Choice> = match (&self.kind, answered) {
            (Kind::One { .. }, Answered::One(at)) => vec![choices.get(*at).ok_or(Refusal::Assessment)?],
            (Kind::Several { .. }, Answered::Several(all)) => {
                let once =
                    all.iter().enumerate().all(|(place, at)| !all.iter().take(place).any(|one| one == at));
                let found: Option<Vec<&Choice>> = all.iter().map(|at| choices.get(*at)).collect();
                found.filter(|_| once).ok_or(Refusal::Assessment)?
            }
            (Kind::Words, Answered::Words(words)) if words.trim().chars().count() <= WORDS => Vec::new(),
            _ => return Err(Refusal::Assessment),
        };
        let said = match answered {
            Answered::Words(words) => words.trim().to_owned(),
            _ => chosen.iter().map(|choice| choice.label.as_str()).collect::<Vec<_>>().join("、"),
        };
        Ok(Line {
            question: self.text.clone(),
            said,
            points: chosen.iter().map(|choice| u32::from(choice.points)).sum(),
            most: self.most(),
        })
    }
}

/// What is asked in a place on a day.
pub fn asked(rows: &[Setting], category: Category, region: &RegionCode, on: NaiveDate) -> Vec<Asked> {
    let layers = in_force(rows, (Of::Assessment, category), region, on).into_iter();
    let questions = layers.filter_map(|row| match &row.says {
        Says::Assessment { questions } => Some((row, questions)),
        _ => None,
    });
    let each = |(row, questions): (&Setting, &Vec<Question>)| -> Vec<Asked> {
        let because = Because::of(row);
        questions.iter().map(|it| Asked { question: it.clone(), because: because.clone() }).collect()
    };
    questions.flat_map(each).collect()
}

/// The lines of a sheet: every question has its answer, or it is none.
pub fn sheet(asked: &[Asked], answers: &[Answered]) -> Result<Vec<Line>, Refusal> {
    if asked.is_empty() || asked.len() != answers.len() {
        return Err(Refusal::Assessment);
    }
    asked.iter().zip(answers).map(|(asked, answer)| asked.question.line(answer)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        super::force::samples::{day, region, row},
        Answered, Choice, Kind, Line, Question, Says, asked, sheet,
    };
    use crate::aid::{Category, Refusal};

    fn choices(points: &[u16]) -> Vec<Choice> {
        points
            .iter()
            .enumerate()
            .map(|(at, points)| Choice { label: format!("第{at}"), points: *points })
            .collect()
    }

    fn question(text: &str, kind: Kind) -> Question {
        Question { text: text.to_owned(), kind }
    }

    fn points(lines: &[Line]) -> (u32, u32) {
        (lines.iter().map(|line| line.points).sum(), lines.iter().map(|line| line.most).sum())
    }

    #[test]
    fn every_layers_questions_are_asked_and_points_are_added() {
        let walks = question("能走路吗", Kind::One { choices: choices(&[0, 5, 10]) });
        let lacks = question("缺什么", Kind::Several { choices: choices(&[3, 4]) });
        let rows = [
            row(
                "330106",
                2024,
                Says::Assessment { questions: vec![question("还有什么", Kind::Words), lacks] },
            ),
            row("33", 2020, Says::Assessment { questions: vec![walks] }),
        ];
        let all = asked(&rows, Category::ILLNESS, &region("330106"), day(2026));
        let texts: Vec<_> =
            all.iter().map(|it| (it.question.text.as_str(), it.because.region.as_str())).collect();
        assert_eq!(texts, [("能走路吗", "33"), ("还有什么", "330106"), ("缺什么", "330106")]);
        let answers = [Answered::One(1), Answered::Words(" 都好 ".to_owned()), Answered::Several(vec![0, 1])];
        let lines = sheet(&all, &answers).unwrap();
        assert_eq!(points(&lines), (12, 17));
        assert_eq!((lines[1].said.as_str(), lines[2].said.as_str()), ("都好", "第0、第1"));
        for bad in [
            vec![],
            answers[..2].to_vec(),
            vec![Answered::One(3), answers[1].clone(), answers[2].clone()],
            vec![answers[0].clone(), answers[1].clone(), Answered::Several(vec![0, 0])],
            vec![answers[0].clone(), Answered::Words("长".repeat(201)), answers[2].clone()],
            vec![answers[2].clone(), answers[1].clone(), answers[0].clone()],
        ] {
            assert!(matches!(sheet(&all, &bad), Err(Refusal::Assessment)));
        }
        assert!(sheet(&[], &[]).is_err(), "where nothing is asked, there is no sheet");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// No answer has more points than its question can have.
        #[test]
        fn points_stay_within_their_question(
            points in prop::collection::vec(0_u16..=100, 2..=8), several in any::<bool>(),
            chosen in prop::collection::vec(0_usize..9, 0..9),
        ) {
            let choices = choices(&points);
            let kind = if several { Kind::Several { choices } } else { Kind::One { choices } };
            let it = question("问", kind);
            let answer = match (several, chosen.first()) {
                (false, Some(at)) => Answered::One(*at),
                _ => Answered::Several(chosen),
            };
            if let Ok(line) = it.line(&answer) {
                prop_assert!(line.points <= line.most && line.most == it.most());
            }
        }
    }
}
