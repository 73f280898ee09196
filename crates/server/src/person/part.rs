//! Somebody of whom the reader sees a part: a member of a branch below a body of the party, a volunteer where a corps works. The name, the
//! part itself, and how to call. Nothing says what else is known.

use actix_web::HttpResponse;
use askama::Template;
use domain::{
    authority::{Grants, PlaceKind, Role, Scope, Worker},
    branch,
    calendar::{local_date, say},
    consent::{self, Purpose},
    ids::PersonId,
    person::{
        Person, fact,
        leader::Discretion,
        reveal::RevealError,
        sight::{Part, Sight, phones},
        store,
    },
    region::Regions,
    trail::{self, Seen},
};
use secrecy::ExposeSecret;

use super::{
    facts::said,
    reach::whose,
    words::{Units, at, born},
};
use crate::{
    app::App,
    page::{Answer, Frame, PageError, html},
    session::SignedIn,
};

#[derive(Template)]
#[template(path = "person/part.html")]
struct Page {
    frame: Frame,
    href: String,
    what: &'static str,
    rows: Vec<Answer>,
    callable: bool,
}

/// For lists: whom the reader sees wholly, and whom in part.
pub(super) struct Lists {
    pub(super) grants: Grants,
    pub(super) scopes: Vec<Scope>,
    pub(super) sight: Sight,
    /// Are there whole records at all? A branch says nothing of a managing unit.
    pub(super) wholly: bool,
}

/// Where the reader works, with what is seen in part. Who works nowhere has no lists.
pub(super) async fn lists(app: &App, by: &SignedIn) -> Result<Lists, PageError> {
    let grants = by.grants().await?;
    let scopes: Vec<Scope> = grants.scopes(Role::Worker).cloned().collect();
    let sight = Sight::of(&grants, local_date(app.clock.now()));
    if scopes.is_empty() && sight.is_empty() {
        return Err(PageError::NotFound);
    }
    let wholly = scopes.iter().any(|scope| PlaceKind::ManagingUnit.meets(scope));
    Ok(Lists { grants, scopes, sight, wholly })
}

impl Lists {
    /// What a list calls the place of its people.
    pub(super) const fn place(&self) -> &'static str {
        if self.sight.is_empty() { "管理单位" } else { "单位或支部" }
    }

    /// The place of one: the managing unit is not in a part.
    pub(super) async fn place_of(
        &self,
        app: &App,
        units: &mut Units,
        person: &Person,
    ) -> Result<String, PageError> {
        if !self.sight.is_empty() {
            let place = store::place_of(&app.db, person.id).await?.ok_or(PageError::NotFound)?;
            if Worker::among(&self.grants, place).is_none() {
                let part = self.sight.part_of(&app.db, person.id).await?;
                return if part.is_some_and(|part| part.party) {
                    branch(app, person).await
                } else {
                    Ok(String::new())
                };
            }
        }
        units.name(app, person.unit_id).await
    }
}

/// The branch of the affiliation, by name.
async fn branch(app: &App, person: &Person) -> Result<String, PageError> {
    let today = local_date(app.clock.now());
    let rows = branch::store::live_memberships_of(&app.db, person.id, today).await?;
    let Some(row) = rows.into_iter().find(|row| row.kind == branch::MembershipKind::Affiliation) else {
        return Ok(String::new());
    };
    Ok(branch::store::find(&app.db, row.branch_id).await?.map(|branch| branch.name).unwrap_or_default())
}

/// A person of whom the reader sees a part.
struct InPart {
    person: Person,
    part: Part,
    sight: Sight,
    grants: Grants,
    worker: Worker,
}

async fn in_part(app: &App, by: &SignedIn, id: &str) -> Result<InPart, PageError> {
    let id: PersonId = id.parse().or(Err(PageError::NotFound))?;
    let found = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let id = found.merged_into.unwrap_or(id);
    let grants = by.grants().await?;
    let sight = Sight::of(&grants, local_date(app.clock.now()));
    let part = sight.part_of(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let person = store::find(&app.db, id).await?.ok_or(PageError::NotFound)?;
    let worker = Worker::somewhere(&grants).ok_or(PageError::NotFound)?;
    Ok(InPart { person, part, sight, grants, worker })
}

/// The page of a part.
pub(super) async fn page(app: &App, by: &SignedIn, id: &str) -> Result<HttpResponse, PageError> {
    let it = in_part(app, by, id).await?;
    let (db, now) = (&app.db, app.clock.now());
    trail::seen(db, &app.cx, &it.worker, (it.person.id, Seen::Page), now).await?;
    let mut rows = vec![Answer::new("情况", born(&it.person))];
    if it.part.party {
        rows.push(Answer::new("组织关系", branch(app, &it.person).await?));
    }
    let (regions, mut units) = (Regions::load(db).await?, Units::default());
    for row in fact::store::history(db, it.person.id).await? {
        if row.to_on.is_none() && it.part.shows(row.kind) {
            // By which document is of the whole record.
            let row = fact::PersonFact { basis: String::new(), ..row };
            rows.push(said(app, &regions, &mut units, &row, local_date(now)).await?);
        }
    }
    let callable = it.part.party || consent::holds(db, it.person.id, Purpose::Volunteering, now).await?;
    html(&Page {
        frame: by.frame().console_at("/console/people").titled(it.person.name.clone()),
        href: at(it.person.id),
        what: match (it.part.party, it.part.volunteering) {
            (true, true) => "这里只有党建和志愿服务的内容。",
            (true, false) => "这里只有党建的内容。",
            _ => "这里只有志愿服务的内容。",
        },
        rows,
        callable,
    })
}

/// The numbers of a part, each with whose it is, in the clear.
pub(super) async fn numbers(
    app: &App,
    by: &SignedIn,
    id: &str,
) -> Result<(Person, Vec<(String, String, String)>), PageError> {
    let it = in_part(app, by, id).await?;
    let (db, now) = (&app.db, app.clock.now());
    let discretion = Discretion::towards(db, &it.grants).await?;
    let calls = phones(db, &app.cx, (&it.worker, &it.sight), it.person.id, now).await;
    let calls = calls.map_err(|error| match error {
        RevealError::NotFound => PageError::NotFound,
        RevealError::CannotOpen(error) => PageError::Broken(error.into()),
        RevealError::Db(error) => error.into(),
    })?;
    let said = calls.into_iter().map(|call| {
        let of = call.contact.map_or_else(|| "名册上的".to_owned(), |row| whose(&row, &discretion));
        let number = call.number.expose_secret();
        (of, say::telephone(number), number.to_owned())
    });
    Ok((it.person, said.collect()))
}
