//! What goes wrong on purpose, as our own client meets it.

use dingtalk::robot::RobotMessage;
use dingtalk::{Advice, Error};
use dingtalk_sim::Fault;

use crate::client::new_instance;
use crate::{own_client, tenant};

const SEND: &str = "/v1.0/robot/oToMessages/batchSend";

#[tokio::test]
async fn too_fast_and_busy_ask_to_wait_and_do_nothing() {
    for fault in [Fault::TooFast, Fault::Busy] {
        let tenant = tenant().await;
        tenant.faults().next(1, SEND, fault);
        let client = own_client(&tenant);
        let to = ["lgb0001".parse().unwrap()];
        let message = RobotMessage::Text("您好".to_owned());
        let error = client.robot().send_to_people(&to, &message).await.unwrap_err();
        assert!(matches!(error.advice(), Advice::Retry(_)), "{fault:?}: {error:?}");
        assert!(tenant.sent().is_empty());
        client.robot().send_to_people(&to, &message).await.unwrap();
    }
}

#[tokio::test]
async fn a_lost_answer_leaves_the_outcome_unknown_and_the_instance_made() {
    for fault in [Fault::LostAnswer, Fault::Slow { ms: 2000 }] {
        let tenant = tenant().await;
        let client = own_client(&tenant);
        client.probe().await.unwrap();
        tenant.faults().next(1, "/v1.0/workflow/processInstances", fault);
        let error = client.workflow().create(&new_instance("BF-1")).await.unwrap_err();
        assert!(matches!(error, Error::Unknown(_)), "{fault:?}: {error:?}");
        assert_eq!(tenant.approvals().all().len(), 1);
    }
}
