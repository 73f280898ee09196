//! To what a paper is sent: a request that is being written, or one that is under way.

use domain::{
    aid::{
        commands::{draft as drafts, ready},
        setting::papers::{Wanted, shown},
        store,
    },
    evidence::{self, Evidence, Item},
    ids::{CaseId, DraftId},
    person,
};

use super::super::{case::followed, question::answers, whose::Whose, words::page_error};
use crate::{
    app::App,
    page::{PageError, Said, see_other},
    session::SignedIn,
};

/// To what.
#[derive(Clone, Copy)]
pub(super) enum To {
    Draft(DraftId),
    Case(CaseId),
}

/// That, with all that the pages need of it.
pub(super) struct Whereto {
    pub(super) whose: Whose,
    pub(super) to: To,
    /// What is wanted for it.
    pub(super) wanted: Vec<Wanted>,
    /// What was sent.
    pub(super) papers: Vec<Evidence>,
    base: String,
}

impl Whereto {
    /// The request that is being written. `None`: there is none, and the first question comes first.
    pub(super) async fn draft(app: &App, by: &SignedIn, whose: &str) -> Result<Self, PageError> {
        let whose = Whose::of(app, by, whose).await?;
        let open = drafts::open(&app.db, &whose.myself, app.clock.now()).await.map_err(page_error)?;
        let Some(draft) = open else { return Err(PageError::First(whose.address("/aid/apply"))) };
        let place = person::store::place_of(&app.db, draft.person_id).await?.ok_or(PageError::NotFound)?;
        let wanted = match answers(app, &draft)?.category {
            Some(category) => ready::papers(&app.db, category, &place.region, app.clock.now()).await?,
            None => Vec::new(),
        };
        Ok(Self {
            wanted,
            papers: evidence::store::of_draft(&app.db, draft.id).await?,
            to: To::Draft(draft.id),
            base: "/aid/apply/papers".to_owned(),
            whose,
        })
    }

    /// A request that is under way and that the reader follows.
    pub(super) async fn case(app: &App, by: &SignedIn, case: &str) -> Result<Self, PageError> {
        let seen = followed(app, by, case).await?;
        let case = store::case::find(&app.db, seen.case).await?.ok_or(PageError::NotFound)?;
        let mut papers = evidence::store::of_case(&app.db, case.id).await?;
        papers.retain(|paper| paper.account_id == by.account.id);
        Ok(Self {
            whose: Whose::of_person(app, by, case.person_id).await?,
            wanted: ready::papers(&app.db, case.category, &case.region, app.clock.now()).await?,
            papers,
            to: To::Case(case.id),
            base: format!("/aid/cases/{}/papers", case.id),
        })
    }

    /// What may be sent, the most telling first.
    pub(super) fn items(&self) -> Vec<Item> {
        shown(&self.wanted)
    }

    /// What is asked of an item, if it is one of those that are.
    pub(super) fn asked(&self, item: Item) -> Option<&Wanted> {
        self.wanted.iter().find(|wanted| wanted.demand.any_of.contains(&item))
    }

    /// The page of all papers.
    pub(super) fn all(&self) -> String {
        self.whose.address(&self.base)
    }

    /// The page of one item.
    pub(super) fn of(&self, item: Item) -> String {
        self.whose.address(&format!("{}/{}", self.base, item.code()))
    }

    /// Where its form is sent: whose it is, stands in the form.
    pub(super) fn action(&self, item: Item) -> String {
        format!("{}/{}", self.base, item.code())
    }

    /// From where the page of an item was reached.
    pub(super) fn before(&self, item: Item) -> String {
        match self.to {
            To::Case(id) if item == Item::Receipt => format!("/aid/cases/{id}"),
            _ => self.all(),
        }
    }

    /// Where the reader goes on.
    pub(super) fn onwards(&self) -> (String, &'static str) {
        match self.to {
            To::Draft(_) => (self.whose.address("/aid/apply/check"), "下一步"),
            To::Case(id) => (format!("/aid/cases/{id}"), "好了，回申请进度"),
        }
    }

    /// To what it is sent, as audit rows name it.
    pub(super) fn subject(&self) -> String {
        match self.to {
            To::Draft(id) => format!("aid_draft/{id}"),
            To::Case(id) => domain::aid::subject(id),
        }
    }

    /// After a form.
    pub(super) fn done(&self, item: Item, said: Said) -> actix_web::HttpResponse {
        let before = self.before(item);
        let glue = if before.contains('?') { '&' } else { '?' };
        see_other(&format!("{before}{glue}said={}", said.code()))
    }
}

/// An item that people may send with a request; no other has a page.
pub(super) fn item(code: &str) -> Result<Item, PageError> {
    Item::parse(code).filter(|item| item.is_applicants()).ok_or(PageError::NotFound)
}

/// The same of a case: also what shows that the money came.
pub(super) fn item_of_case(code: &str) -> Result<Item, PageError> {
    if code == Item::Receipt.code() { Ok(Item::Receipt) } else { item(code) }
}
