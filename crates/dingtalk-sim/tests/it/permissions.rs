//! Permission points: what the console did not grant is refused, and the refusal names the point.

use dingtalk::{Cause, Error};
use dingtalk_sim::{Options, Tenant};

use crate::own_client;

async fn tenant_granted(points: &[&str]) -> Tenant {
    let mut world = crate::world();
    world.app.permissions = Some(points.iter().map(|point| (*point).to_owned()).collect());
    Tenant::start(world, Options::default()).await.unwrap()
}

fn scopes(error: Error) -> (String, Vec<String>) {
    assert_eq!(error.cause(), Some(Cause::App));
    match error {
        Error::Refused { code, required_scopes, .. } => (code, required_scopes),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_call_whose_point_is_missing_is_refused_on_both_hosts_and_names_it() {
    let tenant = tenant_granted(&["Workflow.Instance.Read"]).await;
    let client = own_client(&tenant);
    let wang = "lgb0001".parse().unwrap();
    let refused = scopes(client.contact().user(&wang).await.unwrap_err());
    assert_eq!(refused, ("60011".to_owned(), vec!["qyapi_get_member".to_owned()]));
    let hello = dingtalk::robot::RobotMessage::Text("您好".to_owned());
    let refused = scopes(client.robot().send_to_people(&[wang], &hello).await.unwrap_err());
    let code = "Forbidden.AccessDenied.AccessTokenPermissionDenied".to_owned();
    assert_eq!(refused, (code, vec!["qyapi_robot_sendmsg".to_owned()]));
    assert_eq!(tenant.quota().calls, 0, "what is refused at the door is not counted");
}

#[tokio::test]
async fn what_was_granted_and_what_every_app_may_do_is_let_through() {
    let tenant = tenant_granted(&["qyapi_get_member"]).await;
    let client = own_client(&tenant);
    let code = tenant.person("lgb0001").auth_code().unwrap();
    let user = client.auth().user_of_code(&code).await.unwrap();
    assert_eq!(client.contact().user(&user.userid).await.unwrap().name, "王秀英");
}
