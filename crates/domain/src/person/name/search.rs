//! Finding somebody by what is typed into one field: characters of a name (also a former one), how it sounds, its initials, a telephone
//! or an identity number. Only among those that the scopes reach by the managing unit.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
    sea_query::{Query, SelectStatement},
};

use super::{PersonName, entity, grams, sound, write};
use crate::{
    authority::Scope,
    ids::PersonId,
    person::{Person, contact, entity as people, sight::Sight, store, unit},
    privacy::{IdentityNumber, Phone, Sealer, Searched},
};

/// What was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing that could be looked for.
    Nothing,
    /// Characters.
    Characters(String),
    /// Letters: a sound or initials.
    Letters(String),
    /// A telephone.
    Phone(Phone),
    /// An identity number.
    Identity(IdentityNumber),
}

impl Asked {
    /// Reads it.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        if let Ok(number) = IdentityNumber::parse(text) {
            return Self::Identity(number);
        }
        if let Ok(phone) = Phone::parse(text) {
            return Self::Phone(phone);
        }
        let characters: String = text.chars().filter(|c| c.is_alphabetic() || *c == '·').collect();
        if characters.chars().any(|c| c.is_alphabetic() && !is_latin(c)) {
            return Self::Characters(characters);
        }
        let letters = sound::typed(text);
        if letters.is_empty() { Self::Nothing } else { Self::Letters(letters) }
    }
}

fn is_latin(c: char) -> bool {
    u32::from(c) < 0x250
}

/// Why somebody is in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// The name in use.
    Name,
    /// 曾用名.
    FormerName(String),
    /// Sounds the same.
    Sound,
    /// A telephone or identity number.
    Number,
}

/// Somebody who was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Who.
    pub person: Person,
    /// By what.
    pub how: How,
}

/// Whom to look for, where.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// Whom the reader may see.
    pub scopes: &'a [Scope],
    /// What was typed.
    pub asked: &'a Asked,
    /// A part of the unit's name; empty for all.
    pub unit: &'a str,
    /// How many at most.
    pub limit: u64,
}

/// Looks. Names first, then what only sounds the same, each sorted by sound. A record that was merged is found as the one that was kept.
pub async fn find(db: &impl ConnectionTrait, seal: &Sealer, it: &Search<'_>) -> Result<Vec<Hit>, DbErr> {
    look(db, seal, &(it, None)).await
}

/// The same, also among those of whom the reader sees a part: by what everybody is called and by telephones, never by identity numbers.
pub async fn find_with(
    db: &impl ConnectionTrait,
    seal: &Sealer,
    it: &Search<'_>,
    sight: &Sight,
) -> Result<Vec<Hit>, DbErr> {
    let partly = !sight.is_empty() && !matches!(it.asked, Asked::Identity(_));
    look(db, seal, &(it, partly.then_some(sight))).await
}

/// What is looked for, and whom the reader sees a part of.
type Among<'a> = (&'a Search<'a>, Option<&'a Sight>);

async fn look(db: &impl ConnectionTrait, seal: &Sealer, among: &Among<'_>) -> Result<Vec<Hit>, DbErr> {
    let (it, _) = among;
    match it.asked {
        Asked::Nothing => Ok(Vec::new()),
        Asked::Phone(phone) => {
            let indexes = seal.blinds(Searched::Phone, phone.as_str());
            // In two questions: asked in one, either index helps and neither is used.
            let mut whose = contact::store::reached_by(db, seal, phone).await?;
            let own = people::Entity::find()
                .select_only()
                .column(people::Column::Id)
                .filter(people::Column::PhoneIndex.is_in(indexes));
            whose.extend(own.into_tuple::<PersonId>().all(db).await?);
            by_number(db, among, Condition::all().add(people::Column::Id.is_in(whose))).await
        }
        Asked::Identity(number) => {
            let indexes = seal.blinds(Searched::IdentityNumber, number.as_str());
            by_number(db, among, Condition::all().add(people::Column::IdentityIndex.is_in(indexes))).await
        }
        Asked::Letters(letters) => {
            let order = [entity::Column::Joined, entity::Column::Name, entity::Column::PersonId];
            let begun = begins(entity::Column::Joined, letters);
            let mut found = by_name(db, among, begun, order).await?;
            if (found.len() as u64) < it.limit {
                let initials = Condition::all().add(entity::Column::Initials.eq(letters.as_str()));
                found.extend(by_name(db, among, initials, SOUND).await?);
            }
            hits(db, among, &found, named).await
        }
        Asked::Characters(text) => {
            let backend = db.get_database_backend();
            let which = Condition::all()
                .add(grams::contains(backend, text))
                .add(entity::Column::Name.contains(text.as_str()))
                .add(entity::Column::Reading.eq(0));
            let mut found = hits(db, among, &by_name(db, among, which, SOUND).await?, named).await?;
            let sounds: Vec<String> = sound::readings(text).into_iter().map(|one| one.spaced).collect();
            for one in sounds.iter().filter(|one| !one.is_empty()) {
                if found.len() as u64 >= it.limit {
                    break;
                }
                let alike = Condition::any()
                    .add(entity::Column::Sound.eq(one.as_str()))
                    .add(begins(entity::Column::Sound, &format!("{one} ")));
                for hit in hits(db, among, &by_name(db, among, alike, SOUND).await?, |_| How::Sound).await? {
                    let new = found.iter().all(|known| known.person.id != hit.person.id);
                    if new && (found.len() as u64) < it.limit {
                        found.push(hit);
                    }
                }
            }
            Ok(found)
        }
    }
}

/// A name that fits: whose it is, and whether it is in use. It is read from the index alone.
type Named = (PersonId, String, bool);

const SOUND: [entity::Column; 3] = [entity::Column::Sound, entity::Column::Name, entity::Column::PersonId];

fn named((_, name, used): &Named) -> How {
    if *used { How::Name } else { How::FormerName(name.clone()) }
}

/// The names of a person, the one in use first; former ones after it.
pub async fn names_of(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<PersonName>, DbErr> {
    write::names_of(db, person).await
}

async fn by_name(
    db: &impl ConnectionTrait,
    (it, sight): &Among<'_>,
    which: Condition,
    order: [entity::Column; 3],
) -> Result<Vec<Named>, DbErr> {
    let wholly = entity::Column::UnitId.in_subquery(units(it.scopes, it.unit));
    let seen = sight.iter().fold(Condition::any().add(wholly), |any, sight| {
        any.add(entity::Column::PersonId.in_subquery(sight.ids(it.unit)))
    });
    let names = entity::Entity::find()
        .select_only()
        .column(entity::Column::PersonId)
        .column(entity::Column::Name)
        .column(entity::Column::Used)
        .filter(which)
        .filter(seen);
    let names = order.into_iter().fold(names, QueryOrder::order_by_asc);
    names.limit(it.limit).into_tuple().all(db).await
}

/// The units of these scopes that are called so, or nearly.
pub(in crate::person) fn units(scopes: &[Scope], name: &str) -> SelectStatement {
    Query::select()
        .column((unit::Entity, unit::Column::Id))
        .from(unit::Entity)
        .cond_where(store::units_within(scopes))
        .cond_where(of_unit(name))
        .to_owned()
}

async fn by_number(
    db: &impl ConnectionTrait,
    among: &Among<'_>,
    which: Condition,
) -> Result<Vec<Hit>, DbErr> {
    let (it, sight) = among;
    let wholly = Condition::all().add(store::within(it.scopes)).add(of_unit(it.unit));
    let seen = sight.iter().fold(Condition::any().add(wholly), |any, sight| any.add(sight.people(it.unit)));
    let found: Vec<PersonId> = people::Entity::find()
        .join(JoinType::InnerJoin, people::Relation::Unit.def())
        .filter(which)
        .filter(seen)
        .order_by_asc(people::Column::Id)
        .limit(it.limit)
        .all(db)
        .await?
        .into_iter()
        .map(|person| person.merged_into.unwrap_or(person.id))
        .collect();
    let persons = kept(db, among, &found).await?;
    Ok(persons.into_iter().map(|person| Hit { person, how: How::Number }).collect())
}

/// Names to persons, in the order of the names, each person once.
async fn hits(
    db: &impl ConnectionTrait,
    among: &Among<'_>,
    found: &[Named],
    how: impl Fn(&Named) -> How,
) -> Result<Vec<Hit>, DbErr> {
    let ids: Vec<PersonId> = found.iter().map(|(person, ..)| *person).collect();
    let rows = store::find_all(db, &ids).await?;
    let target = |id: PersonId| rows.iter().find(|row| row.id == id).map(|row| row.merged_into.unwrap_or(id));
    let targets: Vec<PersonId> = ids.iter().filter_map(|id| target(*id)).collect();
    let persons = kept(db, among, &targets).await?;
    let mut hits: Vec<Hit> = Vec::new();
    for row in found {
        let Some(id) = target(row.0) else { continue };
        if hits.iter().any(|hit| hit.person.id == id) {
            continue;
        }
        if let Some(person) = persons.iter().find(|person| person.id == id) {
            hits.push(Hit { person: person.clone(), how: how(row) });
        }
    }
    Ok(hits)
}

async fn kept(
    db: &impl ConnectionTrait,
    (it, sight): &Among<'_>,
    ids: &[PersonId],
) -> Result<Vec<Person>, DbErr> {
    let wholly = Condition::any().add(store::within(it.scopes));
    let seen = sight.iter().fold(wholly, |any, sight| any.add(sight.people("")));
    people::Entity::find()
        .join(JoinType::InnerJoin, people::Relation::Unit.def())
        .filter(people::Column::Id.is_in(ids.iter().copied()))
        .filter(people::Column::MergedInto.is_null())
        .filter(seen)
        .all(db)
        .await
}

fn begins(column: entity::Column, text: &str) -> Condition {
    Condition::all().add(column.gte(text)).add(column.lt(format!("{text}{}", char::MAX)))
}

fn of_unit(name: &str) -> Condition {
    let name: String = name.trim().chars().filter(|c| !matches!(c, '%' | '_' | '\\')).collect();
    if name.is_empty() { Condition::all() } else { Condition::all().add(unit::Column::Name.contains(name)) }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn one_field_takes_everything() {
        assert_eq!(Asked::read(" 王 𬭎"), Asked::Characters("王𬭎".to_owned()));
        assert_eq!(Asked::read("Wáng Hóng"), Asked::Letters("wanghong".to_owned()));
        assert!(matches!(Asked::read("138 0000 1234"), Asked::Phone(_)));
        assert!(matches!(Asked::read("330102194910010017"), Asked::Identity(_)));
        for nothing in ["", "%", "12", "330102194910010018"] {
            assert_eq!(Asked::read(nothing), Asked::Nothing, "{nothing:?}");
        }
    }
}
