//! What a page says after a form was sent: a word in the address chooses one of our sentences, so that no text of anybody's travels there
//! and a page that is opened again says nothing untrue.

use actix_web::{HttpRequest, HttpResponse, web};

use super::see_other;

/// Something that was just done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The text size.
    TextSize,
    /// Whatever was sent.
    Kept,
    /// Taken back.
    Undone,
    /// Already done before: a second tap, or a page from yesterday.
    Already,
}

impl Said {
    const ALL: [Self; 4] = [Self::TextSize, Self::Kept, Self::Undone, Self::Already];

    /// The word in the address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TextSize => "size",
            Self::Kept => "kept",
            Self::Undone => "undone",
            Self::Already => "already",
        }
    }

    /// The sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::TextSize => "字的大小换好了",
            Self::Kept => "已经保存好了",
            Self::Undone => "已经撤回了",
            Self::Already => "这件事已经办好了",
        }
    }

    /// What a request's address says.
    pub(crate) fn of(request: &HttpRequest) -> Option<&'static str> {
        let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string()).ok()?;
        let (_, code) = pairs.iter().find(|(name, _)| name == "said")?;
        Self::ALL.into_iter().find(|said| said.code() == code).map(Self::sentence)
    }
}

/// After a form: look there, where it says that it is done. `to` is a path of ours without a query.
pub fn see_other_saying(to: &str, said: Said) -> HttpResponse {
    see_other(&format!("{to}?said={}", said.code()))
}
