//! A file comes: it is checked and read on a thread of its own, and its rows are kept some hundred at a time.

use actix_web::{HttpResponse, web};
use domain::{
    authority::{Scope, Worker},
    intake::{
        COLUMNS, Layout, Repeated,
        receive::{ReceiveError, Received, Upload, receive},
    },
};
use ring::digest::{SHA256, digest};
use tokio::sync::{
    Semaphore,
    mpsc::{Sender, channel},
    oneshot,
};
use workbook::{Limits, Refusal, Row, Workbook};

use super::{list::list, places::places, words};
use crate::{
    app::App,
    page::{Mistakes, PageError, Said, mistaken, see_other, see_other_saying},
    session::Uploaded,
};

/// Rows that are read ahead of what is kept, twice.
const CHUNK: usize = 400;
/// Files of this process that are read at one time; more of them wait. Each may take some hundred megabytes.
static READERS: Semaphore = Semaphore::const_new(2);

/// What stands above the rows.
struct Head {
    hash: String,
    layout: Layout,
}

pub(super) async fn submit(app: web::Data<App>, mut uploaded: Uploaded) -> Result<HttpResponse, PageError> {
    let grants = uploaded.by.grants().await?;
    let mut places = places(&app, &grants).await?;
    let named = uploaded.field("place").to_owned();
    let into = match places.len() {
        0 => return Err(PageError::NotFound),
        1 => places.pop(),
        _ => places.into_iter().find(|one| one.code == named),
    };
    let repeated = Repeated::parse(uploaded.field("repeated"));
    let result = match (repeated, uploaded.bytes.take()) {
        _ if into.is_none() => Err(("place", "请选导入到哪里".to_owned())),
        (None, _) => Err(("repeated", "请选一个".to_owned())),
        (_, None) => Err(("file", words::refusal(&Refusal::TooLarge(0)))),
        (_, Some(bytes)) if bytes.is_empty() => Err(("file", "请先选一个文件".to_owned())),
        (Some(repeated), Some(bytes)) => {
            let into = into.ok_or(PageError::NotFound)?;
            let worker = Worker::among(&grants, into.place).ok_or(PageError::NotFound)?;
            take(&app, (&worker, into.scope), (&uploaded.name, bytes), repeated).await?
        }
    };
    match result {
        Ok(Received::New(id)) => Ok(see_other(&format!("/console/intakes/{id}"))),
        Ok(Received::Known(id)) => Ok(see_other_saying(&format!("/console/intakes/{id}"), Said::Already)),
        Err((field, words)) => {
            let mut page = list(&app, &uploaded.by, (uploaded.field("repeated"), &named)).await?;
            page.frame.mistakes = Mistakes::one(field, words);
            mistaken(&page)
        }
    }
}

type Told = Result<Received, (&'static str, String)>;

async fn take(
    app: &App,
    (worker, at): (&Worker, Scope),
    (name, bytes): (&str, Vec<u8>),
    repeated: Repeated,
) -> Result<Told, PageError> {
    let _turn = READERS.acquire().await.map_err(|error| PageError::Unavailable(error.into()))?;
    let (tell, head) = oneshot::channel();
    let (send, mut rows) = channel(2);
    let reader = tokio::task::spawn_blocking(move || read(bytes, tell, &send));
    // Without a head the thread has died.
    let head = head.await.map_err(|error| PageError::Broken(error.into()))?;
    let head = match head {
        Ok(head) => head,
        Err(refusal) => return Ok(Err(("file", words::refusal(&refusal)))),
    };
    let upload =
        Upload { name: name.to_owned(), hash: head.hash, repeated, layout: head.layout, at: Some(at) };
    let next = async || match rows.recv().await {
        Some(Ok(some)) => Ok(Some(some)),
        Some(Err(refusal)) => Err(refusal),
        None => Ok(None),
    };
    let received = receive(&app.db, &app.cx, worker, upload, next, app.clock.now()).await;
    drop(rows);
    reader.await.map_err(|error| PageError::Broken(error.into()))?;
    match received {
        Ok(received) => Ok(Ok(received)),
        Err(ReceiveError::File(refusal)) => Ok(Err(("file", words::refusal(&refusal)))),
        Err(ReceiveError::Nobody) => Ok(Err(("file", "表格里没有人。请从表头下面一行开始填。".to_owned()))),
        Err(ReceiveError::NotFound) => Err(PageError::NotFound),
        Err(ReceiveError::CannotSeal(error)) => Err(PageError::Broken(error.into())),
        Err(ReceiveError::Db(error)) => Err(error.into()),
    }
}

/// Reads until it is done, refused, or nobody listens.
fn read(
    bytes: Vec<u8>,
    tell: oneshot::Sender<Result<Head, Refusal>>,
    send: &Sender<Result<Vec<Row>, Refusal>>,
) {
    let hash = hex::encode(digest(&SHA256, &bytes));
    let opened = Workbook::open(bytes, Limits::default()).and_then(|mut book| {
        let template = book.version();
        let (sheet, header) = book.header(&COLUMNS)?;
        Ok((book, sheet, header, template))
    });
    let (mut book, sheet, header, template) = match opened {
        Ok(opened) => opened,
        Err(refusal) => {
            let _ = tell.send(Err(refusal));
            return;
        }
    };
    let mut rows = match book.rows(sheet) {
        Ok(rows) => rows,
        Err(refusal) => {
            let _ = tell.send(Err(refusal));
            return;
        }
    };
    let layout = Layout { header: header.row, known: header.known, unknown: header.unknown, template };
    let _ = tell.send(Ok(Head { hash, layout }));
    let mut some = Vec::with_capacity(CHUNK);
    loop {
        match rows.next() {
            Ok(Some(row)) => some.push(row),
            Ok(None) => break,
            Err(refusal) => {
                let _ = send.blocking_send(Err(refusal));
                return;
            }
        }
        if some.len() >= CHUNK && send.blocking_send(Ok(std::mem::take(&mut some))).is_err() {
            return;
        }
    }
    if !some.is_empty() {
        let _ = send.blocking_send(Ok(some));
    }
}
