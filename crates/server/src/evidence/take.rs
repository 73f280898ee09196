//! A file comes: it is looked at on a thread of its own, and few of them at one time.

use attachment::{Limits, Refusal, examine};
use domain::{aid::commands::evidence, evidence::Sent};
use tokio::sync::Semaphore;

use super::words;
use crate::{app::App, page::PageError, session::Uploaded};

/// Files of this process that are looked at, or blacked out, at one time; more of them wait. Each may take some hundred megabytes.
pub(super) static LOOKERS: Semaphore = Semaphore::const_new(2);

/// The file that was sent, or what to say about it. A mark of secrecy is written down, and nothing of the file. `subject` is to what it
/// was sent.
pub(crate) async fn take(
    app: &App,
    uploaded: &mut Uploaded,
    subject: String,
) -> Result<Result<Sent, String>, PageError> {
    let name = uploaded.name.clone();
    if name.is_empty() {
        return Ok(Err("请先拍一张，或者选一个文件。".to_owned()));
    }
    let Some(bytes) = uploaded.bytes.take() else {
        return Ok(Err(words::refusal(&name, &Refusal::TooLarge(Limits::default().bytes))));
    };
    let turn = LOOKERS.acquire().await.map_err(|error| PageError::Unavailable(error.into()))?;
    let called = name.clone();
    let looked = actix_web::web::block(move || {
        examine(&called, &bytes, &Limits::default()).map(|examined| Sent::of(&bytes, examined))
    });
    let looked = looked.await.map_err(|error| PageError::Broken(error.into()))?;
    drop(turn);
    let refusal = match looked {
        Ok(sent) => return Ok(Ok(sent)),
        Err(refusal) => refusal,
    };
    if let Refusal::Marked(marked) = refusal {
        let about = (subject, marked);
        let (account, now) = (&uploaded.by.account.id, app.clock.now());
        evidence::refused(&app.db, &app.cx, account, about, now).await.map_err(words::page_error)?;
    }
    Ok(Err(words::refusal(&name, &refusal)))
}
