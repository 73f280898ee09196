//! A message to the bot. The platform posts it once: what was not taken is not answered, and its writer says it again.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering},
};

use dingtalk_sim::Fault;

use super::{
    list::{self, Window},
    own::alone,
    walk::{Story, come_through, walks},
};
use crate::harness::House;

const WANG: &str = "wangxiuying";
const MENU: &str = "我能帮您做这些";

#[derive(Default)]
struct Speaking {
    /// The chat takes no answer, so it comes as a message.
    chat_is_closed: bool,
    told: usize,
    went_again: i64,
}

impl Story for Speaking {
    fn points(&self) -> BTreeSet<&'static str> {
        if self.chat_is_closed { list::telling() } else { list::speaking() }
    }

    fn stops(&self) -> BTreeSet<&'static str> {
        if self.chat_is_closed { list::TELLING.into() } else { list::speaking() }
    }

    /// Of what was not taken nothing comes.
    fn waits(&self, window: Window) -> u32 {
        if window == Window::NotTaken { 20 } else { 700 }
    }

    async fn before(&mut self, house: &House, _n: usize) {
        if self.chat_is_closed {
            house.tenant.faults().next(1000, "/robot/sendBySession", Fault::SystemError);
        }
        (self.told, self.went_again) = (house.told_of(WANG, MENU).len(), house.went_again().await);
    }

    async fn begins(&mut self, house: House, _n: usize) -> House {
        // Whether anybody answers the post is not waited for.
        let wang = house.tenant.person(WANG);
        actix_web::rt::spawn(async move { wang.says("帮助").await });
        house.until("posted", async || house.told_of(WANG, MENU).len() > self.told || stopped()).await;
        house
    }

    async fn is_through(&self, house: &House, _n: usize) -> bool {
        house.told_of(WANG, MENU).len() > self.told
    }

    async fn ends(&mut self, house: &House, n: usize, window: Window) {
        let mut answers = house.told_of(WANG, MENU).len() - self.told;
        match window {
            Window::Again => {
                assert!((1..=2).contains(&answers), "{answers}");
                assert!(house.went_again().await > self.went_again, "the letter says so");
                return;
            }
            Window::NotTaken if answers == 0 => {
                house.tenant.person(WANG).says("帮助").await.unwrap();
                come_through(house, self, n, Window::Closed).await;
                answers = house.told_of(WANG, MENU).len() - self.told;
            }
            _ => {}
        }
        assert_eq!(answers, 1);
    }
}

/// Has somebody come by the point that is armed?
fn stopped() -> bool {
    fail::list().iter().any(|(_, wanted)| wanted == "off")
}

walks!(Speaking::default(), whoever_speaks_is_answered_on_sqlite, whoever_speaks_is_answered_on_postgresql);

walks!(
    Speaking { chat_is_closed: true, ..Speaking::default() },
    whoever_has_left_the_chat_is_answered_by_message_on_sqlite,
    whoever_has_left_the_chat_is_answered_by_message_on_postgresql
);

#[actix_web::test]
async fn a_letter_that_panics_is_tried_again_and_keeps_nobody_waiting() {
    if !alone(concat!(module_path!(), "::a_letter_that_panics_is_tried_again_and_keeps_nobody_waiting")) {
        return;
    }
    let house = House::open().await;
    let first = AtomicBool::new(true);
    fail::cfg_callback("answer.ready", move || {
        if first.swap(false, Ordering::Relaxed) {
            // As a panic does, but without its noise.
            std::panic::resume_unwind(Box::new("a defect"));
        }
    })
    .unwrap();
    house.tenant.person(WANG).says("帮助").await.unwrap();
    let panicked = "SELECT COUNT(*) FROM outbox WHERE last_error = 'panicked'";
    house.until("panicked", async || house.count(panicked).await == 1).await;
    house.tenant.person("zhaodefu").says("帮助").await.unwrap();
    house.hears("zhaodefu", MENU, 1).await;
    assert!(house.told_of(WANG, MENU).is_empty());
    house.later(1);
    house.hears(WANG, MENU, 1).await;
}
