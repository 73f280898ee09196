//! The frame around a page.

use actix_web::{
    HttpResponse,
    http::header::{self, ContentType},
};
use askama::Template;
use domain::{account::TextSize, calendar::say};

use crate::{app::App, page::PageError};

/// What the base template needs. Every page's struct has it as `frame`.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Class of the root element: the text size.
    pub size: &'static str,
    /// Whom to call.
    pub help_name: String,
    /// As people read it.
    pub help_phone: String,
    /// As a telephone takes it.
    pub help_tel: String,
    /// Of forms; empty where nobody is signed in.
    pub csrf: String,
}

impl Frame {
    /// For somebody who is not signed in.
    pub fn anonymous(app: &App) -> Self {
        Self::new(app, TextSize::Large, String::new())
    }

    /// The same, for the desk.
    #[must_use]
    pub fn console(self) -> Self {
        Self { size: "console", ..self }
    }

    /// For a reader.
    pub fn new(app: &App, size: TextSize, csrf: String) -> Self {
        let help = &app.config.help;
        Self {
            size: match size {
                TextSize::Standard => "standard",
                TextSize::Large => "large",
                TextSize::ExtraLarge => "extra-large",
            },
            help_name: help.name.clone(),
            help_phone: say::telephone(&help.phone),
            help_tel: help.phone.chars().filter(char::is_ascii_digit).collect(),
            csrf,
        }
    }
}

/// A page.
pub fn html(page: &impl Template) -> Result<HttpResponse, PageError> {
    let body = page.render().map_err(|error| PageError::Broken(error.into()))?;
    Ok(HttpResponse::Ok().content_type(ContentType::html()).body(body))
}

/// After a form: look there.
pub fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}
