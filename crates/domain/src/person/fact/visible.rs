//! What of a person a reader may know. A page shows what is visible and is the same page when something is not: nothing hints at it.

use super::FactKind;
use crate::authority::{Grants, Place, Role, Scope};

/// May these grants see a fact of this kind, of somebody at this place (the managing unit's)?
///
/// 困难: whoever handles cases there. 省级老领导: workers of the province itself, and the need-to-know list. Everything else: workers of the place.
pub fn visible(kind: FactKind, grants: &Grants, place: &Place) -> bool {
    let holds = |role: Role| grants.scopes(role).any(|scope| scope.covers(place));
    match kind {
        FactKind::ProvincialLeader => grants.scopes(Role::Worker).any(|scope| {
            let province = matches!(scope, Scope::Region(code) if code.as_str().len() == 2);
            scope.covers(place) && (province || scope.is_person())
        }),
        FactKind::Hardship => holds(Role::Worker) || holds(Role::Approver),
        _ => holds(Role::Worker),
    }
}
