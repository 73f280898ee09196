//! Who of the desk comes in by an entry. It is said once, beside the address; the address keeps to it, and the navigation and the first
//! screen are made of it, so that no link leads somebody to nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use domain::{
    authority::{Grants, PlaceKind, Role, SecurityAdmin},
    tree,
};

use crate::{page::Icon, routes};

/// By what somebody holds: may he come in?
pub type Opens = fn(&Grants) -> bool;

/// An entry of the navigation.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// From the top.
    pub place: u8,
    /// Its drawing.
    pub icon: Icon,
    /// Its words.
    pub name: &'static str,
}

/// What is said beside the addresses.
struct Desk {
    opens: BTreeMap<&'static str, Opens>,
    entries: Vec<(&'static str, Entry, Opens)>,
    risky: BTreeSet<&'static str>,
}

static DESK: LazyLock<Desk> = LazyLock::new(|| {
    let (mut opens, mut entries, mut risky) = (BTreeMap::new(), Vec::new(), BTreeSet::new());
    for route in routes::all() {
        if route.risky {
            risky.insert(route.path);
        }
        if let Some(whom) = route.opens {
            opens.insert(route.path, whom);
            entries.extend(route.entry.map(|entry| (route.path, entry, whom)));
        }
    }
    entries.sort_by_key(|(_, entry, _)| entry.place);
    Desk { opens, entries, risky }
});

/// Does an address let somebody in, by what he holds? One that asks nothing before its own rows lets everybody in.
pub fn lets_in(path: &str, grants: &Grants) -> bool {
    DESK.opens.get(path).is_none_or(|opens| opens(grants))
}

/// Is a form that is sent here an act of high risk? The address with its placeholders.
pub fn is_risky(pattern: &str) -> bool {
    DESK.risky.contains(pattern)
}

/// The entries by which somebody comes in, from the top.
pub fn entries(grants: &Grants) -> Vec<(&'static str, Entry)> {
    let mine = DESK.entries.iter().filter(|(_, _, opens)| opens(grants));
    mine.map(|(path, entry, _)| (*path, *entry)).collect()
}

/// Holds any role.
pub fn anybody(grants: &Grants) -> bool {
    !grants.is_empty()
}

/// Finds people: wholly, or the part that is the party's or a corps'.
pub fn finds(grants: &Grants) -> bool {
    grants.scopes(Role::Worker).next().is_some() || grants.corps(Role::Worker).next().is_some()
}

/// Works for people of some units or regions, whose whole record it is.
pub fn works(grants: &Grants) -> bool {
    manages(grants, &[Role::Worker])
}

/// Works for a region.
pub fn works_for_a_region(grants: &Grants) -> bool {
    grants.regions(Role::Worker).next().is_some()
}

/// Works for people, or audits there.
pub fn works_or_audits(grants: &Grants) -> bool {
    manages(grants, &[Role::Worker, Role::AuditAdmin])
}

/// Works for people, decides about them, or audits there.
pub fn decides_or_audits(grants: &Grants) -> bool {
    manages(grants, &[Role::Worker, Role::Approver, Role::AuditAdmin])
}

/// Works for people, decides about them, or pays there.
pub fn decides_or_pays(grants: &Grants) -> bool {
    manages(grants, &[Role::Worker, Role::Approver, Role::Payer])
}

/// Any of these.
pub fn decides_pays_or_audits(grants: &Grants) -> bool {
    manages(grants, &[Role::Worker, Role::Approver, Role::Payer, Role::AuditAdmin])
}

/// Reads about the money of a region.
pub fn reads_money(grants: &Grants) -> bool {
    let roles = [Role::Worker, Role::Approver, Role::Payer, Role::AuditAdmin];
    roles.into_iter().any(|role| grants.regions(role).next().is_some())
}

/// Comes by people's matters, in whichever role.
pub fn sees_matters(grants: &Grants) -> bool {
    !grants.everywhere().is_empty()
}

/// 审计.
pub fn audits(grants: &Grants) -> bool {
    grants.has(Role::AuditAdmin)
}

/// 安全.
pub fn secures(grants: &Grants) -> bool {
    grants.has(Role::SecurityAdmin)
}

/// 系统.
pub fn runs(grants: &Grants) -> bool {
    grants.has(Role::SystemAdmin)
}

/// Changes the four trees, or reads them.
pub fn trees(grants: &Grants) -> bool {
    runs(grants) || SecurityAdmin::somewhere(grants).as_ref().is_some_and(tree::desk::may)
}

fn manages(grants: &Grants, roles: &[Role]) -> bool {
    roles.iter().any(|role| grants.scopes(*role).any(|scope| PlaceKind::ManagingUnit.meets(scope)))
}
