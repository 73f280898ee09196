//! Codes and tokens.

use chrono::TimeDelta;

use crate::{own_client, tenant};

#[tokio::test]
async fn a_code_signs_in_once() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let code = tenant.person("lgb0001").auth_code().unwrap();
    assert_eq!(client.auth().user_of_code(&code).await.unwrap().userid.as_str(), "lgb0001");
    let again = client.auth().user_of_code(&code).await.unwrap_err();
    assert_eq!(again.code(), "40078");
}

#[tokio::test]
async fn a_code_is_good_for_five_minutes() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let code = tenant.person("lgb0001").auth_code().unwrap();
    tenant.clock().advance(TimeDelta::minutes(5));
    assert_eq!(client.auth().user_of_code(&code).await.unwrap_err().code(), "40078");
}

#[tokio::test]
async fn whoever_left_gets_no_code_and_cannot_use_an_old_one() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    let code = tenant.person("lgb0001").auth_code().unwrap();
    tenant.remove_person("lgb0001").unwrap();
    assert!(tenant.person("lgb0001").auth_code().is_err());
    assert_eq!(client.auth().user_of_code(&code).await.unwrap_err().code(), "40078");
}

#[tokio::test]
async fn a_token_that_ran_out_is_fetched_anew() {
    let tenant = tenant().await;
    let client = own_client(&tenant);
    client.probe().await.unwrap();
    tenant.faults().next(1, "/topapi/v2/user/get", dingtalk_sim::Fault::TokenExpired);
    let person = client.contact().user(&"lgb0001".parse().unwrap()).await.unwrap();
    assert_eq!(person.name, "王秀英");
}
