//! Writing it: by hundreds, in a few transactions.

use chrono::{DateTime, Datelike, Utc};
use ledger::Fen;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, IntoActiveModel};

use super::{
    Size,
    cast::{REGION, STAFF, cast, login},
    draw::Draw,
    people::Planted,
    rows::{self, Rows, cast_rows, draw_branches, draw_person},
};
use crate::{
    By, Context,
    account::{self, TextSize},
    aid,
    authority::{self, Scope, commands::NewGrant},
    branch,
    calendar::local_date,
    ids::{RegionCode, UnitId},
    notice,
    person::{self, Unit, UnitKind},
    privacy::CannotSeal,
};

const CHUNK: usize = 300;
const UNITS: [(&str, UnitKind); 6] = [
    ("区水利局", UnitKind::Agency),
    ("区教育局", UnitKind::Agency),
    ("区财政局", UnitKind::Agency),
    ("区第一中学", UnitKind::Institution),
    ("区人民医院", UnitKind::Institution),
    ("区粮食公司", UnitKind::Enterprise),
];

/// Why there is no seed.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A field could not be sealed.
    #[error(transparent)]
    Seal(#[from] CannotSeal),
    /// The database failed.
    #[error("the seed could not be written")]
    Db(#[from] DbErr),
    /// The ledger refused.
    #[error("the budget could not be given")]
    Ledger(#[from] ledger::LedgerError),
    /// A role could not be granted.
    #[error("a role could not be granted")]
    Grant(#[from] authority::commands::GrantError),
    /// The seed itself is wrong.
    #[error("the seed names something that cannot be: {0}")]
    Wrong(&'static str),
}

/// Has it been loaded?
pub async fn loaded(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(person::store::find(db, cast().wang).await?.is_some())
}

/// Loads a seed into an empty, migrated database. `progress` hears how much is done, of how much.
pub async fn load(
    db: &DatabaseConnection,
    cx: &Context,
    size: Size,
    now: DateTime<Utc>,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Planted, SeedError> {
    let mut draw = Draw::new(330_106);
    let mut rows = Rows::default();
    let mut planted = Planted::default();
    let regions: Vec<RegionCode> = size.regions().iter().filter_map(|code| code.parse().ok()).collect();
    let units = units(db, &mut draw, &regions).await?;
    let branches = draw_branches(&mut draw, size, &regions, &mut rows, now);
    let ours: RegionCode = REGION.parse().or(Err(SeedError::Wrong("the cast's region")))?;
    let unit = units.iter().find(|unit| unit.region == ours).ok_or(SeedError::Wrong("a unit"))?.id;
    cast_rows(cx, &mut draw, &mut rows, (&ours, unit), &mut planted, now)?;
    for number in 0..size.people() {
        draw_person(cx, &mut draw, &mut rows, (number, &units, &branches), &mut planted, now)?;
    }
    write(db, &rows, progress).await?;
    staff(db, cx, &ours, now).await?;
    branch::obligation::defaults::ensure(db, now).await?;
    notice::plans::ensure_defaults(db, &ours, true, now).await?;
    aid::reference::load(db, now).await?;
    budget(db, &ours, now).await?;
    Ok(planted)
}

async fn units(
    db: &DatabaseConnection,
    draw: &mut Draw,
    regions: &[RegionCode],
) -> Result<Vec<Unit>, SeedError> {
    let tx = mailbox::transaction::write(db).await?;
    let mut units = Vec::new();
    for region in regions {
        for (name, kind) in UNITS {
            let unit = Unit {
                id: UnitId::from_uuid(draw.uuid()),
                name: name.to_owned(),
                kind,
                region: region.clone(),
                parent_id: None,
                closed_on: None,
            };
            units.push(person::store::insert_unit(&tx, unit).await?);
        }
    }
    tx.commit().await?;
    Ok(units)
}

async fn insert_all<E, M>(db: &impl ConnectionTrait, rows: &[M]) -> Result<(), DbErr>
where
    E: EntityTrait<Model = M>,
    M: sea_orm::ModelTrait<Entity = E> + IntoActiveModel<E::ActiveModel> + Clone,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let rows = rows.iter().map(|row| row.clone().into_active_model().reset_all());
    E::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

async fn write(
    db: &DatabaseConnection,
    rows: &Rows,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<(), SeedError> {
    let total = (rows.persons.len() + rows.accounts.len() + rows.members.len()) as u64;
    let mut done = 0;
    for some in rows.persons.chunks(CHUNK * 10) {
        let tx = mailbox::transaction::write(db).await?;
        for chunk in some.chunks(CHUNK) {
            insert_all::<person::entity::Entity, _>(&tx, chunk).await?;
            done += chunk.len() as u64;
            progress(done, total);
        }
        tx.commit().await?;
    }
    let tx = mailbox::transaction::write(db).await?;
    for chunk in rows.accounts.chunks(CHUNK) {
        insert_all::<account::entity::Entity, _>(&tx, chunk).await?;
        done += chunk.len() as u64;
        progress(done, total);
    }
    for chunk in rows.links.chunks(CHUNK) {
        insert_all::<account::link::Entity, _>(&tx, chunk).await?;
    }
    branch::store::insert(&tx, &rows.branches).await?;
    branch::store::insert_memberships(&tx, &rows.members).await?;
    branch::store::insert_posts(&tx, &rows.posts).await?;
    branch::meeting::store::insert(&tx, &rows.meetings).await?;
    tx.commit().await?;
    progress(total, total);
    Ok(())
}

async fn staff(
    db: &DatabaseConnection,
    cx: &Context,
    region: &RegionCode,
    now: DateTime<Utc>,
) -> Result<(), SeedError> {
    let tx = mailbox::transaction::write(db).await?;
    for (userid, name, role) in STAFF {
        let id = login(userid).ok_or(SeedError::Wrong("a login"))?;
        account::store::insert(&tx, rows::account(id.clone(), name, None, TextSize::Standard, now)).await?;
        let new = NewGrant { account: id, role, scope: Scope::Region(region.clone()), from: now, to: None };
        authority::commands::grant_in(&tx, cx, By::INSTALLER, None, new, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// ¥150,000 for each category of the year.
async fn budget(db: &DatabaseConnection, region: &RegionCode, now: DateTime<Utc>) -> Result<(), SeedError> {
    let tx = mailbox::transaction::write(db).await?;
    for category in <aid::Category as sea_orm::Iterable>::iter() {
        let envelope = aid::envelope(region, local_date(now).year(), category);
        let key = format!("seed/{envelope}");
        ledger::appropriate(&tx, &envelope, Fen::yuan(150_000), "seed", &key, now).await?;
    }
    tx.commit().await?;
    Ok(())
}
