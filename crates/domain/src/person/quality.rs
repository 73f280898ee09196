//! 数据质量: records in which something is missing or contradicts itself, so that somebody looks into the file or telephones.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait, Select,
    sea_query::{Expr, ExprTrait, IntoColumnRef, Query, SelectStatement},
};

use super::{
    Person, Retirement, contact, entity,
    fact::{self, FactKind},
    store,
};
use crate::{account, authority::Scope, branch, ids::PersonId};

/// What is not right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 去世以后还有组织关系或账号: something did not stop.
    DeadButActive,
    /// 党员, of no branch.
    PartyWithoutBranch,
    /// No identity number.
    NoNumber,
    /// The number was made of one with fifteen digits, and nobody has held it against a card.
    NumberDerived,
    /// No telephone of anybody.
    NoTelephone,
    /// Nobody knows where.
    NoResidence,
    /// 离休, and nobody knows since when.
    NoJoining,
}

impl Fault {
    /// All of them, the gravest first.
    pub const ALL: [Self; 7] = [
        Self::DeadButActive,
        Self::PartyWithoutBranch,
        Self::NoJoining,
        Self::NoNumber,
        Self::NumberDerived,
        Self::NoTelephone,
        Self::NoResidence,
    ];

    /// The word in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::DeadButActive => "dead-but-active",
            Self::PartyWithoutBranch => "party-without-branch",
            Self::NoNumber => "no-number",
            Self::NumberDerived => "number-derived",
            Self::NoTelephone => "no-telephone",
            Self::NoResidence => "no-residence",
            Self::NoJoining => "no-joining",
        }
    }

    /// Reads [`Fault::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.code() == code)
    }

    /// The words on screens.
    pub const fn label(self) -> &'static str {
        match self {
            Self::DeadButActive => "已去世，还有组织关系或账号",
            Self::PartyWithoutBranch => "党员，没有组织关系",
            Self::NoNumber => "没有身份证号",
            Self::NumberDerived => "身份证号由老号码换算",
            Self::NoTelephone => "没有联系电话",
            Self::NoResidence => "没有居住地",
            Self::NoJoining => "离休，没有参加革命工作时间",
        }
    }
}

/// Who has the fault, among the people of these scopes, by the age of the record. At most `limit`.
pub async fn people(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    fault: Fault,
    limit: u64,
) -> Result<Vec<Person>, DbErr> {
    found(scopes, fault).order_by_asc(entity::Column::Id).limit(limit).all(db).await
}

/// How many; whoever counts beyond `limit` says "more than".
pub async fn count(
    db: &impl ConnectionTrait,
    scopes: &[Scope],
    fault: Fault,
    limit: u64,
) -> Result<usize, DbErr> {
    let ids = found(scopes, fault).select_only().column(entity::Column::Id).limit(limit);
    let ids: Vec<PersonId> = ids.into_tuple().all(db).await?;
    Ok(ids.len())
}

fn found(scopes: &[Scope], fault: Fault) -> Select<entity::Entity> {
    entity::Entity::find()
        .join(JoinType::InnerJoin, entity::Relation::Unit.def())
        .filter(store::within(scopes))
        .filter(entity::Column::MergedInto.is_null())
        .filter(has(fault))
}

fn has(fault: Fault) -> Condition {
    let living = Condition::all().add(entity::Column::DiedOn.is_null());
    match fault {
        Fault::DeadButActive => Condition::all()
            .add(entity::Column::DiedOn.is_not_null())
            .add(Condition::any().add(member()).add(login())),
        Fault::PartyWithoutBranch => living.add(party()).add(member().not()),
        Fault::NoNumber => living.add(entity::Column::IdentityIndex.is_null()),
        Fault::NumberDerived => living.add(entity::Column::IdentityDerived.eq(true)),
        Fault::NoTelephone => living.add(entity::Column::PhoneIndex.is_null()).add(number().not()),
        Fault::NoResidence => living.add(entity::Column::Residence.is_null()),
        Fault::NoJoining => living
            .add(entity::Column::Retirement.eq(Retirement::Veteran))
            .add(entity::Column::JoinedWorkOn.is_null()),
    }
}

/// Asked of each person, because the list of all members is long and a page needs few.
fn there(of: &mut SelectStatement, person: impl IntoColumnRef, which: Condition) -> Expr {
    let own = Expr::col(person).equals((entity::Entity, entity::Column::Id));
    Expr::exists(of.expr(Expr::val(1)).cond_where(own).cond_where(which).to_owned())
}

fn member() -> Expr {
    let open = Condition::all().add(branch::membership::Column::ToOn.is_null());
    let person = (branch::membership::Entity, branch::membership::Column::PersonId);
    there(Query::select().from(branch::membership::Entity), person, open)
}

fn login() -> Expr {
    let open = Condition::all().add(account::link::Column::ValidTo.is_null());
    there(
        Query::select().from(account::link::Entity),
        (account::link::Entity, account::link::Column::PersonId),
        open,
    )
}

fn party() -> Expr {
    let so = Condition::all()
        .add(fact::entity::Column::Kind.eq(FactKind::PartyMember))
        .add(fact::entity::Column::ToOn.is_null())
        .add(fact::entity::Column::SupersededAt.is_null());
    there(
        Query::select().from(fact::entity::Entity),
        (fact::entity::Entity, fact::entity::Column::PersonId),
        so,
    )
}

fn number() -> Expr {
    let used = Condition::all().add(contact::entity::Column::EndedAt.is_null());
    there(
        Query::select().from(contact::entity::Entity),
        (contact::entity::Entity, contact::entity::Column::PersonId),
        used,
    )
}
