//! Writing it: by hundreds, in a few transactions.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Utc};
use ledger::Fen;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, EntityTrait,
    IntoActiveModel,
};

use super::{
    Size,
    cast::{GRANTERS, REGION, STAFF, cast, login},
    draw::Draw,
    error::SeedError,
    facts,
    people::Planted,
    rows::{self, Rows, cast_rows, draw_branches, draw_person},
};
use crate::{
    By, Context,
    account::{self, TextSize},
    aid,
    authority::{self, Role, Scope, commands::NewGrant},
    branch,
    calendar::local_date,
    ids::{RegionCode, UnitId},
    notice, outreach,
    person::{self, Unit, UnitKind},
};

const CHUNK: usize = 300;
/// People that are drawn before they are written: a province does not stand in memory.
const BLOCK: usize = 12_000;
const UNITS: [(&str, UnitKind); 6] = [
    ("区水利局", UnitKind::Agency),
    ("区教育局", UnitKind::Agency),
    ("区财政局", UnitKind::Agency),
    ("区第一中学", UnitKind::Institution),
    ("区人民医院", UnitKind::Institution),
    ("区粮食公司", UnitKind::Enterprise),
];

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
    let mut draw = Draw::new(330_106, size == Size::Province);
    let mut rows = Rows::default();
    let mut planted = Planted::default();
    let regions = size.regions(local_date(now));
    branch::obligation::defaults::ensure(db, now).await?;
    aid::reference::load(db, now).await?;
    outreach::reference::load(db, now).await?;
    let ours: RegionCode = REGION.parse().or(Err(SeedError::Wrong("the cast's region")))?;
    notice::plans::ensure_defaults(db, &ours, true, now).await?;
    // All or nothing: a seed that was interrupted is not there.
    let tx = mailbox::transaction::write(db).await?;
    let units = units(&tx, &mut draw, &regions).await?;
    let branches = draw_branches(&mut draw, size, &regions, &mut rows, now);
    let unit = units.iter().find(|unit| unit.region == ours).ok_or(SeedError::Wrong("a unit"))?.id;
    cast_rows(cx, &mut draw, &mut rows, (&ours, unit), &mut planted, now)?;
    branch::store::insert(&tx, &std::mem::take(&mut rows.branches)).await?;
    let mut number = 0;
    while number < size.people() {
        for _ in 0..BLOCK.min(size.people() - number) {
            draw_person(cx, &mut draw, &mut rows, (number, &units, &branches), &mut planted, now)?;
            number += 1;
        }
        let led = std::mem::take(&mut rows.led);
        write(&tx, &rows, (&units, now)).await?;
        rows = Rows { led, ..Rows::default() };
        progress(number as u64, size.people() as u64);
    }
    staff(&tx, cx, &ours, now).await?;
    budget(&tx, &ours, now).await?;
    tx.commit().await?;
    for region in &regions {
        person::double::commands::scan(db, region, now).await?;
    }
    Ok(planted)
}

async fn units(
    tx: &DatabaseTransaction,
    draw: &mut Draw,
    regions: &[RegionCode],
) -> Result<Vec<Unit>, SeedError> {
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
            units.push(person::store::insert_unit(tx, unit).await?);
        }
    }
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
    tx: &DatabaseTransaction,
    rows: &Rows,
    (units, now): (&[Unit], DateTime<Utc>),
) -> Result<(), SeedError> {
    let units: HashMap<UnitId, &Unit> = units.iter().map(|unit| (unit.id, unit)).collect();
    for chunk in rows.persons.chunks(CHUNK) {
        insert_all::<person::entity::Entity, _>(tx, chunk).await?;
        let known: Vec<_> = chunk.iter().flat_map(|one| facts::of(one, &units, now)).collect();
        person::fact::store::insert(tx, &known).await?;
        let births: Vec<_> =
            chunk.iter().flat_map(|one| person::birth::commands::at_registration(one, None, now)).collect();
        person::birth::store::insert(tx, &births).await?;
        let names: Vec<_> = chunk.iter().map(|one| (one.id, one.unit_id, one.name.clone())).collect();
        person::name::write(tx, &names, now).await?;
    }
    for chunk in rows.accounts.chunks(CHUNK) {
        insert_all::<account::entity::Entity, _>(tx, chunk).await?;
    }
    for chunk in rows.links.chunks(CHUNK) {
        insert_all::<account::link::Entity, _>(tx, chunk).await?;
    }
    branch::store::insert_memberships(tx, &rows.members).await?;
    branch::store::insert_posts(tx, &rows.posts).await?;
    branch::meeting::store::insert(tx, &rows.meetings).await?;
    Ok(())
}

async fn staff(
    tx: &DatabaseTransaction,
    cx: &Context,
    region: &RegionCode,
    now: DateTime<Utc>,
) -> Result<(), SeedError> {
    let province =
        region.as_str().get(..2).and_then(RegionCode::parse).ok_or(SeedError::Wrong("a province"))?;
    let staff = STAFF.map(|(userid, name, role)| (userid, name, role, region.clone()));
    let granters = GRANTERS.map(|(userid, name)| (userid, name, Role::SecurityAdmin, province.clone()));
    for (userid, name, role, region) in staff.into_iter().chain(granters) {
        let id = login(userid).ok_or(SeedError::Wrong("a login"))?;
        account::store::insert(tx, rows::account(id.clone(), name, None, TextSize::Standard, now)).await?;
        let scope = Scope::Region(region);
        let new = NewGrant { account: id, role, scope, from: now, to: None, reason: None };
        authority::commands::grant_in(tx, cx, By::INSTALLER, None, new, now).await?;
    }
    Ok(())
}

/// ¥150,000 for each category of the year.
async fn budget(tx: &DatabaseTransaction, region: &RegionCode, now: DateTime<Utc>) -> Result<(), SeedError> {
    for category in aid::Category::FIRST {
        let envelope = aid::envelope(region, local_date(now).year(), category);
        let key = format!("seed/{envelope}");
        ledger::appropriate(tx, &envelope, Fen::yuan(150_000), "seed", &key, now).await?;
    }
    Ok(())
}
