//! DING, as far as the organisation has it.

use dingtalk::Cause;
use dingtalk::robot::{CallVoice, Ding, Remind};
use dingtalk_sim::{Options, Tenant};

use crate::{own_client, tenant, users};

fn ding(remind: Remind, to: &[&str]) -> Ding {
    Ding {
        remind, to: users(to), content: "防汛紧急通知".to_owned(), voice: Some(CallVoice::StandardMale)
    }
}

#[tokio::test]
async fn a_ding_names_whom_it_did_not_reach_and_is_taken_back_once() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let sent = client.robot().ding(&ding(Remind::InApp, &["lgb0001", "nobody"])).await.unwrap();
    assert_eq!(sent.failed_list["miss.staffId"], users(&["nobody"]));
    assert_eq!(tenant.person("lgb0001").chat(), "DING:\n  防汛紧急通知\n");
    client.robot().recall_ding(&sent.open_ding_id).await.unwrap();
    assert_eq!(tenant.person("lgb0001").chat(), "DING:\n  （已撤回）\n");
    let again = client.robot().recall_ding(&sent.open_ding_id).await.unwrap_err();
    assert_eq!(again.code(), "recall.ding.exception");
}

#[tokio::test]
async fn what_was_bought_is_used_up() {
    let mut world = crate::world();
    world.ding.sms = 1;
    let tenant = Tenant::start(world, Options::default()).await.unwrap();
    let client = own_client(&tenant);
    client.robot().ding(&ding(Remind::Sms, &["lgb0001"])).await.unwrap();
    for remind in [Remind::Sms, Remind::Phone] {
        let refused = client.robot().ding(&ding(remind, &["lgb0001"])).await.unwrap_err();
        assert_eq!(refused.code(), "ding.serverquota.insufficient");
        assert_eq!(refused.cause(), Some(Cause::Quota));
    }
    client.robot().ding(&ding(Remind::InApp, &["lgb0001"])).await.unwrap();
}

#[tokio::test]
async fn an_edition_without_it_refuses_and_only_a_purchase_helps() {
    let mut world = crate::world();
    world.ding.allowed = false;
    let tenant = Tenant::start(world, Options::default()).await.unwrap();
    let refused = own_client(&tenant).robot().ding(&ding(Remind::InApp, &["lgb0001"])).await.unwrap_err();
    assert_eq!(refused.cause(), Some(Cause::App));
    assert!(tenant.sent().is_empty());
}
