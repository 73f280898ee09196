//! The rows put together: what a category is called in a place on a day, and whether it may be asked for. Pure.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::{Category, CategoryRow, Group, NoCategory};
use crate::{
    aid::{Case, ProposalState},
    calendar::local_date,
    ids::RegionCode,
};

/// Every row that was agreed to, read once for a page or a command.
#[derive(Clone, Debug, Default)]
pub struct Categories {
    /// Widest first, then oldest: the first row of a category is the one that made it.
    rows: Vec<CategoryRow>,
}

/// A category that may be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which.
    pub category: Category,
    /// The word on the form.
    pub label: String,
    /// Must whoever asks say why, in words?
    pub reason_needed: bool,
}

impl Categories {
    /// Of these rows those that were agreed to.
    pub fn of(mut rows: Vec<CategoryRow>) -> Self {
        rows.retain(|row| row.state == ProposalState::Agreed);
        rows.sort_by_key(|row| (row.region.as_str().len(), row.valid_from, row.id));
        Self { rows }
    }

    /// The row that made it.
    fn first(&self, category: Category) -> Option<&CategoryRow> {
        self.rows.iter().find(|row| row.category == category)
    }

    /// Has anybody made it?
    pub fn knows(&self, category: Category) -> bool {
        self.first(category).is_some()
    }

    /// The one with this code, if anybody has made it.
    pub fn named(&self, code: &str) -> Option<Category> {
        Category::parse(code).filter(|category| self.knows(*category))
    }

    /// Every category that was ever made, in the order in which they stand on forms now.
    pub fn all(&self) -> Vec<Category> {
        let last = |row: &CategoryRow| {
            let of_place = |one: &&CategoryRow| one.category == row.category && one.region == row.region;
            self.rows.iter().rfind(of_place).map_or(row.position, |last| last.position)
        };
        let mut all: Vec<(i32, Category)> = Vec::new();
        for row in &self.rows {
            if all.iter().all(|(_, known)| *known != row.category) {
                all.push((last(row), row.category));
            }
        }
        all.sort_unstable();
        all.into_iter().map(|(_, category)| category).collect()
    }

    /// The layers that hold for a place on a day, widest first: of each region the latest row. None before the category was made, or
    /// where it was not.
    pub fn layers(&self, category: Category, region: &RegionCode, day: NaiveDate) -> Vec<&CategoryRow> {
        let holds = |row: &&CategoryRow| {
            row.category == category && row.region.covers(region) && row.valid_from <= day
        };
        let mut layers: Vec<&CategoryRow> = self.rows.iter().filter(holds).collect();
        layers.sort_by_key(|row| (row.region.as_str().len(), Reverse(row.valid_from)));
        layers.dedup_by(|later, kept| later.region == kept.region);
        let top = self.first(category).map(|first| &first.region);
        if layers.first().map(|row| &row.region) == top { layers } else { Vec::new() }
    }

    /// The word of a place on a day; of a category that was not there then, the word with which it was made. Of one that nobody made
    /// there is its code.
    pub fn label(&self, category: Category, region: &RegionCode, day: NaiveDate) -> String {
        let named = self.layers(category, region, day).last().copied().or_else(|| self.first(category));
        named.map_or_else(|| category.to_string(), |row| row.label.clone())
    }

    /// What a case is for, in the words of its place on the day on which it was sent.
    pub fn called(&self, case: &Case) -> String {
        self.label(case.category, &case.region, local_date(case.created_at))
    }

    /// What the public is told, for good. Of a category that nobody made, the least.
    pub fn group(&self, category: Category) -> Group {
        self.first(category).map_or(Group::Other, |row| row.of_group)
    }

    /// May it be asked for in a place on a day? Only if every layer says so; a reason is needed if any does.
    pub fn offered(&self, category: Category, region: &RegionCode, day: NaiveDate) -> Option<Offer> {
        let layers = self.layers(category, region, day);
        let last = layers.last()?;
        layers.iter().all(|row| row.offered).then(|| Offer {
            category,
            label: last.label.clone(),
            reason_needed: layers.iter().any(|row| row.reason_needed),
        })
    }

    /// Everything that may be asked for in a place on a day, in the order of the form.
    pub fn offers(&self, region: &RegionCode, day: NaiveDate) -> Vec<Offer> {
        let position = |category| self.layers(category, region, day).first().map(|row| row.position);
        let mut offers: Vec<(Option<i32>, Offer)> = Vec::new();
        for category in self.all() {
            offers.extend(self.offered(category, region, day).map(|offer| (position(category), offer)));
        }
        offers.sort_by_key(|(position, offer)| (*position, offer.category));
        offers.into_iter().map(|(_, offer)| offer).collect()
    }

    /// Every word that any place ever had for a category, but for those that a notice says of its group anyway.
    pub fn never_in_notices(&self) -> impl Iterator<Item = &str> {
        let rows = self.rows.iter().filter(|row| row.label != row.of_group.label());
        rows.map(|row| row.label.as_str())
    }

    /// May a place make new ones? Only where nothing above it has made any.
    pub fn may_make(&self, region: &RegionCode) -> bool {
        !self.rows.iter().any(|row| row.region != *region && row.region.covers(region))
    }

    /// May a new row stand beside those that are there? Its own place's rows before it do not count.
    pub(in crate::aid) fn fits(&self, new: &CategoryRow) -> Result<(), NoCategory> {
        let Some(first) = self.first(new.category) else {
            let made = if self.may_make(&new.region) { Ok(()) } else { Err(NoCategory::OfAbove) };
            return made.and_then(|()| self.no_other_is_called(new));
        };
        if !first.region.covers(&new.region) {
            return Err(NoCategory::Taken);
        }
        if first.of_group != new.of_group {
            return Err(NoCategory::Group { group: first.of_group, source: first.source.clone() });
        }
        if first.region != new.region {
            let layers = self.layers(new.category, &new.region, new.valid_from);
            let mut above = layers.iter().filter(|row| row.region != new.region).peekable();
            if above.peek().is_none() {
                return Err(NoCategory::Later { from: first.valid_from });
            }
            if let Some(no) = above.find(|row| new.offered && !row.offered) {
                let (region, source) = (no.region.clone(), no.source.clone());
                return Err(NoCategory::Stopped { region, source });
            }
        }
        self.no_other_is_called(new)
    }

    /// Two of one name cannot be told apart on a form.
    fn no_other_is_called(&self, new: &CategoryRow) -> Result<(), NoCategory> {
        let same = |category: Category| {
            let layers = self.layers(category, &new.region, new.valid_from);
            layers.last().is_some_and(|row| row.label == new.label)
        };
        let others = self.all().into_iter().filter(|category| *category != new.category);
        if others.into_iter().any(same) { Err(NoCategory::NameTaken) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Datelike, NaiveDate};
    use proptest::prelude::*;

    use super::{Categories, Category, CategoryRow, Group, NoCategory, Offer};
    use crate::{
        aid::ProposalState,
        ids::{CategoryRowId, RegionCode},
    };

    const PLACES: [&str; 4] = ["33", "3301", "3302", "330106"];

    fn region(code: &str) -> RegionCode {
        RegionCode::parse(code).unwrap()
    }

    fn day(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 1, 1).unwrap()
    }

    fn row(code: &str, from: i32, label: &str) -> CategoryRow {
        CategoryRow {
            id: CategoryRowId::new(DateTime::UNIX_EPOCH),
            category: Category::parse("fire").unwrap(),
            region: region(code),
            valid_from: day(from),
            label: label.to_owned(),
            of_group: Group::Family,
            position: 6,
            offered: true,
            reason_needed: false,
            source: format!("示例〔{from}〕{code}"),
            state: ProposalState::Agreed,
            proposed_by: None,
            proposed_at: DateTime::UNIX_EPOCH,
            decided_by: None,
            decided_at: None,
        }
    }

    #[test]
    fn a_place_calls_it_as_it_likes_and_stops_it() {
        let fire = row("33", 2020, "火灾").category;
        let all = Categories::of(vec![
            CategoryRow { offered: false, ..row("330106", 2024, "失火") },
            CategoryRow { reason_needed: true, ..row("3301", 2022, "家里失火") },
            CategoryRow { offered: false, ..row("33", 2027, "火灾") },
            row("33", 2020, "火灾"),
            CategoryRow { state: ProposalState::Proposed, ..row("33", 2021, "水灾") },
        ]);
        let said = |code, year| {
            let offer = all.offered(fire, &region(code), day(year));
            (all.label(fire, &region(code), day(year)), offer.map(|it| it.reason_needed))
        };
        // Before it was made and where it was not, it has the word with which it was made.
        assert_eq!(said("33", 2019), ("火灾".to_owned(), None));
        assert_eq!(said("34", 2026), ("火灾".to_owned(), None));
        assert_eq!(said("330106", 2021), ("火灾".to_owned(), Some(false)));
        assert_eq!(said("330106", 2022), ("家里失火".to_owned(), Some(true)));
        assert_eq!(said("330106", 2024), ("失火".to_owned(), None));
        assert_eq!(said("330105", 2024), ("家里失火".to_owned(), Some(true)));
        // Ended above, it is ended below, and keeps the word.
        assert_eq!(said("330105", 2027), ("家里失火".to_owned(), None));
        assert!(all.never_in_notices().eq(["火灾", "火灾", "家里失火", "失火"]));
        assert_eq!(all.group(Category::OTHER), Group::Other);
        assert_eq!(all.label(Category::OTHER, &region("33"), day(2026)), "other");
    }

    #[test]
    fn what_contradicts_the_layers_above_is_refused() {
        let all = Categories::of(vec![
            row("33", 2020, "火灾"),
            CategoryRow { offered: false, ..row("3301", 2026, "火灾") },
            CategoryRow { category: Category::DISASTER, ..row("33", 2020, "自然灾害") },
        ]);
        let no = |new: CategoryRow| all.fits(&new).err();
        assert_eq!(no(row("330106", 2025, "失火")), None);
        assert_eq!(no(CategoryRow { offered: false, ..row("330106", 2026, "失火") }), None);
        assert_eq!(no(row("3301", 2027, "火灾")), None, "who stopped it may offer it again");
        assert!(matches!(no(row("330106", 2026, "失火")), Some(NoCategory::Stopped { .. })));
        assert!(matches!(no(row("3302", 2019, "失火")), Some(NoCategory::Later { .. })));
        let group = CategoryRow { of_group: Group::Other, ..row("3302", 2026, "失火") };
        assert!(matches!(no(group.clone()), Some(NoCategory::Group { group: Group::Family, .. })));
        let above = CategoryRow { region: region("33"), ..group };
        assert!(matches!(no(above), Some(NoCategory::Group { .. })), "for good, above as well");
        assert_eq!(no(row("34", 2026, "失火")), Some(NoCategory::Taken));
        let new = |code| CategoryRow { category: Category::OTHER, ..row(code, 2026, "塌房") };
        assert_eq!(no(new("33")), None);
        assert_eq!(no(new("330106")), Some(NoCategory::OfAbove));
        assert_eq!(no(row("3302", 2026, "自然灾害")), Some(NoCategory::NameTaken));
    }

    prop_compose! {
        fn any_row()(
            place in prop::sample::select(PLACES.to_vec()),
            category in prop::sample::select(vec!["fire", "flood", "quake"]),
            (from, label) in (2020_i32..2025, "[甲乙丙丁]{1,2}"),
            group in prop::sample::select(vec![Group::Family, Group::Other]),
            (offered, reason_needed, position) in (any::<bool>(), any::<bool>(), 1_i32..5),
        ) -> CategoryRow {
            let category = Category::parse(category).unwrap();
            let row = row(place, from, &label);
            CategoryRow { category, of_group: group, offered, reason_needed, position, ..row }
        }
    }

    /// All that can be asked of it for every place and every day before a year.
    fn answers(all: &Categories, before: i32) -> Vec<String> {
        let mut categories = all.all();
        categories.sort_unstable();
        let mut answers = Vec::new();
        for (code, year) in PLACES.iter().flat_map(|code| (2019..before).map(move |year| (code, year))) {
            let (region, day) = (region(code), day(year));
            answers.push(format!("{:?}", all.offers(&region, day)));
            let layers = categories.iter().map(|category| all.layers(*category, &region, day));
            answers.extend(layers.filter_map(|layers| layers.last().map(|row| row.label.clone())));
        }
        answers
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Whatever is written in whatever order: of what is made above nothing is offered below that is not offered above, no reason is
        /// waived, and every place tells the public the same; and a new row changes no answer about a day before its own.
        #[test]
        fn below_never_contradicts_above_and_no_old_day_changes(rows in prop::collection::vec(any_row(), 1..7)) {
            let mut kept: Vec<CategoryRow> = Vec::new();
            for new in rows {
                let all = Categories::of(kept.clone());
                let same_day = |row: &CategoryRow| {
                    (row.category, &row.region, row.valid_from) == (new.category, &new.region, new.valid_from)
                };
                if all.fits(&new).is_err() || kept.iter().any(same_day) {
                    continue;
                }
                let year = new.valid_from.year();
                kept.push(new);
                prop_assert_eq!(answers(&all, year), answers(&Categories::of(kept.clone()), year));
            }
            let all = Categories::of(kept.clone());
            for row in &kept {
                prop_assert_eq!(row.of_group, all.group(row.category));
            }
            for (below, above) in [("3301", "33"), ("3302", "33"), ("330106", "3301")] {
                for year in 2019..2026 {
                    let above = region(above);
                    let offers = all.offers(&above, day(year));
                    // What the place below has made itself, because nobody above had made any, the one above does not have.
                    let of_both = |offer: &Offer| all.first(offer.category).unwrap().region.covers(&above);
                    for offer in all.offers(&region(below), day(year)).into_iter().filter(of_both) {
                        let upper = offers.iter().find(|upper| upper.category == offer.category);
                        prop_assert!(upper.is_some_and(|upper| offer.reason_needed >= upper.reason_needed));
                    }
                }
            }
        }
    }
}
