//! Every address of the product, in one list: the table of contents, and the place where each says who may use it. A route cannot be
//! mounted without saying so, and a test reads the list.

use std::collections::BTreeMap;

use actix_web::{
    FromRequest, Handler, Resource, Responder, Route as ActixRoute,
    http::Method,
    middleware::from_fn,
    web::{self, ServiceConfig},
};

use crate::{
    account, aid, assets, authority, branch, budget, callback, consent, console, declaration,
    desk::{Entry, Opens},
    export, grievance, home, intake, outreach,
    page::{Icon, catch_panic},
    person, retention, second_factor, segment, session, statistics, trail, treatment, tree, wish,
};

/// Who may use an address. The handler's extractors enforce it; this is what it is checked against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody: style sheets, the entrance.
    Public,
    /// DingTalk, by its signature.
    Platform,
    /// A login of the tenant.
    SignedIn,
    /// A login of the tenant that holds a role or post; what it may not know of does not exist for it.
    Role,
}

/// An address.
pub struct Route {
    /// GET or POST.
    pub method: Method,
    /// With placeholders.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// Who of the desk comes in, where that hangs by what he holds alone. The extractor of a signed-in reader keeps to it.
    pub opens: Option<Opens>,
    /// The navigation leads here.
    pub entry: Option<Entry>,
    /// An act of high risk. The extractors of a sent form hold it up until a second factor was shown.
    pub risky: bool,
    mount: Box<dyn Fn() -> ActixRoute>,
}

impl Route {
    /// An address that shows something.
    pub fn get<F, Args>(path: &'static str, access: Access, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let mount = Box::new(move || guarded(web::get().to(handler.clone())));
        Self { method: Method::GET, path, access, opens: None, entry: None, risky: false, mount }
    }

    /// An address that changes something.
    pub fn post<F, Args>(path: &'static str, access: Access, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let mount = Box::new(move || guarded(web::post().to(handler.clone())));
        Self { method: Method::POST, path, access, opens: None, entry: None, risky: false, mount }
    }

    /// Says who of the desk comes in.
    #[must_use]
    pub fn to(self, opens: Opens) -> Self {
        Self { opens: Some(opens), ..self }
    }

    /// The same of an entry of the navigation, so far from its top.
    #[must_use]
    pub fn entry(self, (place, icon, name): (u8, Icon, &'static str), opens: Opens) -> Self {
        Self { entry: Some(Entry { place, icon, name }), ..self.to(opens) }
    }

    /// Says that it is an act of high risk: somebody is granted what he may do; money leaves, or many people go in or out as a file; a rule
    /// that counts for everybody is decided, or what is kept is destroyed; a sealed number or a provincial leader's record is opened. What
    /// is only asked for waits for a second person, whose word is one. A decision on aid is none: DingTalk takes it, too, where nobody asks
    /// for a code, and on our page it has a fresh sign-in of its own.
    #[must_use]
    pub fn risky(self) -> Self {
        Self { risky: true, ..self }
    }
}

/// A handler that panics answers like any other defect.
fn guarded(route: ActixRoute) -> ActixRoute {
    route.wrap(from_fn(catch_panic))
}

/// All of them, feature by feature.
pub fn all() -> Vec<Route> {
    [
        assets::routes(),
        session::routes(),
        home::routes(),
        account::routes(),
        consent::routes(),
        wish::routes(),
        branch::routes(),
        aid::routes(),
        console::routes(),
        budget::routes(),
        grievance::routes(),
        outreach::routes(),
        person::routes(),
        authority::routes(),
        second_factor::routes(),
        declaration::routes(),
        treatment::routes(),
        statistics::routes(),
        segment::routes(),
        intake::routes(),
        export::routes(),
        trail::routes(),
        retention::routes(),
        tree::routes(),
        callback::routes(),
        #[cfg(feature = "demo")]
        crate::demo::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Mounts them. An address that is there but not for this method answers 405, by its resource.
pub fn configure(config: &mut ServiceConfig) {
    let mut resources: BTreeMap<&str, Resource> = BTreeMap::new();
    for route in all() {
        let resource = resources.remove(route.path).unwrap_or_else(|| web::resource(route.path));
        resources.insert(route.path, resource.route((route.mount)()));
    }
    // Fixed addresses before those with placeholders: `/aid/apply/check` is not the question "check".
    let (patterns, fixed): (Vec<_>, Vec<_>) = resources.into_iter().partition(|(path, _)| path.contains('{'));
    for (_, resource) in fixed.into_iter().chain(patterns) {
        config.service(resource);
    }
}
