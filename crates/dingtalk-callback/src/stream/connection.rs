//! One connection, from its first frame to its last answer.

use std::{
    pin::Pin,
    sync::{Arc, atomic::Ordering::Relaxed},
};

use futures_util::{SinkExt, StreamExt};
use tokio::{
    select,
    sync::{OwnedSemaphorePermit, mpsc, oneshot, watch},
    task::JoinSet,
};
use tokio_tungstenite::tungstenite::{self, Message as Wire};

use super::{Handler, Pause, Surroundings, connect::Socket, work::Work};
use crate::frame::{Ack, Delivery, Frame, Message, Outcome};

/// Why the next connection is needed. `lived`: something came before.
#[derive(Clone, Copy, Debug)]
pub(super) enum Over {
    /// The gateway stops using this one; it goes on until its answers are out.
    Leaving { lived: bool },
    /// It is no more.
    Ended { lived: bool },
}

pub(super) struct Connection<H, S> {
    socket: Socket,
    work: Arc<Work<H, S>>,
    handlers: JoinSet<()>,
    answers: (mpsc::Sender<Ack>, mpsc::Receiver<Ack>),
    /// Answers that are still to come.
    under_way: usize,
    /// What came while all handlers were busy. Nothing more is read before it has one.
    held: Option<(Frame, Box<Message>)>,
    over: Option<oneshot::Sender<Over>>,
    lived: bool,
}

type Timer<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Where a connection is in its life.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Open,
    /// The gateway closes it soon; the next one is not open yet.
    Leaving,
    /// The same, and the next one is open.
    Replaced,
    /// We were told to stop.
    Stopping,
}

impl<H: Handler, S: Surroundings> Connection<H, S> {
    pub(super) fn new(socket: Socket, work: Arc<Work<H, S>>, over: oneshot::Sender<Over>) -> Self {
        let handlers = work.settings.handlers.max(1);
        Self {
            socket,
            work,
            handlers: JoinSet::new(),
            answers: mpsc::channel(handlers),
            under_way: 0,
            held: None,
            over: Some(over),
            lived: false,
        }
    }

    pub(super) async fn serve(
        mut self,
        mut replaced: oneshot::Receiver<()>,
        mut stop: watch::Receiver<bool>,
    ) {
        let counted = self.work.health.connected();
        let work = Arc::clone(&self.work);
        let timer = |what, time| -> Timer<'_> { Box::pin(work.surroundings.pause(what, time)) };
        let idle = || timer(Pause::Idle, work.settings.idle);
        let (mut silence, mut asked) = (idle(), false);
        let mut phase = if *stop.borrow() { Phase::Stopping } else { Phase::Open };
        let mut drained: Option<Timer<'_>> = None;
        loop {
            let nothing_left = self.under_way == 0 && self.held.is_none();
            if nothing_left && matches!(phase, Phase::Replaced | Phase::Stopping) {
                self.close().await;
                break;
            }
            if phase == Phase::Stopping && drained.is_none() {
                drained = Some(timer(Pause::Drain, work.settings.drain));
            }
            let reading = self.held.is_none();
            let going = select! {
                Some(answer) = self.answers.1.recv() => {
                    self.under_way -= 1;
                    self.write(Wire::text(answer.to_text())).await
                }
                Ok(permit) = Arc::clone(&work.free).acquire_owned(), if self.held.is_some() => {
                    self.start_held(permit);
                    (silence, asked) = (idle(), false);
                    true
                }
                came = self.socket.next(), if reading => {
                    (silence, asked) = (idle(), false);
                    match came {
                        Some(Ok(wire)) => self.came(wire, &mut phase).await,
                        Some(Err(error)) => { said(&error); false }
                        None => false,
                    }
                }
                () = &mut silence, if reading => {
                    let answered = !asked;
                    (silence, asked) = (timer(Pause::Pong, work.settings.pong), true);
                    answered && self.write(Wire::Ping(tungstenite::Bytes::new())).await
                }
                _ = &mut replaced, if phase == Phase::Leaving => { phase = Phase::Replaced; true }
                _ = stop.changed(), if phase != Phase::Stopping => { phase = Phase::Stopping; true }
                () = over(&mut drained) => false,
            };
            if !going {
                break;
            }
        }
        // Handlers of a lost connection go on: what they keep is kept.
        self.handlers.detach_all();
        drop(counted);
        self.tell(Over::Ended { lived: self.lived });
    }

    /// Something was read. False when the connection is lost.
    async fn came(&mut self, wire: Wire, phase: &mut Phase) -> bool {
        self.lived |= !wire.is_close() && !wire.is_text();
        let Wire::Text(text) = wire else {
            if wire.is_binary() {
                self.malformed("binary");
            }
            return true;
        };
        let Ok(frame) = Frame::parse(text.as_str()) else {
            self.malformed("no frame");
            return true;
        };
        let delivery = Delivery::read(&frame);
        self.lived |= delivery != Delivery::Disconnect;
        let answer = match delivery {
            // Another process takes it; what comes only once is still taken here.
            Delivery::Message(message) if *phase == Phase::Stopping && message.comes_again() => {
                Some(Ack::of(&frame, &Outcome::Later))
            }
            Delivery::Message(message) => {
                self.start(frame, message);
                return true;
            }
            Delivery::Disconnect => {
                if *phase == Phase::Open {
                    *phase = Phase::Leaving;
                }
                self.tell(Over::Leaving { lived: self.lived });
                Some(Ack::echo(&frame))
            }
            Delivery::Ping => return self.write(Wire::text(Ack::echo(&frame).to_text())).await,
            Delivery::Notice => None,
            Delivery::Unknown | Delivery::Unreadable => {
                self.malformed("not understood");
                Some(Ack::not_understood(&frame))
            }
        };
        // An answer that cannot say what it answers is none.
        match answer.filter(|answer| answer.message_id.is_some()) {
            Some(answer) => self.write(Wire::text(answer.to_text())).await,
            None => true,
        }
    }

    fn start(&mut self, frame: Frame, message: Box<Message>) {
        self.held = Some((frame, message));
        if let Ok(permit) = Arc::clone(&self.work.free).try_acquire_owned() {
            self.start_held(permit);
        }
    }

    fn start_held(&mut self, permit: OwnedSemaphorePermit) {
        let Some((frame, message)) = self.held.take() else { return };
        let (work, answers) = (Arc::clone(&self.work), self.answers.0.clone());
        self.under_way += 1;
        self.handlers.spawn(async move {
            let outcome = work.outcome(*message).await;
            drop(permit);
            // Nobody listens when the connection was lost: the event comes again, and is known then.
            let _ = answers.send(Ack::of(&frame, &outcome)).await;
        });
        while self.handlers.try_join_next().is_some() {}
    }

    async fn write(&mut self, wire: Wire) -> bool {
        let work = Arc::clone(&self.work);
        select! {
            sent = self.socket.send(wire) => sent.is_ok(),
            () = work.surroundings.pause(Pause::Write, work.settings.write) => false,
        }
    }

    /// Says that it is over and waits until the other side has read it: closed with something unread, the last answers would be lost
    /// with it. What crosses the goodbye cannot be answered any more; what comes only once is taken all the same.
    async fn close(&mut self) {
        let work = Arc::clone(&self.work);
        let goodbye = async {
            if self.socket.close(None).await.is_err() {
                return;
            }
            while let Some(Ok(wire)) = self.socket.next().await {
                let frame = wire.to_text().ok().and_then(|text| Frame::parse(text).ok());
                if let Some(Delivery::Message(message)) = frame.as_ref().map(Delivery::read)
                    && !message.comes_again()
                {
                    work.outcome(*message).await;
                }
            }
        };
        select! {
            () = goodbye => {}
            () = work.surroundings.pause(Pause::Write, work.settings.write) => {}
        }
    }

    fn tell(&mut self, over: Over) {
        if let Some(teller) = self.over.take() {
            // Whoever does not listen is stopping.
            let _ = teller.send(over);
        }
    }

    fn malformed(&self, what: &'static str) {
        self.work.health.counts().malformed.fetch_add(1, Relaxed);
        tracing::warn!(what, "a stream frame is not understood");
    }
}

/// Ends when the timer does; never without one.
async fn over(timer: &mut Option<Timer<'_>>) {
    match timer {
        Some(timer) => timer.await,
        None => std::future::pending().await,
    }
}

/// The kind of an error; its own words may quote what came.
fn said(error: &tungstenite::Error) {
    let what = match error {
        tungstenite::Error::Capacity(_) => "a frame beyond the cap",
        tungstenite::Error::Protocol(_) | tungstenite::Error::Utf8(_) => "not the protocol",
        _ => "lost",
    };
    tracing::info!(what, "a stream connection ends");
}
