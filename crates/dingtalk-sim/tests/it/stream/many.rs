//! Much at once.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use dingtalk_callback::frame::Message;
use dingtalk_callback::stream::Settings;
use dingtalk_sim::EventFaults;

use super::listening::{Listening, emit, tenant, until};

fn three() -> Settings {
    Settings { connections: 3, ..Settings::default() }
}

#[tokio::test]
async fn each_event_comes_on_one_of_three_connections() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, three()).await;
    for number in 0..60 {
        emit(&tenant, number);
    }
    tenant.pushes().settled().await;
    let lines = tenant.stream().connections();
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| line.sent >= 8 && line.sent == line.answered), "{lines:?}");
    assert_eq!(lines.iter().map(|line| line.sent).sum::<u64>(), 60);
    assert_eq!(app.heard.begun().len(), 60);
}

#[tokio::test]
async fn which_connection_it_is_follows_the_seed() {
    let mut counts = Vec::new();
    for _ in 0..2 {
        let tenant = tenant().await;
        let _app = Listening::start(&tenant, three()).await;
        for number in 0..20 {
            emit(&tenant, number);
            tenant.pushes().settled().await;
        }
        counts.push(tenant.stream().connections().iter().map(|line| line.sent).collect::<Vec<_>>());
    }
    assert_eq!(counts[0], counts[1]);
}

#[tokio::test]
async fn of_five_hundred_events_with_repetitions_and_losses_each_is_handled_once() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, Settings { handlers: 16, ..three() }).await;
    tenant.faults().events(EventFaults { duplicate: 0.4, reorder: 0.3, ..EventFaults::default() });
    for number in 0..500 {
        emit(&tenant, number);
        if number % 100 == 50 {
            let lines = tenant.stream().connections();
            let Some(line) = lines.iter().find(|line| !line.leaving) else { continue };
            if number < 250 {
                tenant.stream().cut(&line.id)
            } else {
                tenant.stream().disconnect(&line.id)
            };
        }
    }
    for _ in 0..4 {
        until("three are there", || {
            tenant.stream().connections().iter().filter(|line| !line.leaving).count() == 3
        })
        .await;
        tenant.pushes().settled().await;
        tenant.clock().advance(TimeDelta::seconds(40));
        tenant.pushes().settled().await;
    }
    assert_eq!((tenant.pushes().pending(), tenant.pushes().failed().len()), (0, 0));
    let begun = app.heard.begun();
    let numbers: BTreeSet<u64> = begun
        .iter()
        .map(|message| match message {
            Message::Event(event) => event.json()["number"].as_u64().unwrap(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(numbers.len(), 500);
    assert_eq!(begun.len(), 500, "none twice");
    assert!(app.report().repeated > 100, "{:?}", app.report());
    assert!(app.report().opened > 3);
}
