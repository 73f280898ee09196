//! Who reads the papers of a case: a worker of the place, or whoever decides about it. For everybody else there are none.

use domain::{
    aid::{Case, commands::evidence as commands},
    authority::{Approver, Grants, Worker},
    evidence::{Evidence, EvidenceError, Part},
    ids::EvidenceId,
};

use crate::{app::App, console::case::reached, page::PageError};

pub(super) enum Reader {
    Works(Worker),
    Decides(Approver),
}

/// The case, and as what the login reads it.
pub(super) async fn reader(app: &App, grants: &Grants, case: &str) -> Result<(Case, Reader), PageError> {
    let case = reached(app, grants, case).await?;
    let works = Worker::among(grants, case.place()).map(Reader::Works);
    let reads = works.or_else(|| Approver::among(grants, case.place()).map(Reader::Decides));
    Ok((case, reads.ok_or(PageError::NotFound)?))
}

/// The case, for a worker.
pub(super) async fn worker(app: &App, grants: &Grants, case: &str) -> Result<(Case, Worker), PageError> {
    match reader(app, grants, case).await? {
        (case, Reader::Works(worker)) => Ok((case, worker)),
        (_, Reader::Decides(_)) => Err(PageError::NotFound),
    }
}

impl Reader {
    pub(super) fn works(&self) -> bool {
        matches!(self, Self::Works(_))
    }

    /// Which small picture stands in the list.
    pub(super) fn part(&self, paper: &Evidence) -> Part {
        match self {
            Self::Works(_) => Part::Original,
            Self::Decides(_) => commands::seen_by_approver(paper),
        }
    }

    pub(super) async fn list(&self, app: &App, case: &Case) -> Result<Vec<Evidence>, EvidenceError> {
        let (db, cx, now) = (&app.db, &app.cx, app.clock.now());
        match self {
            Self::Works(worker) => commands::list(db, cx, worker, case.id, now).await,
            Self::Decides(approver) => commands::list_for_approver(db, cx, approver, case.id, now).await,
        }
    }

    /// A paper. Whoever decides asks for a part in vain: he is given what he may see.
    pub(super) async fn open(
        &self,
        app: &App,
        case: &Case,
        (paper, part): (EvidenceId, Part),
    ) -> Result<(Evidence, Part, Vec<u8>), EvidenceError> {
        let (db, keys, now) = (&app.db, (&app.cx, &app.files), app.clock.now());
        match self {
            Self::Works(worker) => {
                let (paper, bytes) = commands::open(db, keys, worker, (case.id, paper, part), now).await?;
                Ok((paper, part, bytes))
            }
            Self::Decides(approver) => {
                let (paper, bytes) =
                    commands::open_for_approver(db, keys, approver, (case.id, paper), now).await?;
                let part = commands::seen_by_approver(&paper);
                Ok((paper, part, bytes))
            }
        }
    }
}
