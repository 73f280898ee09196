//! Connections: kept alive, replaced, left in order.

use dingtalk_callback::stream::{Pause, Settings};
use dingtalk_sim::Fault;

use super::listening::{Listening, emit, moment, only, single, tenant, until};

const OPEN: &str = "/v1.0/gateway/connections/open";

#[tokio::test]
async fn both_kinds_of_ping_are_answered() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, Settings::default()).await;
    assert_eq!(tenant.stream().ping().await, 2);
    for line in tenant.stream().connections() {
        assert!(tenant.stream().ping_socket(&line.id));
    }
    until("both have answered", || tenant.stream().connections().iter().all(|line| line.pongs == 1)).await;
    assert!(tenant.stream().complaints().is_empty());
    assert_eq!(app.report().opened, 2);
}

#[tokio::test]
async fn a_connection_is_replaced_before_it_is_closed_and_answers_to_the_end() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    app.heard.hold();
    emit(&tenant, 1);
    until("the handler has begun", || app.heard.begun().len() == 1).await;
    let old = only(&tenant);
    assert!(tenant.stream().disconnect(&old.id));
    until("the next is open", || app.report().connected == 2).await;
    let [leaving, new] = <[_; 2]>::try_from(tenant.stream().connections()).unwrap();
    assert_eq!((leaving.id.as_str(), leaving.leaving, new.leaving), (old.id.as_str(), true, false));

    emit(&tenant, 2);
    until("the next event is on the new one", || app.heard.begun().len() == 2).await;
    let counts = |id: &str| {
        tenant
            .stream()
            .connections()
            .into_iter()
            .find(|line| line.id == id)
            .map(|line| (line.sent, line.answered))
    };
    assert_eq!((counts(&old.id), counts(&new.id)), (Some((1, 0)), Some((1, 0))));

    app.heard.release();
    tenant.pushes().settled().await;
    // Nothing was sent again: each answer went where the question had come from.
    until("the old one is closed", || tenant.stream().connections().len() == 1).await;
    assert_eq!((only(&tenant).id, only(&tenant).answered), (new.id, 1));
    assert_eq!((app.heard.begun().len(), tenant.pushes().pending()), (2, 0));
    assert!(app.stage.waited().is_empty(), "nobody waited for the new one");
    assert!(tenant.stream().complaints().is_empty(), "the notice is not answered");
}

#[tokio::test]
async fn an_old_connection_stays_until_there_is_a_new_one() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    tenant.faults().next(2, OPEN, Fault::SystemError);
    tenant.stream().disconnect(&only(&tenant).id);
    until("the third attempt succeeds", || app.report().opened == 2).await;
    until("the old one is gone", || tenant.stream().connections().len() == 1).await;
    assert_eq!(app.stage.waited(), [1250, 2250]);
    assert_eq!(app.report().problem, None);
}

#[tokio::test]
async fn a_gateway_that_sends_everybody_away_is_not_run_against() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    for round in 2..6 {
        let fresh = tenant.stream().connections().into_iter().find(|line| !line.leaving).unwrap();
        tenant.stream().disconnect(&fresh.id);
        until("the next is open", || {
            app.report().opened == round && tenant.stream().connections().iter().any(|line| !line.leaving)
        })
        .await;
    }
    assert_eq!(app.stage.waited(), [1250, 2250, 4250], "the first was at once");
}

#[tokio::test]
async fn a_lost_connection_is_opened_again_and_what_was_not_answered_comes_again() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    app.heard.hold();
    emit(&tenant, 1);
    until("the handler has begun", || app.heard.begun().len() == 1).await;
    assert!(tenant.stream().cut(&only(&tenant).id));
    until("the next is open", || app.report().opened == 2 && tenant.stream().connections().len() == 1).await;
    assert_eq!(app.stage.waited(), [1250]);
    // The handler of the lost connection goes on; what it takes is known when it comes again.
    app.heard.release();
    until("it is taken", || app.report().taken == 1).await;
    tenant.pushes().deliver_now().await;
    assert_eq!((tenant.pushes().pending(), app.heard.begun().len(), app.report().repeated), (0, 1, 1));
}

#[tokio::test]
async fn attempts_are_further_and_further_apart() {
    let tenant = tenant().await;
    tenant.faults().next(8, OPEN, Fault::SystemError);
    let app = Listening::start(&tenant, single()).await;
    assert_eq!(app.stage.waited(), [1250, 2250, 4250, 8250, 16_250, 32_250, 60_250, 60_250]);
    assert_eq!((app.report().failed, app.report().problem), (8, None));
    // Something came: the next failure is a first one.
    emit(&tenant, 1);
    tenant.pushes().settled().await;
    tenant.stream().cut(&only(&tenant).id);
    until("it is there again", || app.report().opened == 2).await;
    assert_eq!(app.stage.waited().last(), Some(&1250));
}

#[tokio::test]
async fn a_quiet_connection_that_answered_a_ping_has_lived() {
    let tenant = tenant().await;
    tenant.faults().next(2, OPEN, Fault::SystemError);
    let app = Listening::start(&tenant, single()).await;
    let line = only(&tenant).id;
    tenant.stream().ping_socket(&line);
    until("it has answered", || only(&tenant).pongs == 1).await;
    tenant.stream().cut(&line);
    until("the next is open", || app.report().opened == 2).await;
    assert_eq!(app.stage.waited(), [1250, 2250, 1250]);
}

#[tokio::test]
async fn silence_is_asked_after_and_a_dead_line_is_left() {
    let tenant = tenant().await;
    let app = Listening::start(&tenant, single()).await;
    // The gateway answers, so nothing happens, however long it is silent otherwise.
    for times in 1..4 {
        moment().await;
        app.stage.ends(Pause::Idle);
        until("it is answered", || only(&tenant).pings == times).await;
        for _ in 0..5 {
            moment().await;
        }
        app.stage.ends(Pause::Pong);
    }
    emit(&tenant, 1);
    tenant.pushes().settled().await;
    assert_eq!((app.heard.begun().len(), app.report().opened), (1, 1));

    let dead = only(&tenant).id;
    assert!(tenant.stream().hush(&dead));
    moment().await;
    app.stage.ends(Pause::Idle);
    moment().await;
    assert_eq!(app.report().connected, 1, "it has some time to answer");
    app.stage.ends(Pause::Pong);
    until("it is left", || app.report().opened == 2).await;
    assert!(tenant.stream().connections().iter().any(|line| line.id != dead));
}

#[tokio::test]
async fn an_order_to_stop_lets_handlers_finish_and_answer() {
    let tenant = tenant().await;
    let mut app = Listening::start(&tenant, Settings::default()).await;
    app.heard.hold();
    emit(&tenant, 1);
    until("the handler has begun", || app.heard.begun().len() == 1).await;
    app.order_stop();
    until("the idle connection is closed", || tenant.stream().connections().len() == 1).await;
    emit(&tenant, 2);
    for _ in 0..20 {
        moment().await;
    }
    assert!(app.is_running());
    assert_eq!(app.heard.begun().len(), 1, "no event is begun");
    let wang = tenant.person("lgb0001");
    let (said, ()) = tokio::join!(wang.says("签到"), async {
        until("what comes only once is", || app.heard.begun().len() == 2).await;
        app.heard.release();
    });
    said.unwrap();
    app.stop().await;
    until("all are closed", || tenant.stream().connections().is_empty()).await;
    tenant.pushes().settled().await;
    assert_eq!(tenant.pushes().pending(), 1, "the first is taken, the second waits");
    assert!(tenant.stream().complaints().is_empty());
}

#[tokio::test]
async fn a_handler_that_never_ends_does_not_hold_up_the_stop() {
    let tenant = tenant().await;
    let mut app = Listening::start(&tenant, single()).await;
    app.heard.hold();
    emit(&tenant, 1);
    until("the handler has begun", || app.heard.begun().len() == 1).await;
    app.order_stop();
    for _ in 0..10 {
        moment().await;
    }
    assert!(app.is_running());
    app.stage.ends(Pause::Drain);
    app.stop().await;
}

#[tokio::test]
async fn a_listener_that_cannot_connect_stops_at_once() {
    let tenant = tenant().await;
    tenant.faults().next(1000, OPEN, Fault::SystemError);
    let app = Listening::begin(&tenant, Settings::default());
    until("it has tried", || app.report().failed > 4).await;
    let problem = app.report().problem.unwrap();
    assert_eq!(problem.what, "unavailable");
    app.stop().await;
}
