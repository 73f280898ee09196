//! What the pages share: who reads, which segment, and what a refusal is called.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    authority::{Grants, Worker},
    calendar::local_date,
    ids::{PersonId, RegionCode, SegmentId, UnitId},
    person::{self, Person},
    region::Regions,
    segment::{Book, Definition, Reader, Run, SegmentError, SegmentRefusal, Verdict},
};

use crate::{
    app::App,
    page::{PageError, Tag},
    session::SignedIn,
};

/// Where the pages are.
pub(super) const HERE: &str = "/console/segments";

/// A reader at the desk.
pub(super) struct Desk {
    pub(super) grants: Grants,
    pub(super) reader: Reader,
    pub(super) worker: Worker,
    pub(super) book: Book,
    pub(super) regions: Regions,
    pub(super) today: NaiveDate,
}

impl Desk {
    /// Whoever works for people by their managing units.
    pub(super) async fn of(app: &App, by: &SignedIn) -> Result<Self, PageError> {
        let grants = by.grants().await?;
        let reader = Reader::of(&app.db, &grants).await?.ok_or(PageError::NotFound)?;
        let worker = Worker::somewhere(&grants).ok_or(PageError::NotFound)?;
        let (book, regions) = (Book::load(&app.db).await?, Regions::load(&app.db).await?);
        Ok(Self { grants, reader, worker, book, regions, today: local_date(app.clock.now()) })
    }

    /// A segment that there is for the reader, as it is today; an ended one as it was.
    pub(super) fn finds(&self, id: &str) -> Result<Definition, PageError> {
        let id: SegmentId = id.parse().or(Err(PageError::NotFound))?;
        self.reader.finds(&self.book, id).ok_or(PageError::NotFound)?;
        self.book.definition(id, self.today).ok_or(PageError::NotFound)
    }

    /// The widest region in which the reader works: whose segments he makes.
    pub(super) fn own(&self) -> Result<(RegionCode, Worker), PageError> {
        let regions = self.grants.regions(domain::authority::Role::Worker);
        let widest = regions.min_by_key(|code| code.as_str().len()).cloned().ok_or(PageError::NotFound)?;
        let worker = Worker::among(&self.grants, widest.clone()).ok_or(PageError::NotFound)?;
        Ok((widest, worker))
    }

    /// May the reader change it?
    pub(super) fn owns(&self, it: &Definition) -> Option<Worker> {
        Worker::among(&self.grants, it.segment.region.clone()).filter(|_| it.segment.is_live(self.today))
    }

    /// Does the reader see everybody who can be in it? Then its own figures are no secret to him.
    pub(super) fn sees_all(&self, it: &Definition) -> bool {
        self.reader.scopes.iter().any(|scope| {
            matches!(scope, domain::authority::Scope::Region(code) if code.covers(&it.segment.region))
        })
    }

    /// A region, as it is called today.
    pub(super) fn named(&self, code: &RegionCode) -> String {
        let found = self.regions.find(code, self.today);
        found.map_or_else(|| code.to_string(), |region| region.name.clone())
    }
}

/// When it was computed last.
pub(super) fn computed(run: Option<&Run>, under_way: bool) -> String {
    let last =
        run.map_or_else(|| "还没有算过".to_owned(), |run| domain::calendar::say::full_date(run.on_day));
    if under_way { format!("{last}，正在重新计算") } else { last }
}

/// Some people by id, with the names of their units.
pub(super) async fn people(
    app: &App,
    ids: &[PersonId],
) -> Result<(HashMap<PersonId, Person>, HashMap<UnitId, String>), PageError> {
    let people = person::store::find_all(&app.db, ids).await?;
    let units = units(app, &people).await?;
    Ok((people.into_iter().map(|person| (person.id, person)).collect(), units))
}

/// The names of their units, each read once.
pub(super) async fn units(app: &App, people: &[Person]) -> Result<HashMap<UnitId, String>, PageError> {
    let mut names = HashMap::new();
    for person in people {
        if let std::collections::hash_map::Entry::Vacant(name) = names.entry(person.unit_id) {
            let unit = person::store::find_unit(&app.db, person.unit_id).await?;
            name.insert(unit.map(|unit| unit.name).unwrap_or_default());
        }
    }
    Ok(names)
}

/// A verdict about a person.
pub(super) const fn standing(verdict: Verdict) -> Tag {
    match verdict {
        Verdict::Passed => Tag::good("符合"),
        Verdict::Unknown => Tag::attention("要核实"),
        Verdict::Failed => Tag::quiet("不符合"),
    }
}

/// A refusal with the field that it is about.
pub(super) const fn refused(refusal: SegmentRefusal) -> (&'static str, &'static str) {
    match refusal {
        SegmentRefusal::NoName => ("name", "请写名称"),
        SegmentRefusal::Exists => ("name", "本地已经有这个名称的分类"),
        SegmentRefusal::NoSource => ("source", "请写依据的文件"),
        SegmentRefusal::NoRule => ("kind", "请至少选一个条件"),
        SegmentRefusal::Days => ("every", "天数请写1到366"),
        SegmentRefusal::InThePast => ("from", "最早从今天起"),
        SegmentRefusal::BeforeLast => ("from", "不能比上一版开始得更早"),
        SegmentRefusal::Rarer => ("every", "不能比所在的分类间隔更久"),
        SegmentRefusal::Ended => ("name", "这个分类已经停用"),
        SegmentRefusal::NotYet => ("from", "这个分类还没有开始"),
        SegmentRefusal::UnderWay => ("from", "正在计算，请过一会儿再看"),
    }
}

/// Where there is no form to show it in.
pub(super) fn page_error(error: SegmentError) -> PageError {
    match error {
        SegmentError::NotFound => PageError::NotFound,
        SegmentError::Refused(refusal) => PageError::Refused(format!("{}。", refused(refusal).1)),
        SegmentError::Db(error) => error.into(),
    }
}
