//! Reading what somebody typed.

use chrono::NaiveDate;
use domain::{
    aid::{
        Category,
        commands::setting::NewSetting,
        setting::{
            Kind, Says,
            assessment::{self, Choice, POINTS, Question},
            papers::Demand,
        },
    },
    evidence::Item,
    ids::RegionCode,
};

use crate::{
    console::{categories, visit::sum},
    page::{self, Mistakes},
};

/// How much a paper is wanted: the word in the form, and the words on the page.
pub(super) const HOW: [(&str, &str); 5] = [
    ("", "不要"),
    ("wanted", "最好有"),
    ("needed", "一定要"),
    ("one", "甲组：有一样就行"),
    ("other", "乙组：有一样就行"),
];
/// What stands behind a question of which several choices may be taken.
const SEVERAL: [&str; 2] = ["（可多选）", "(可多选)"];
/// What stands instead of choices.
const IN_WORDS: &str = "写几句";

/// What was typed. A field may come several times.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed(Vec<(String, String)>);

impl Typed {
    pub(super) fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    pub(super) fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn paper(&self, item: Item) -> &str {
        self.one(&format!("item-{}", item.code()))
    }
}

/// Which papers may be wanted.
pub(super) fn items() -> impl Iterator<Item = Item> {
    Item::of_cases().filter(|item| item.may_be_demanded())
}

/// All of it, or every mistake beside its field.
pub(super) fn read(
    typed: &Typed,
    kind: Kind,
    region: RegionCode,
    known: &[page::Choice],
) -> Result<NewSetting, Mistakes> {
    let mut mistakes = Mistakes::new();
    let category =
        mistakes.need("category", categories::one_of(typed.one("category"), known).ok_or("请选类别"));
    let from = mistakes.need("from", typed.one("from").parse::<NaiveDate>().or(Err("请写从哪一天起")));
    let says = match kind {
        Kind::Papers => Some(Says::Papers { demands: papers(typed) }),
        Kind::Assessment => match questions(typed.one("questions")) {
            Ok(questions) => Some(Says::Assessment { questions }),
            Err(words) => {
                mistakes.add("questions", words);
                None
            }
        },
        Kind::CouncilAbove => {
            let above = sum(typed.one("above")).map(|above| Says::CouncilAbove { above: above.0 });
            mistakes.need("above", above.or(Err("请写金额，例如3000")))
        }
        Kind::SameNeed => {
            let with: Option<Vec<Category>> =
                typed.all("with").map(|code| categories::one_of(code, known)).collect();
            mistakes.need("with", with.map(|with| Says::SameNeed { with }).ok_or("请重新选一遍"))
        }
    };
    if typed.one("source").trim().is_empty() {
        mistakes.add("source", "请写文件号");
    }
    match (category, from, says, mistakes.is_empty()) {
        (Some(category), Some(valid_from), Some(says), true) => {
            Ok(NewSetting { category, region, valid_from, says, source: typed.one("source").to_owned() })
        }
        _ => Err(mistakes),
    }
}

/// Each alone, and the two groups of which one will do.
fn papers(typed: &Typed) -> Vec<Demand> {
    let of = |how: &str| -> Vec<Item> { items().filter(|item| typed.paper(*item) == how).collect() };
    let alone = |needed| move |item| Demand { needed, any_of: vec![item] };
    let groups = ["one", "other"].map(of).into_iter().filter(|group| !group.is_empty());
    let groups = groups.map(|any_of| Demand { needed: true, any_of });
    of("needed")
        .into_iter()
        .map(alone(true))
        .chain(groups)
        .chain(of("wanted").into_iter().map(alone(false)))
        .collect()
}

/// One question a line: 问题：能=0，要人扶=5.
pub(super) fn questions(text: &str) -> Result<Vec<Question>, String> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| question(line).ok_or_else(|| format!("第{at}行看不懂，请照例子写"))).collect()
}

fn question(line: &str) -> Option<Question> {
    let (text, answer) = line.split_once(['：', ':'])?;
    let (text, answer) = (text.trim(), answer.trim());
    let bare = SEVERAL.iter().find_map(|mark| text.strip_suffix(mark));
    let kind = if answer == IN_WORDS {
        assessment::Kind::Words
    } else {
        let choices: Option<Vec<Choice>> = answer.split(['，', ',', '；', ';']).map(choice).collect();
        match bare {
            Some(_) => assessment::Kind::Several { choices: choices? },
            None => assessment::Kind::One { choices: choices? },
        }
    };
    Some(Question { text: bare.unwrap_or(text).trim().to_owned(), kind })
}

fn choice(text: &str) -> Option<Choice> {
    let (label, points) = text.split_once(['=', '＝'])?;
    let points = points.trim().trim_end_matches('分').parse().ok().filter(|points| *points <= POINTS)?;
    Some(Choice { label: label.trim().to_owned(), points })
}

#[cfg(test)]
mod tests {
    use domain::{
        aid::setting::{Kind, Says, assessment},
        evidence::Item,
    };

    use super::{Typed, page::Choice, questions, read};

    fn known() -> Vec<Choice> {
        vec![Choice::new("illness", "重大疾病")]
    }

    fn typed(fields: &[(&str, &str)]) -> Typed {
        let all = [("category", "illness"), ("from", "2026-12-01"), ("source", "示例〔2026〕9号")];
        let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        Typed::new(all.iter().chain(fields).map(owned).collect())
    }

    #[test]
    fn one_question_stands_in_a_line() {
        let all = questions(
            "能走路吗：能=0，要人扶＝5分,不能=10\n\n缺什么（可多选）: 米=1；油=2\n还有什么：写几句",
        )
        .unwrap();
        assert_eq!(all.len(), 3);
        assert_eq!((all[0].most(), all[1].most(), all[2].most()), (10, 3, 0));
        assert_eq!((all[0].text.as_str(), all[1].text.as_str()), ("能走路吗", "缺什么"));
        assert!(matches!(all[1].kind, assessment::Kind::Several { .. }));
        for (bad, line) in
            [("能走路吗", 1), ("好：能=0\n走：能，不能", 2), ("走：能=101，不能=0", 1), ("走：", 1)]
        {
            assert_eq!(questions(bad).unwrap_err(), format!("第{line}行看不懂，请照例子写"), "{bad}");
        }
    }

    #[test]
    fn papers_are_wanted_needed_or_one_of_a_group() {
        let fields = [
            ("item-bills", "one"),
            ("item-income", "one"),
            ("item-home", "wanted"),
            ("item-diagnosis", "needed"),
        ];
        let new = read(&typed(&fields), Kind::Papers, "33".parse().unwrap(), &known()).unwrap();
        let Says::Papers { demands } = new.says else { panic!("papers") };
        let said: Vec<_> = demands.iter().map(|it| (it.needed, it.any_of.as_slice())).collect();
        let group: &[Item] = &[Item::Bills, Item::Income];
        assert_eq!(said, [(true, &[Item::Diagnosis][..]), (true, group), (false, &[Item::Home][..])]);
        assert!(
            read(&typed(&[("above", "x")]), Kind::CouncilAbove, "33".parse().unwrap(), &known()).is_err()
        );
        assert!(read(&typed(&[("with", "gold")]), Kind::SameNeed, "33".parse().unwrap(), &known()).is_err());
    }
}
