//! Every call the simulator knows: a list of lists, each family's beside its code.

use crate::http::endpoint::{Endpoint, Face};
use crate::http::{
    calendar, callback, card, check_in, directory, group, message, sign_in, stream, todo, workflow,
};

const FAMILIES: [&[Endpoint]; 11] = [
    sign_in::CALLS,
    directory::CALLS,
    message::CALLS,
    group::CALLS,
    workflow::CALLS,
    card::CALLS,
    todo::CALLS,
    calendar::CALLS,
    check_in::CALLS,
    callback::CALLS,
    stream::CALLS,
];

pub(super) fn all() -> impl Iterator<Item = &'static Endpoint> {
    FAMILIES.into_iter().flatten()
}

/// The call that this is, with what stands in its path where the table has braces. A path without braces goes first.
pub(super) fn find(method: &str, path: &str) -> Option<(&'static Endpoint, Vec<String>)> {
    let same = || all().filter(|endpoint| endpoint.method == method);
    let plain = same().find(|endpoint| endpoint.path == path);
    plain
        .map(|endpoint| (endpoint, Vec::new()))
        .or_else(|| same().find_map(|endpoint| endpoint.parts(path).map(|parts| (endpoint, parts))))
}

/// Which generation an unknown path would belong to.
pub(super) fn face_of(path: &str) -> Face {
    if path.starts_with("/v1.0/") || path.starts_with("/v2.0/") { Face::New } else { Face::Old }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{all, find};
    use crate::http::endpoint::Cost;
    use dingtalk::limits;

    #[test]
    fn a_path_gives_up_what_stands_where_the_table_has_braces() {
        let parts = |path| find("PUT", path).map(|(_, parts)| parts);
        let path = "/v1.0/todo/users/U%2Bq%3D/tasks/t+1=";
        assert_eq!(parts(path), Some(vec!["U+q=".to_owned(), "t+1=".to_owned()]));
        for path in ["/v1.0/todo/users/U/tasks", "/v1.0/todo/users//tasks/t", "/v1.0/todo/users/U/tasks/t/x"]
        {
            assert_eq!(parts(path), None, "{path}");
        }
    }

    /// Both sides name the same calls and count the same of them.
    #[test]
    fn the_client_and_the_simulator_agree_on_what_exists_and_what_it_costs() {
        let plain = |name: &str| {
            let mut parts: Vec<_> = name.split('/').collect();
            for part in &mut parts {
                if part.starts_with('{') {
                    *part = "{}";
                }
            }
            parts.join("/")
        };
        let ours: BTreeMap<_, _> = all()
            .map(|one| (plain(&format!("{} {}", one.method, one.path)), one.cost == Cost::Counted))
            .collect();
        let theirs: BTreeMap<_, _> =
            limits::APIS.iter().map(|api| (plain(api.name), api.cost == limits::Cost::Counted)).collect();
        assert_eq!(all().count(), ours.len(), "no call is there twice");
        for (name, counted) in &ours {
            assert_eq!(theirs.get(name), Some(counted), "{name} in the client's table");
        }
        for name in theirs.keys() {
            assert!(ours.contains_key(name), "{name} is not simulated");
        }
    }
}
