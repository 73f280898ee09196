//! What is known of one call before it is made.

use super::table::APIS;

/// Whether a call is taken off the month's quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// Tokens, sign-in, the directory.
    Free,
    /// Everything else, once for each call that was not turned away for being too fast.
    Counted,
}

/// A call of the platform, with what limits it beside the calls in a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Api {
    /// `POST /v1.0/…`; a part of the path that differs from call to call is in braces.
    pub name: &'static str,
    /// Counted or free.
    pub cost: Cost,
    /// The most recipients (people, receivers of a message) of one call.
    pub most: Option<usize>,
    /// The most calls in a minute for one subject, e.g. one robot's webhook.
    pub per_minute: Option<u32>,
    /// The same content reaches the same person once a day; a repetition is dropped without a word.
    pub once_a_day: bool,
}

impl Api {
    pub(super) const fn free(name: &'static str) -> Self {
        Self { name, cost: Cost::Free, most: None, per_minute: None, once_a_day: false }
    }

    pub(super) const fn counted(name: &'static str) -> Self {
        Self { cost: Cost::Counted, ..Self::free(name) }
    }

    pub(super) const fn most(self, most: usize) -> Self {
        Self { most: Some(most), ..self }
    }

    pub(super) const fn per_minute(self, calls: u32) -> Self {
        Self { per_minute: Some(calls), ..self }
    }

    pub(super) const fn once_a_day(self) -> Self {
        Self { once_a_day: true, ..self }
    }

    fn is(&self, method: &str, path: &str) -> bool {
        let Some((known, template)) = self.name.split_once(' ') else { return false };
        let (mut wanted, mut given) = (template.split('/'), path.split('/'));
        known == method
            && loop {
                match (wanted.next(), given.next()) {
                    (None, None) => break true,
                    (Some(part), Some(given))
                        if part == given || (part.starts_with('{') && !given.is_empty()) => {}
                    _ => break false,
                }
            }
    }
}

/// What is known of a call; `None` for one that the table does not name, which is to be taken for counted.
pub fn api(method: &str, path: &str) -> Option<&'static Api> {
    APIS.iter().find(|api| api.is(method, path))
}

/// A call as the limits see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metered {
    /// The name in the table, or method and path of a call that it does not name.
    pub name: String,
    /// Counted or free.
    pub cost: Cost,
    /// The most calls in a minute for one subject.
    pub per_minute: Option<u32>,
}

impl Metered {
    pub(crate) fn of(method: &str, path: &str) -> Self {
        match api(method, path) {
            Some(api) => Self { name: api.name.to_owned(), cost: api.cost, per_minute: api.per_minute },
            None => Self { name: format!("{method} {path}"), cost: Cost::Counted, per_minute: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{APIS, Cost, Metered, api};

    #[test]
    fn no_call_is_there_twice_and_each_has_a_method_and_a_path() {
        let names: BTreeSet<_> = APIS.iter().map(|api| api.name).collect();
        assert_eq!(names.len(), APIS.len());
        for name in names {
            let (method, path) = name.split_once(' ').unwrap();
            assert!(["GET", "POST", "PUT", "DELETE"].contains(&method) && path.starts_with('/'), "{name}");
        }
    }

    #[test]
    fn a_call_is_found_by_its_path_and_what_is_unknown_counts() {
        let table = [
            ("POST", "/topapi/v2/user/get", Some(Cost::Free)),
            ("GET", "/topapi/v2/user/get", None),
            ("POST", "/v1.0/oauth2/dingcorp1/token", Some(Cost::Free)),
            ("POST", "/v1.0/oauth2//token", None),
            ("POST", "/v1.0/robot/oToMessages/batchSend", Some(Cost::Counted)),
            ("PUT", "/v1.0/todo/users/u1/tasks/t1", Some(Cost::Counted)),
            ("PUT", "/v1.0/todo/users/u1/tasks/t1/more", None),
        ];
        for (method, path, cost) in table {
            assert_eq!(api(method, path).map(|api| api.cost), cost, "{method} {path}");
        }
        let unknown = Metered::of("POST", "/v9.9/new");
        assert_eq!((unknown.name.as_str(), unknown.cost), ("POST /v9.9/new", Cost::Counted));
    }

    #[test]
    fn limits_of_single_calls_can_be_read() {
        let most = |method, path| api(method, path).and_then(|api| api.most);
        assert_eq!(most("POST", "/topapi/message/corpconversation/asyncsend_v2"), Some(100));
        assert_eq!(most("POST", "/v1.0/robot/oToMessages/batchSend"), Some(20));
        assert_eq!(api("POST", "/robot/send").and_then(|api| api.per_minute), Some(20));
        assert!(api("POST", "/topapi/message/corpconversation/asyncsend_v2").unwrap().once_a_day);
    }
}
