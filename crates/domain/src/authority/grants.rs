//! The live grants of one login, loaded once for a page or a command: its own, and those under which it stands in for somebody.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{DataClass, Grant, Place, PlaceKind, Role, Scope, store, substitution};
use crate::{
    calendar::local_date,
    ids::{AccountId, GrantId, RegionCode},
    tree,
};

/// One grant that is in force, with what it reaches today.
#[derive(Clone, Debug)]
pub struct Live {
    /// The grant.
    pub grant: GrantId,
    /// The role.
    pub role: Role,
    /// Where, as it was granted.
    pub scope: Scope,
    /// Until when, if it ends by itself.
    pub until: Option<DateTime<Utc>>,
    /// Whose it is, when it is a substitute who acts under it.
    pub stands_for: Option<AccountId>,
    /// Where, with the nodes of trees turned into what they reach: units, branches, regions. What a corps reaches is not among them.
    pub(super) reach: Arc<[Scope]>,
    /// The regions in which a corps works. They count for volunteering and for nothing else.
    corps: Arc<[Scope]>,
}

/// What a login holds at one moment.
#[derive(Clone, Debug)]
pub struct Grants {
    account: AccountId,
    live: Vec<Live>,
}

impl Live {
    /// Does it reach the place?
    pub fn covers(&self, place: &Place) -> bool {
        self.reach.iter().any(|scope| scope.covers(place))
    }

    async fn of(
        db: &impl ConnectionTrait,
        grant: Grant,
        stands_for: Option<AccountId>,
        now: DateTime<Utc>,
    ) -> Result<Self, DbErr> {
        let today = local_date(now);
        let (reach, corps): (Vec<Scope>, Vec<Scope>) = match &grant.scope {
            Scope::Organ(node) => {
                let units = tree::store::reach(db, *node, today).await?.units;
                (units.into_iter().map(Scope::Unit).collect(), Vec::new())
            }
            Scope::Party(node) => {
                let branches = tree::store::reach(db, *node, today).await?.branches;
                (branches.into_iter().map(Scope::Branch).collect(), Vec::new())
            }
            Scope::Corps(node) => {
                let regions = tree::store::reach(db, *node, today).await?.regions;
                (Vec::new(), regions.into_iter().map(Scope::Region).collect())
            }
            scope => (vec![scope.clone()], Vec::new()),
        };
        Ok(Self {
            grant: grant.id,
            role: grant.role,
            scope: grant.scope,
            until: grant.valid_to,
            stands_for,
            reach: reach.into(),
            corps: corps.into(),
        })
    }
}

impl Grants {
    /// Loads them. A login that has left the tenant holds nothing, whatever its rows say; an administrator stands in for nobody.
    pub async fn of(
        db: &impl ConnectionTrait,
        account: &AccountId,
        now: DateTime<Utc>,
    ) -> Result<Self, DbErr> {
        let mut live = Vec::new();
        for grant in store::of_active_account(db, account).await? {
            if grant.is_live(now) {
                live.push(Live::of(db, grant, None, now).await?);
            }
        }
        if !live.iter().any(|live| live.role.is_admin()) {
            for grant in substitution::store::standing_in(db, account, now).await? {
                let stands_for = Some(grant.account_id.clone());
                live.push(Live::of(db, grant, stands_for, now).await?);
            }
        }
        Ok(Self { account: account.clone(), live })
    }

    /// Whose they are.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// No role at all: a retiree, or a family member.
    pub fn is_empty(&self) -> bool {
        self.live.is_empty()
    }

    /// Does the login hold the role anywhere?
    pub fn has(&self, role: Role) -> bool {
        self.live.iter().any(|live| live.role == role)
    }

    /// Does any of its roles ask for a second factor, a borrowed one too?
    pub fn need_second_factor(&self) -> bool {
        self.live.iter().any(|live| live.role.needs_second_factor())
    }

    /// Where the login holds the role: for lists, which are filtered by scope.
    pub fn scopes(&self, role: Role) -> impl Iterator<Item = &Scope> {
        self.live.iter().filter(move |live| live.role == role).flat_map(|live| live.reach.iter())
    }

    /// The regions in which the login holds the role: for what is counted by region.
    pub fn regions(&self, role: Role) -> impl Iterator<Item = &RegionCode> {
        self.scopes(role).filter_map(|scope| match scope {
            Scope::Region(code) => Some(code),
            _ => None,
        })
    }

    /// The regions in which a corps works over which the login holds the role. They are none of its own.
    pub fn corps(&self, role: Role) -> impl Iterator<Item = &RegionCode> {
        let mine = self.live.iter().filter(move |live| live.role == role);
        mine.flat_map(|live| live.corps.iter()).filter_map(|scope| match scope {
            Scope::Region(code) => Some(code),
            _ => None,
        })
    }

    /// Where the login holds the role, as far as it counts for a class of data.
    pub fn scopes_for(&self, role: Role, class: DataClass) -> Vec<Scope> {
        let corps = |live: &Live| {
            let counts = class == DataClass::Volunteering;
            live.corps.iter().filter(move |_| counts).cloned().collect::<Vec<_>>()
        };
        let mine = self.live.iter().filter(|live| live.role == role);
        let all = mine.flat_map(|live| live.reach.iter().cloned().chain(corps(live)).collect::<Vec<_>>());
        all.filter(|scope| class.place().meets(scope)).collect()
    }

    /// May the login, in the role, know of something of this class that is at this place?
    pub fn may(&self, role: Role, class: DataClass, place: &Place) -> bool {
        self.scopes_for(role, class).iter().any(|scope| scope.covers(place))
    }

    /// Every live grant, for "what may I do" pages.
    pub fn all(&self) -> &[Live] {
        &self.live
    }

    /// Where the login comes by people's matters, in whichever role.
    pub fn everywhere(&self) -> Vec<Scope> {
        let roles = self.live.iter().filter(|live| live.role.sees_matters());
        let all = roles.flat_map(|live| live.reach.iter());
        all.filter(|scope| PlaceKind::ManagingUnit.meets(scope)).cloned().collect()
    }

    /// The grant under which the login holds the role at the place: its own before another's, the widest of these.
    pub(super) fn covering(&self, role: Role, place: &Place) -> Option<&Live> {
        self.all_covering(role, place).into_iter().next()
    }

    /// All of them, in that order.
    pub(super) fn all_covering(&self, role: Role, place: &Place) -> Vec<&Live> {
        let mut there: Vec<&Live> =
            self.live.iter().filter(|live| live.role == role && live.covers(place)).collect();
        there.sort_by_key(|live| (live.stands_for.is_some(), live.scope.to_string().len()));
        there
    }

    /// The widest grant of the role.
    pub(super) fn widest(&self, role: Role) -> Option<&Live> {
        let mine = self.live.iter().filter(|live| live.role == role);
        mine.min_by_key(|live| live.scope.to_string().len())
    }
}
