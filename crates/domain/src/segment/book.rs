//! Every segment with its versions, read at once: a province has some hundred of them.

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};

use super::{Rule, Segment, Version, store};
use crate::ids::{RegionCode, SegmentId};

/// All of them.
#[derive(Clone, Debug)]
pub struct Book {
    segments: Vec<Segment>,
    versions: Vec<Version>,
}

/// What a segment says on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Which.
    pub segment: Segment,
    /// Its version.
    pub version: Version,
    /// All lines: its region, those that it narrows, its own.
    pub rule: Rule,
}

impl Book {
    /// Reads them.
    pub async fn load(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        Ok(Self { segments: store::segments(db).await?, versions: store::versions(db).await? })
    }

    /// One.
    pub fn find(&self, id: SegmentId) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.id == id)
    }

    /// The versions of one, the newest first.
    pub fn versions_of(&self, id: SegmentId) -> impl Iterator<Item = &Version> {
        self.versions.iter().rev().filter(move |version| version.segment_id == id)
    }

    /// What it says on a day; before its first day what it will say first.
    pub fn version(&self, id: SegmentId, on: NaiveDate) -> Option<&Version> {
        let in_force = self.versions_of(id).find(|version| version.from_on <= on);
        in_force.or_else(|| self.versions_of(id).last())
    }

    /// The same with what it narrows.
    pub fn definition(&self, id: SegmentId, on: NaiveDate) -> Option<Definition> {
        let segment = self.find(id)?;
        let version = self.version(id, on)?;
        let rule = self.whole((&segment.region, segment.base_id), &version.rule, on);
        Some(Definition { segment: segment.clone(), version: version.clone(), rule })
    }

    /// What is in force on a day.
    pub fn in_force(&self, on: NaiveDate) -> Vec<Definition> {
        let live = self.segments.iter().filter(|segment| segment.is_live(on));
        let all = live.filter_map(|segment| self.definition(segment.id, on));
        all.filter(|it| it.version.from_on <= on).collect()
    }

    /// Those that a reader who looks after these regions uses, or that are below them.
    pub fn seen_from<'a>(&'a self, regions: &'a [RegionCode]) -> impl Iterator<Item = &'a Segment> {
        self.segments.iter().filter(move |segment| meets(segment, regions))
    }

    /// The segments that narrow this one, and those that narrow them.
    pub fn narrowed_from(&self, id: SegmentId) -> Vec<&Segment> {
        let mut found: Vec<&Segment> = Vec::new();
        let mut next = vec![id];
        while let Some(id) = next.pop() {
            let below = self.segments.iter().filter(|segment| segment.base_id == Some(id));
            for segment in below {
                next.push(segment.id);
                found.push(segment);
            }
        }
        found
    }

    /// All lines of a segment of a region that says this, and what it narrows.
    pub fn whole(&self, (region, base): (&RegionCode, Option<SegmentId>), own: &Rule, on: NaiveDate) -> Rule {
        own.narrowing(region, self.above(base, on).as_ref())
    }

    /// The lines that a segment narrows. What is narrowed is of a region above or of the same one and older, so this comes to an end.
    fn above(&self, mut base: Option<SegmentId>, on: NaiveDate) -> Option<Rule> {
        let mut chain = Vec::new();
        while let Some(id) = base.filter(|id| !chain.contains(id)) {
            chain.push(id);
            base = self.find(id).and_then(|segment| segment.base_id);
        }
        let rules = chain.into_iter().rev().filter_map(|id| self.version(id, on));
        let lines: Vec<_> = rules.flat_map(|version| version.rule.lines().to_vec()).collect();
        (!lines.is_empty()).then_some(Rule(lines))
    }
}

/// Does a reader of these regions come by a segment?
pub(super) fn meets(segment: &Segment, regions: &[RegionCode]) -> bool {
    regions.iter().any(|mine| segment.region.covers(mine) || mine.covers(&segment.region))
}
