//! Proofs of the roles that are granted over places.

use std::{fmt, marker::PhantomData, sync::Arc};

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Grants, Live, Place, Role, Scope};
use crate::ids::{AccountId, GrantId};

/// Which role a [`Proof`] proves. Implemented by the marks in [`held`] only.
pub trait Held: held::Sealed {
    /// The role.
    const ROLE: Role;
}

/// One mark per role, so that an approver's proof is no worker's proof to the compiler.
pub mod held {
    use super::{Held, Role};

    /// Keeps [`Held`] to this file.
    pub trait Sealed {}

    macro_rules! marks {
        ($($name:ident),+) => {$(
            #[doc = concat!("The mark of [`Role::", stringify!($name), "`].")]
            #[derive(Clone, Copy, Debug)]
            pub enum $name {}
            impl Sealed for $name {}
            impl Held for $name {
                const ROLE: Role = Role::$name;
            }
        )+};
    }

    marks!(Worker, Approver, Payer, Publisher, AuditAdmin, SystemAdmin, SecurityAdmin);
}

/// A login held a role over a scope when the proof was made. Made per request, never kept.
#[derive(Clone)]
pub struct Proof<R> {
    account: AccountId,
    stands_for: Option<AccountId>,
    scope: Scope,
    reach: Arc<[Scope]>,
    grant: GrantId,
    role: PhantomData<fn() -> R>,
}

/// 离退休干部工作者 (home visitors are workers too).
pub type Worker = Proof<held::Worker>;
/// 审批人.
pub type Approver = Proof<held::Approver>;
/// 出纳.
pub type Payer = Proof<held::Payer>;
/// 公示发布人.
pub type Publisher = Proof<held::Publisher>;
/// 审计管理员.
pub type AuditAdmin = Proof<held::AuditAdmin>;
/// 系统管理员.
pub type SystemAdmin = Proof<held::SystemAdmin>;
/// 安全管理员.
pub type SecurityAdmin = Proof<held::SecurityAdmin>;

impl<R: Held> Proof<R> {
    /// Asks the database: `Worker::prove(&tx, &account, &region, now)`. `None`: the login may not.
    pub async fn prove(
        db: &impl ConnectionTrait,
        account: &AccountId,
        place: impl Into<Place>,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, DbErr> {
        let place = place.into();
        Ok(Self::among(&Grants::of(db, account, now).await?, place))
    }

    /// Asks grants that are loaded already.
    pub fn among(grants: &Grants, place: impl Into<Place>) -> Option<Self> {
        let place = place.into();
        grants.covering(R::ROLE, &place).map(|live| Self::new(grants, live))
    }

    /// One for each grant that reaches the place, a login's own before those of others: where it matters which.
    pub fn all_among(grants: &Grants, place: impl Into<Place>) -> impl Iterator<Item = Self> {
        let place = place.into();
        grants.all_covering(R::ROLE, &place).into_iter().map(|live| Self::new(grants, live))
    }

    /// For what is at two places at once, of which one grant may reach the one and another the other. Whose grant it is, is said of the
    /// one that is borrowed, if either is.
    pub fn among_both(grants: &Grants, (one, other): (Place, Place)) -> Option<Self> {
        let (first, second) = (grants.covering(R::ROLE, &one)?, grants.covering(R::ROLE, &other)?);
        if first.covers(&other) {
            return Some(Self::new(grants, first));
        }
        let named = if first.stands_for.is_some() { first } else { second };
        let reach = first.reach.iter().chain(second.reach.iter()).cloned().collect();
        Some(Self { reach, ..Self::new(grants, named) })
    }

    /// The role held anywhere, by its widest scope: for pages that are about no place in particular. Lists
    /// are filtered by [`Grants::scopes`], commands ask [`Proof::covers`].
    pub fn somewhere(grants: &Grants) -> Option<Self> {
        grants.widest(R::ROLE).map(|live| Self::new(grants, live))
    }

    /// The role as it was granted over exactly this: for what is about a node of a tree and no place.
    pub fn over(grants: &Grants, scope: &Scope) -> Option<Self> {
        let live = grants.all().iter().find(|live| live.role == R::ROLE && live.scope == *scope);
        live.map(|live| Self::new(grants, live))
    }

    fn new(grants: &Grants, live: &Live) -> Self {
        Self {
            account: grants.account().clone(),
            stands_for: live.stands_for.clone(),
            scope: live.scope.clone(),
            reach: Arc::clone(&live.reach),
            grant: live.grant,
            role: PhantomData,
        }
    }

    /// Who acts.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// 代理: whose grant it is, when the one who acts stands in for somebody.
    pub fn stands_for(&self) -> Option<&AccountId> {
        self.stands_for.as_ref()
    }

    /// Is it this login that acts, or for whom somebody acts? Where two must be two, neither may be both.
    pub fn is(&self, account: &AccountId) -> bool {
        self.account == *account || self.stands_for.as_ref() == Some(account)
    }

    /// As what.
    pub fn role(&self) -> Role {
        R::ROLE
    }

    /// Over what.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Over what, with a node of a tree turned into what it reaches today: for lists.
    pub fn reach(&self) -> &[Scope] {
        &self.reach
    }

    /// By which grant.
    pub fn grant(&self) -> GrantId {
        self.grant
    }

    /// Does the proof reach this place too? A command asks before it touches a row.
    pub fn covers(&self, place: impl Into<Place>) -> bool {
        let place = place.into();
        self.reach.iter().any(|scope| scope.covers(&place))
    }
}

impl<R: Held> fmt::Debug for Proof<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({} in {}", R::ROLE, self.account, self.scope)?;
        if let Some(account) = &self.stands_for {
            write!(f, " for {account}")?;
        }
        f.write_str(")")
    }
}
