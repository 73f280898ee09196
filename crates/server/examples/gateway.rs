//! The platform's side of Stream mode, as fast as it can be: it hands out tickets, and then keeps a number of events under way on every
//! connection that the server opens. `tests/load` measures with it.
//!
//! Usage: `gateway 127.0.0.1:PORT SECONDS ROUNDS UNDER_WAY`. Each round ends with a line like those of `report.lua`: frames a second that
//! were taken, p50 and p99 of their answers in milliseconds, frames, and how many were not taken.

use std::{
    collections::HashMap,
    io::Write as _,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use anyhow::Context as _;
use dingtalk_callback::frame::{Ack, Frame, FrameKind};
use futures_util::{SinkExt, StreamExt};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_tungstenite::{WebSocketStream, accept_async, tungstenite::Message};

/// What all connections together have done in a round.
#[derive(Default)]
struct Tally {
    number: AtomicU64,
    refused: AtomicU64,
    took: Mutex<Vec<Duration>>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [listen, seconds, rounds, under_way] = &arguments[..] else {
        anyhow::bail!("usage: gateway LISTEN SECONDS ROUNDS UNDER_WAY");
    };
    let (seconds, rounds): (u64, u32) = (seconds.parse()?, rounds.parse()?);
    let under_way: usize = under_way.parse()?;
    let listener = TcpListener::bind(listen).await?;
    let tally = Arc::new(Tally::default());
    let (mut measuring, mut opened) = (None, 0);
    loop {
        let (tcp, _) = listener.accept().await?;
        let _ = tcp.set_nodelay(true);
        if !is_connect(&tcp).await {
            tokio::spawn(answer(tcp, listen.clone()));
            continue;
        }
        let socket = accept_async(tcp).await?;
        tokio::spawn(feed(socket, Arc::clone(&tally), under_way));
        opened += 1;
        // The server has two connections.
        if opened == 2 {
            measuring.replace(tokio::spawn(measure(Arc::clone(&tally), seconds, rounds)));
        }
    }
}

async fn is_connect(tcp: &TcpStream) -> bool {
    let mut start = [0; 12];
    matches!(tcp.peek(&mut start).await, Ok(12) if start.starts_with(b"GET /connect"))
}

/// A ticket to whoever asks for one; nothing else is here.
async fn answer(mut tcp: TcpStream, listen: String) -> std::io::Result<()> {
    let mut request = vec![0; 16 * 1024];
    let read = tcp.read(&mut request).await?;
    let asked = String::from_utf8_lossy(request.get(..read).unwrap_or_default()).into_owned();
    let (status, body) = if asked.starts_with("POST /v1.0/gateway/connections/open") {
        ("200 OK", format!(r#"{{"endpoint":"ws://{listen}/connect","ticket":"load"}}"#))
    } else {
        ("404 Not Found", "{}".to_owned())
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    tcp.write_all(format!("{head}{body}").as_bytes()).await
}

/// Somebody leaves whom nobody knows: an effect in the database, and no question to the platform.
fn event(number: u64) -> Frame {
    let born = "1793520000000";
    let run = std::process::id();
    let headers = [
        ("topic", "*".to_owned()),
        ("messageId", number.to_string()),
        ("contentType", "application/json".to_owned()),
        ("time", born.to_owned()),
        ("eventType", "user_leave_org".to_owned()),
        ("eventId", format!("load-{run}-{number}")),
        ("eventBornTime", born.to_owned()),
        ("eventCorpId", "dingloadcorp".to_owned()),
    ];
    Frame {
        spec_version: Some("1.0".to_owned()),
        kind: FrameKind::Event,
        headers: headers.into_iter().collect(),
        data: format!(r#"{{"timeStamp":"{born}","userId":["load{run}x{number}"]}}"#),
    }
}

/// Sends events, and for each that is answered another one.
async fn feed(
    mut socket: WebSocketStream<TcpStream>,
    tally: Arc<Tally>,
    under_way: usize,
) -> anyhow::Result<()> {
    let mut sent: HashMap<String, Instant> = HashMap::new();
    loop {
        while sent.len() < under_way {
            let number = tally.number.fetch_add(1, Relaxed);
            sent.insert(number.to_string(), Instant::now());
            socket.feed(Message::text(event(number).to_text())).await?;
        }
        socket.flush().await?;
        // What has come is answered together.
        let Message::Text(text) = socket.next().await.context("the server has gone")?? else { continue };
        let ack = Ack::parse(&text)?;
        let Some(since) = ack.message_id.as_ref().and_then(|id| sent.remove(id)) else { continue };
        if ack.takes() {
            tally.took.lock().unwrap_or_else(PoisonError::into_inner).push(since.elapsed());
        } else {
            tally.refused.fetch_add(1, Relaxed);
        }
    }
}

/// Says what each round has brought, and ends the process with the last.
#[expect(clippy::disallowed_methods, reason = "a round lasts so long")]
async fn measure(tally: Arc<Tally>, seconds: u64, rounds: u32) {
    for _ in 0..rounds {
        let begun = Instant::now();
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        let mut took = std::mem::take(&mut *tally.took.lock().unwrap_or_else(PoisonError::into_inner));
        let (spent, refused) = (begun.elapsed(), tally.refused.swap(0, Relaxed));
        took.sort_unstable();
        let at = |share: usize| {
            let place = took.len().saturating_sub(1) * share / 100;
            took.get(place).map_or(0.0, |took| took.as_secs_f64() * 1e3)
        };
        #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
        let rate = took.len() as f64 / spent.as_secs_f64();
        let (p50, p99, all) = (at(50), at(99), took.len());
        let line = format!("RESULT\t{rate:.0}\t{p50:.2}\t{p99:.2}\t{all}\t{refused}\n");
        if std::io::stdout().write_all(line.as_bytes()).is_err() {
            break;
        }
    }
    std::process::exit(0)
}
