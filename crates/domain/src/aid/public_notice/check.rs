//! Looks at a text before it hangs, whatever made it: domain rule 25, "masked renderings contain no digits beyond policy,
//! notices contain no disease words".

use crate::{person::Person, privacy::mask};

/// What a text would give away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leak {
    /// The whole name.
    Name,
    /// Four digits in a row: a telephone, an identity number, an account, a house, an amount.
    Digits,
    /// A word of illness, or of a body that fails.
    Illness,
    /// A word of money.
    Amount,
    /// The name of a category: of that, only the group is told.
    Category,
}

/// Words that name an illness, a treatment or a disability, or lead to one. A unit whose name holds such a word (a hospital)
/// is no leak: the unit's own name and the masked one of the person are taken out before the search.
const ILLNESS: &[&str] = &[
    "癌",
    "肿瘤",
    "白血病",
    "瘤",
    "病",
    "症",
    "炎",
    "中风",
    "梗",
    "瘫",
    "透析",
    "化疗",
    "放疗",
    "手术",
    "移植",
    "骨折",
    "糖尿",
    "高血压",
    "冠心",
    "心脏",
    "肝",
    "肾",
    "肺",
    "失能",
    "失智",
    "痴呆",
    "帕金森",
    "阿尔茨海默",
    "残疾",
    "精神",
    "抑郁",
    "艾滋",
    "结核",
    "尿毒",
    "截肢",
    "失明",
    "聋",
    "卧床",
    "住院",
    "诊断",
    "用药",
];

/// Words of money.
const MONEY: &[&str] = &["元", "¥", "￥", "金额", "万"];

/// Says what a text gives away about a person, if anything. `unit` is the name of the unit in it, `labels` are the names of categories.
pub fn check_minimised<'a>(
    text: &str,
    person: &Person,
    unit: &str,
    mut labels: impl Iterator<Item = &'a str>,
) -> Result<(), Leak> {
    // A name of one character stands in many words; the mask hides it whole.
    if person.name.chars().count() > 1 && text.contains(person.name.as_str()) {
        return Err(Leak::Name);
    }
    if longest_run(text) >= 4 {
        return Err(Leak::Digits);
    }
    let rest = if unit.is_empty() { text.to_owned() } else { text.replace(unit, "") };
    // What is left of a name may be a character of these: 国炎 is called 国炎, and is not ill.
    let rest = rest.replace(&mask::name(&person.name), "");
    if ILLNESS.iter().any(|word| rest.contains(word)) {
        return Err(Leak::Illness);
    }
    if MONEY.iter().any(|word| rest.contains(word)) {
        return Err(Leak::Amount);
    }
    if labels.any(|label| rest.contains(label)) {
        return Err(Leak::Category);
    }
    Ok(())
}

/// The longest run of digits, plain or full-width, whatever thin separators somebody put between them.
fn longest_run(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        match c {
            '0'..='9' | '０'..='９' => run += 1,
            ' ' | '-' | '\u{3000}' | '\u{200B}'..='\u{200D}' => {}
            _ => run = 0,
        }
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate, TimeZone, Utc};
    use proptest::prelude::*;

    use super::{ILLNESS, Leak, MONEY, check_minimised, longest_run};
    use crate::{
        aid::{
            category::{Categories, Category, CategoryRow, reference},
            public_notice::{Said, generate},
        },
        ids::{PersonId, UnitId},
        person::{BirthSource, Gender, NewPerson, Person, Precision, Retirement},
        privacy::Sealer,
    };

    fn person(name: &str) -> Person {
        let now = Utc.with_ymd_and_hms(2026, 11, 2, 1, 0, 0).unwrap();
        let new = NewPerson {
            name: name.to_owned(),
            gender: Gender::Female,
            born_on: NaiveDate::from_ymd_opt(1944, 3, 15).unwrap(),
            born_precision: Precision::Day,
            born_source: BirthSource::File,
            birthday: None,
            retirement: Retirement::Retired,
            joined_work: None,
            party_joined_on: None,
            unit: UnitId::new(now),
            residence: None,
            living_alone: false,
            phone: None,
            identity: None,
            payout: None,
        };
        let seal = Sealer::new(&[("test", &[7; 32])], &[8; 32]).unwrap();
        new.sealed(&seal, PersonId::new(now), now).unwrap()
    }

    #[test]
    fn what_must_not_hang_is_found() {
        let wang = person("王秀英");
        let labels = ["火灾"].into_iter();
        let leak = |text: &str| check_minimised(text, &wang, "某县农业局", labels.clone()).err();
        assert_eq!(leak("类别：火灾"), Some(Leak::Category));
        assert_eq!(leak("姓名：王秀英"), Some(Leak::Name));
        assert_eq!(leak("电话尾号１２３４"), Some(Leak::Digits));
        assert_eq!(leak("卡号 62 22"), Some(Leak::Digits));
        assert_eq!(leak("因肺癌化疗"), Some(Leak::Illness));
        assert_eq!(leak("拟帮扶叁仟元"), Some(Leak::Amount));
        assert_eq!(leak("姓名：王*英，某县农业局，11月3日"), None);
        let ward = "县第一人民医院精神科";
        assert_eq!(check_minimised("单位：县第一人民医院精神科", &wang, ward, labels.clone()), Ok(()));
        // A unit may be called like a category.
        assert_eq!(check_minimised("单位：火灾调查所", &wang, "火灾调查所", labels), Ok(()));
    }

    #[test]
    fn runs_are_seen_through_separators() {
        assert_eq!(longest_run("138 0000-1234"), 11);
        assert_eq!(longest_run("11月3日至11月10日"), 2);
    }

    #[test]
    fn who_is_called_like_an_illness_is_not_ill() {
        let chen = person("陈国炎");
        let told = |text: &str| check_minimised(text, &chen, "某县农业局", std::iter::empty());
        assert_eq!(told("姓名：陈*炎，某县农业局"), Ok(()));
        assert_eq!(told("姓名：陈*炎，因肺炎住院"), Err(Leak::Illness));
    }

    /// A name as people have them, of one to four characters of the basic plane; an address or a unit, some with a number of their own.
    fn names_and_places() -> impl Strategy<Value = (String, String)> {
        let family = prop::sample::select(vec!["王", "陈", "欧阳", "司马", "赵", "病", "万"]);
        let given = "[\u{4e00}-\u{9fa5}·]{1,3}";
        let place = prop::sample::select(vec!["某县", "某市某区", "某街道", "某镇某村", "北京西路"]);
        let rest = prop::sample::select(vec![
            "农业局",
            "3幢2单元501室",
            "12号",
            "第三医院",
            "精神卫生中心",
            "1幢",
            "元华社区",
        ]);
        (family, given, place, rest)
            .prop_map(|(family, given, place, rest)| (format!("{family}{given}"), format!("{place}{rest}")))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Ten thousand names and addresses: nobody's whole name, no run of four digits, no word of illness or money.
        #[test]
        fn ten_thousand_notices_give_nobody_away((name, place) in names_and_places(), category in 0_usize..12) {
            let person = person(&name);
            let day = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
            let categories = Categories::of(reference::rows(Utc.timestamp_opt(0, 0).unwrap()));
            let group = categories.group(categories.all()[category]);
            let said = Said { name: &name, unit: &place, group, opens_on: day, closes_on: day + Days::new(9) };
            let text = generate(&said);
            let labels = categories.never_in_notices();
            prop_assert_eq!(check_minimised(&text, &person, &place, labels), Ok(()), "{}", text);
            prop_assert!(!text.contains(&name), "{}", text);
            let shown = text.replace(&place, "").replace(&crate::privacy::mask::name(&name), "");
            prop_assert!(!ILLNESS.iter().chain(MONEY).any(|word| shown.contains(word)), "{}", text);
            prop_assert!(!shown.chars().collect::<Vec<_>>().windows(4).any(|four| four.iter().all(char::is_ascii_digit)));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Whoever it is, wherever, for whatever: the generator says no more than the policy allows.
        #[test]
        fn the_generator_never_gives_anybody_away(
            family in prop::sample::select(vec!["王", "李", "张", "欧阳", "司马", "买买提·"]),
            given in prop::sample::select(vec!["芳", "秀英", "建国", "国庆", "吐尔逊", "病已", "万里"]),
            unit in prop::sample::select(vec!["某县农业局", "市第三医院", "某街道某社区", "二〇四厂", "1234厂"]),
            category in 0_usize..12, own in "[\u{4e00}-\u{9fa5}]{1,4}", days in 0_u64..800, length in 1_u64..20,
        ) {
            let person = person(&format!("{family}{given}"));
            let opens_on = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(days);
            // Of what comes with the program, and of a category that somebody has added.
            let mut rows = reference::rows(Utc.timestamp_opt(0, 0).unwrap());
            let new = CategoryRow { category: Category::parse("new").unwrap(), label: own, ..rows[category].clone() };
            rows.extend(new.check().is_ok().then_some(new));
            let categories = Categories::of(rows.clone());
            let row = &rows[rows.len() - 1 - category];
            let (group, label) = (categories.group(row.category), &row.label);
            let said = Said { name: &person.name, unit, group, opens_on, closes_on: opens_on + Days::new(length) };
            let text = generate(&said);
            let told = check_minimised(&text, &person, unit, categories.never_in_notices());
            if unit == "1234厂" {
                // A unit that is called by a number must be renamed for the notice; it does not hang by itself.
                prop_assert_eq!(told, Err(Leak::Digits));
            } else {
                prop_assert_eq!(told, Ok(()), "{}", text);
                let shown = text.replace(unit, "").replace(&crate::privacy::mask::name(&person.name), "");
                prop_assert!(!shown.contains(label.as_str()) || *label == group.label(), "{}", text);
            }
        }
    }
}
