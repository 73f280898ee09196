//! What others have written about provincial leaders: a relative's name, a telephone's label, a finding, a cell of a list. The record itself
//! is out of reach; these words are in other people's records, and there the name is left out for whoever is on no list of the leader.

use std::{collections::BTreeSet, fmt};

use sea_orm::{ConnectionTrait, DbErr};

use super::store;
use crate::{authority::Grants, ids::PersonId};

/// What stands where a name would.
pub const SOMEBODY: &str = "某同志";

/// A name of one character is in every other word.
const SHORTEST: usize = 2;

/// Which names are not said to whom.
#[derive(Clone, Default)]
pub struct Discretion {
    /// Without gaps, the longest first: 欧阳某某 before 欧阳某.
    names: Vec<Vec<char>>,
    people: BTreeSet<PersonId>,
}

impl Discretion {
    /// Towards everybody: for messages, which many may read.
    pub async fn towards_all(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        Ok(Self::of(store::names(db).await?))
    }

    /// Towards one reader, to whom the leaders are named on whose need-to-know lists he is.
    pub async fn towards(db: &impl ConnectionTrait, grants: &Grants) -> Result<Self, DbErr> {
        let mut names = store::names(db).await?;
        if !names.is_empty() {
            let known: Vec<PersonId> =
                store::known_to(db, grants).await?.into_iter().map(|leader| leader.person_id).collect();
            names.retain(|(person, _)| !known.contains(person));
        }
        Ok(Self::of(names))
    }

    fn of(names: Vec<(PersonId, String)>) -> Self {
        let people = names.iter().map(|(person, _)| *person).collect();
        let bare =
            |(_, name): (PersonId, String)| name.chars().filter(|c| !is_gap(*c)).collect::<Vec<char>>();
        let mut names: Vec<Vec<char>> = names.into_iter().map(bare).collect();
        names.retain(|name| name.len() >= SHORTEST);
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        Self { names, people }
    }

    /// Is this somebody of whom the reader may not know?
    pub fn hides(&self, person: PersonId) -> bool {
        self.people.contains(&person)
    }

    /// The text without the names, also where somebody has put blanks into one.
    pub fn says(&self, text: &str) -> String {
        if self.names.is_empty() {
            return text.to_owned();
        }
        let chars: Vec<char> = text.chars().collect();
        let (mut said, mut at) = (String::with_capacity(text.len()), 0);
        while let Some(rest) = chars.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some(length) = self.names.iter().find_map(|name| begins(rest, name)) {
                said.push_str(SOMEBODY);
                at += length;
            } else {
                said.extend(rest.first());
                at += 1;
            }
        }
        said
    }
}

/// Blanks that somebody types into a name, visible or not; another line is another text.
fn is_gap(c: char) -> bool {
    (c.is_whitespace() && c != '\n') || matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}')
}

/// How many characters of the text are the name, if it begins with it.
fn begins(text: &[char], name: &[char]) -> Option<usize> {
    let mut at = 0;
    for (nth, wanted) in name.iter().enumerate() {
        while nth > 0 && text.get(at).copied().is_some_and(is_gap) {
            at += 1;
        }
        if text.get(at) != Some(wanted) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// Without the names.
impl fmt::Debug for Discretion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Discretion").field("names", &self.names.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{Discretion, PersonId, SOMEBODY};

    fn towards(names: &[&str]) -> Discretion {
        let person = PersonId::from_uuid(Uuid::from_u128(1));
        Discretion::of(names.iter().map(|name| (person, (*name).to_owned())).collect())
    }

    #[test]
    fn a_protected_name_is_said_nowhere() {
        let discretion = towards(&["欧阳秀", "欧阳秀英", " ", "王"]);
        assert_eq!(
            discretion.says("欧阳秀英、王小明主讲。\n请欧阳秀也来。"),
            "某同志、王小明主讲。\n请某同志也来。"
        );
        assert_eq!(discretion.says("父亲欧 阳　秀\u{200b}英的司机"), "父亲某同志的司机");
        assert_eq!(discretion.says("欧阳\n秀英"), "欧阳\n秀英", "two lines are two texts");
        assert_eq!(towards(&[]).says("欧阳秀英"), "欧阳秀英");
        assert!(!format!("{discretion:?}").contains('欧'));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        // Whatever stands around it, and whatever blanks are in it.
        #[test]
        fn no_name_is_left_in_any_text(
            names in prop::collection::vec("[赵钱孙李周吴][建国秀英兰芳]{1,2}", 1..4),
            texts in prop::collection::vec("[赵钱孙李周吴建国秀英兰芳的和，。 ]{0,6}", 5),
            gaps in prop::collection::vec("[ 　\u{200b}]{0,2}", 12),
        ) {
            let discretion = towards(&names.iter().map(String::as_str).collect::<Vec<_>>());
            let mut gaps = gaps.into_iter().cycle();
            let mut text = texts.concat();
            for (name, after) in names.iter().zip(&texts) {
                for (nth, c) in name.chars().enumerate() {
                    if nth > 0 {
                        text.extend(gaps.next());
                    }
                    text.push(c);
                }
                text.push_str(after);
            }
            let said = discretion.says(&text);
            // What is left, with what was replaced taken out as a break.
            for part in said.split(SOMEBODY) {
                let bare: String = part.chars().filter(|c| !super::is_gap(*c)).collect();
                for name in &names {
                    prop_assert!(!bare.contains(name.as_str()), "{name} is in {said}");
                }
            }
        }
    }
}
