//! The form of a question: what may be chosen, and what has been typed so far. Knows no database.

use domain::aid::{
    category::Offer,
    draft::{Answers, Elsewhere, Pay, Question, Raw, Reach, Since},
};

use crate::page::Choice;

/// Where each question stands among those that are asked.
pub(super) const ASKED: [Question; 6] = [
    Question::WhatHappened,
    Question::OwnWords,
    Question::SinceWhen,
    Question::HelpElsewhere,
    Question::HowToReach,
    Question::WhereToPay,
];

/// The question before this one.
pub(super) fn before(question: Question) -> Option<Question> {
    let at = ASKED.iter().position(|asked| *asked == question)?;
    ASKED.get(at.checked_sub(1)?).copied()
}

/// What the form holds for the answers so far.
pub(super) fn typed(question: Question, answers: &Answers) -> Raw {
    let mut raw = Raw::default();
    match question {
        Question::WhoFor => {}
        Question::WhatHappened => {
            raw.choices.extend(answers.category.map(|category| category.code().to_owned()));
            raw.text.clone_from(&answers.reason);
        }
        Question::OwnWords => raw.text = answers.words.clone().unwrap_or_default(),
        Question::SinceWhen => raw.choices.extend(answers.since.map(|since| since.code().to_owned())),
        Question::HelpElsewhere => {
            raw.choices = answers.elsewhere.iter().flatten().map(|one| one.code().to_owned()).collect();
        }
        Question::HowToReach => {
            raw.text.clone_from(&answers.visit_when);
            match &answers.reach {
                Some(Reach::OnFile) => raw.choices.push("on_file".to_owned()),
                Some(Reach::Other(phone)) => {
                    raw.choices.push("other".to_owned());
                    raw.phone.clone_from(phone);
                }
                None => {}
            }
        }
        Question::WhereToPay => raw.choices.extend(answers.pay.map(|pay| match pay {
            Pay::OnFile => "on_file".to_owned(),
            Pay::CallMe => "call_me".to_owned(),
        })),
    }
    raw
}

/// Which of these must be told in words: what the field for it says. Empty: none of them.
pub(super) fn tell(offered: &[Offer]) -> String {
    let which = offered.iter().filter(|offer| offer.reason_needed).map(|offer| format!("“{}”", offer.label));
    let which = which.collect::<Vec<_>>().join("或者");
    if which.is_empty() { which } else { format!("选了{which}，请写几个字") }
}

/// What may be chosen. `account` is the tail of the account on file, `phone` whether there is a telephone.
pub(super) fn choices(
    question: Question,
    offered: &[Offer],
    account: Option<&str>,
    phone: bool,
) -> Vec<Choice> {
    match question {
        Question::WhoFor | Question::OwnWords => Vec::new(),
        Question::WhatHappened => {
            offered.iter().map(|it| Choice::new(it.category.code(), it.label.as_str())).collect()
        }
        Question::SinceWhen => Since::ALL.map(|since| Choice::new(since.code(), since.label())).into(),
        Question::HelpElsewhere => Elsewhere::ALL.map(|one| Choice::new(one.code(), one.label())).into(),
        Question::HowToReach => {
            let on_file = phone.then(|| Choice::new("on_file", "打我登记的电话"));
            on_file.into_iter().chain([Choice::new("other", "打别的电话")]).collect()
        }
        Question::WhereToPay => {
            let on_file =
                account.map(|tail| Choice::new("on_file", "登记的银行卡").noted(format!("尾号{tail}")));
            let call = Choice::new("call_me", "打电话和我商量").noted("我们先问您，再汇款");
            on_file.into_iter().chain([call]).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::aid::{
        category::reference::offers,
        draft::{Answer, Answers, Question, questions},
    };

    use super::{ASKED, before, choices, tell, typed};

    #[test]
    fn the_pages_are_the_domains_questions_in_its_order() {
        assert_eq!(ASKED.to_vec(), questions(false).collect::<Vec<_>>());
        assert_eq!(before(Question::WhatHappened), None);
        assert_eq!(before(Question::WhereToPay), Some(Question::HowToReach));
    }

    #[test]
    fn what_must_be_told_in_words_is_named() {
        assert_eq!(tell(&offers()), "选了“其他困难”，请写几个字");
        assert_eq!(tell(&[]), "");
    }

    /// What a page shows as chosen is what was sent; sending it again changes nothing.
    #[test]
    fn every_choice_comes_back_as_it_was_sent() {
        for question in ASKED.into_iter().filter(|question| *question != Question::OwnWords) {
            for choice in choices(question, &offers(), Some("4821"), true) {
                let mut raw = typed(question, &Answers::default());
                raw.choices = vec![choice.code];
                raw.text = "屋顶漏了".to_owned();
                if raw.choices == ["other"] && question == Question::HowToReach {
                    raw.phone = "13800000007".to_owned();
                }
                let answer = Answer::parse(question, &raw, &offers()).ok().unwrap();
                let again = typed(question, &Answers::default().with(answer));
                assert_eq!((again.choices, again.phone), (raw.choices, raw.phone));
            }
        }
    }
}
