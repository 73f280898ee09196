//! Into which places somebody may send a list: the regions and units for which he works.

use domain::{
    authority::{Grants, Place, Role, Scope},
    calendar::local_date,
    person,
    region::Regions,
};

use crate::{app::App, page::PageError};

/// A place, with the name that a form shows.
pub(super) struct Target {
    pub(super) scope: Scope,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) place: Place,
}

/// All of them, by name.
pub(super) async fn places(app: &App, grants: &Grants) -> Result<Vec<Target>, PageError> {
    let (regions, today) = (Regions::load(&app.db).await?, local_date(app.clock.now()));
    let mut all: Vec<Target> = Vec::new();
    for scope in grants.scopes(Role::Worker) {
        let (name, place) = match scope {
            Scope::Region(code) => (regions.full_name(code, today), Place::from(code)),
            Scope::Unit(id) => match person::store::find_unit(&app.db, *id).await? {
                Some(unit) if unit.closed_on.is_none_or(|closed| today < closed) => {
                    (unit.name.clone(), unit.place())
                }
                _ => continue,
            },
            _ => continue,
        };
        let code = scope.to_string();
        if all.iter().all(|known| known.code != code) {
            all.push(Target { scope: scope.clone(), code, name, place });
        }
    }
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}
