//! A tenant that is stopped and started again goes on where it was.

use chrono::TimeDelta;
use dingtalk_sim::{Options, StartError, Tenant};

use crate::client::new_instance;
use crate::{own_client, world};

fn options(name: &str) -> Options {
    let folder = std::env::temp_dir().join(format!("dingtalk-sim-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    Options { state_file: Some(folder.join("state.json")), ..Options::default() }
}

#[tokio::test]
async fn chats_approvals_clock_and_waiting_events_are_kept() {
    let options = options("kept");
    let tenant = Tenant::start(world(), options.clone()).await.unwrap();
    tenant.clock().advance(TimeDelta::days(3));
    tenant.person("lgb0001").says("签到").await.unwrap();
    own_client(&tenant).workflow().create(&new_instance("BF-1")).await.unwrap();
    tenant.phone(0).hand_to("lgb0002").unwrap();
    let group = tenant.groups()[0].id.clone();
    tenant.group(&group).says("zs0001", "早上好").await.unwrap();
    let picture = crate::media::upload(&own_client(&tenant), "墙.png").await;
    tenant.pushes().settled().await;
    let (now, pending) = (tenant.clock().now(), tenant.pushes().pending());
    tenant.stop().await;

    let tenant = Tenant::start(world(), options.clone()).await.unwrap();
    assert_eq!(tenant.clock().now(), now);
    assert_eq!(tenant.person("lgb0001").chat(), "王秀英:\n  签到\n");
    assert_eq!(tenant.approvals().inbox("sp0001").len(), 1);
    assert_eq!(tenant.groups().len(), 1, "the world file makes no second one");
    assert_eq!(tenant.group(&group).chat(), "陈志远:\n  早上好\n");
    let message = dingtalk::robot::RobotMessage::Image(picture.to_string());
    own_client(&tenant).robot().send_to_people(&[crate::user("lgb0002")], &message).await.unwrap();
    assert_eq!(tenant.phone(0).user().as_deref(), Some("lgb0002"));
    assert_eq!(tenant.pushes().pending(), pending);
    tenant.stop().await;
    std::fs::remove_dir_all(options.state_file.unwrap().parent().unwrap()).unwrap();
}

#[tokio::test]
async fn a_file_that_is_not_understood_is_named() {
    let options = options("broken");
    let path = options.state_file.clone().unwrap();
    std::fs::write(&path, "{}").unwrap();
    let error = Tenant::start(world(), options).await.err().unwrap();
    assert!(matches!(&error, StartError::Snapshot(_)), "{error:?}");
    assert!(error.to_string().contains("state.json"));
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
}
