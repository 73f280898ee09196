//! The frame around a page.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, ContentType},
    },
};
use askama::Template;
use domain::{account::TextSize, authority::Grants, calendar::say};

use super::{Icon, Mistakes};
use crate::{
    app::App,
    desk::{self, Entry},
    page::PageError,
};

/// What the base templates need. Every page's struct has it as `frame`.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Title and heading, which are the same words.
    pub title: String,
    /// Whom to call.
    pub help_name: String,
    /// As people read it.
    pub help_phone: String,
    /// As a telephone takes it.
    pub help_tel: String,
    /// Of forms; empty where nobody is signed in.
    pub csrf: String,
    /// What is wrong with the form on the page.
    pub mistakes: Mistakes,
    /// What was just done, after a form.
    pub said: Option<&'static str>,
    /// Who reads, on the desk.
    pub reader: String,
    /// Who uses a phone that several people share.
    pub using: Option<Using>,
    /// The desk's way around.
    pub nav: Vec<NavItem>,
    /// Is it a page of the desk: denser, with the way around on the left?
    pub desk: bool,
    /// How large the reader reads.
    pub size: TextSize,
    /// Light letters on a dark ground?
    pub dark: bool,
    /// Whose accent the page wears.
    pub brand: Brand,
}

/// Who uses a phone that several people share.
#[derive(Clone, Debug)]
pub struct Using {
    /// For whom; `None` for the login's owner.
    pub acting: Option<String>,
}

/// The three brands, each with its accent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brand {
    /// 银领先锋: party branches. The product's own pages wear it too.
    Pioneer,
    /// 银耀之江: volunteers.
    Volunteer,
    /// 银尚乐活: aid, care, learning.
    Care,
}

/// A line of the desk's navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// Where it leads.
    pub href: &'static str,
    /// Its drawing.
    pub icon: Icon,
    /// Its words.
    pub name: &'static str,
    /// How many things wait there.
    pub count: usize,
    /// Is this page there?
    pub here: bool,
}

impl Frame {
    /// For somebody who is not signed in.
    pub fn anonymous(app: &App) -> Self {
        Self::new(app, TextSize::Large, String::new())
    }

    /// The same, for the desk.
    #[must_use]
    pub fn console(self) -> Self {
        self.console_at("/console")
    }

    /// The same at one of the entries.
    #[must_use]
    pub fn console_at(self, here: &str) -> Self {
        let all = self.nav.iter().cloned();
        let nav = all.map(|item| NavItem { here: item.href == here, ..item }).collect();
        Self { desk: true, nav, ..self }
    }

    /// The way around of whoever holds these: the entries by which he comes in, and no other.
    #[must_use]
    pub fn held_by(self, grants: &Grants) -> Self {
        Self { nav: around(desk::entries(grants)), ..self }
    }

    /// For a reader.
    pub fn new(app: &App, size: TextSize, csrf: String) -> Self {
        let help = &app.config.help;
        Self {
            title: String::new(),
            help_name: help.name.clone(),
            help_phone: say::telephone(&help.phone),
            help_tel: help.phone.chars().filter(char::is_ascii_digit).collect(),
            csrf,
            mistakes: Mistakes::default(),
            said: None,
            reader: String::new(),
            using: None,
            nav: around(Vec::new()),
            desk: false,
            size,
            dark: false,
            brand: Brand::Pioneer,
        }
    }

    /// Title and heading.
    #[must_use]
    pub fn titled(self, title: impl Into<String>) -> Self {
        Self { title: title.into(), ..self }
    }

    /// The brand whose accent the page wears.
    #[must_use]
    pub fn branded(self, brand: Brand) -> Self {
        Self { brand, ..self }
    }

    /// The same page once more, with what is wrong in its form.
    #[must_use]
    pub fn with(self, mistakes: Mistakes) -> Self {
        Self { mistakes, ..self }
    }

    /// What the browser says of itself, which is a hint and never trusted: the container names its colours there, the only signal of dark
    /// mode that old engines give.
    #[must_use]
    pub fn seen_by(self, request: &HttpRequest) -> Self {
        let agent = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        Self { dark: agent.is_some_and(|agent| agent.contains("colorScheme/dark")), ..self }
    }

    /// Does somebody signed in read it?
    pub fn signed_in(&self) -> bool {
        !self.csrf.is_empty()
    }

    /// Classes of the root element, so that the first byte is already right: text size, accent, colours.
    pub fn class(&self) -> String {
        let size = match self.size {
            _ if self.desk => "console",
            TextSize::Standard => "standard",
            TextSize::Large => "large",
            TextSize::ExtraLarge => "extra-large",
        };
        let brand = match self.brand {
            Brand::Pioneer => "pioneer",
            Brand::Volunteer => "volunteer",
            Brand::Care => "care",
        };
        format!("{size} {brand}{}", if self.dark { " dark" } else { "" })
    }
}

/// The first screen, the entries, and the way to one's own phone.
fn around(entries: Vec<(&'static str, Entry)>) -> Vec<NavItem> {
    let item = |(href, icon, name)| NavItem { href, icon, name, count: 0, here: false };
    let more = entries.into_iter().map(|(href, entry)| (href, entry.icon, entry.name));
    let all = [("/console", Icon::List, "今天的工作")].into_iter().chain(more);
    all.chain([("/home", Icon::House, "我的手机页面")]).map(item).collect()
}

/// A page.
pub fn html(page: &impl Template) -> Result<HttpResponse, PageError> {
    answer(StatusCode::OK, page)
}

/// The page of a form once more: what was typed is in it, and what is wrong with it is marked.
pub fn mistaken(page: &impl Template) -> Result<HttpResponse, PageError> {
    answer(StatusCode::UNPROCESSABLE_ENTITY, page)
}

fn answer(status: StatusCode, page: &impl Template) -> Result<HttpResponse, PageError> {
    let body = page.render().map_err(|error| PageError::Broken(error.into()))?;
    Ok(HttpResponse::build(status).content_type(ContentType::html()).body(body))
}

/// After a form: look there.
pub fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}
