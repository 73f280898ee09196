//! One token for everybody, until it is forgotten; and how the client names itself.

use dingtalk::Config;
use dingtalk_sim::Tenant;
use url::Url;

use super::{client_of, config, open, user};
use crate::host::{Host, TOKEN};

fn tokens(tenant: &Tenant) -> usize {
    tenant.wire().iter().filter(|line| line.path == TOKEN).count()
}

#[tokio::test]
async fn a_token_is_fetched_once_and_again_when_it_is_forgotten() {
    let (tenant, client) = open().await;
    client.probe().await.unwrap();
    client.contact().user(&user("lgb0001")).await.unwrap();
    assert_eq!(tokens(&tenant), 1);
    client.forget_token().await;
    assert_eq!(tokens(&tenant), 1, "only when one is needed");
    let (one, other) = (user("lgb0001"), user("lgb0002"));
    let contact = client.contact();
    let (one, other) = futures_util::join!(contact.user(&one), contact.user(&other));
    assert!(one.is_ok() && other.is_ok());
    assert_eq!(tokens(&tenant), 2, "once for all who wait");
}

#[tokio::test]
async fn the_client_has_a_name_of_its_own_until_it_is_given_another() {
    let host = Host::start().await;
    host.gives_token("t-2", 7200).await;
    host.client().probe().await.unwrap();
    let named = Config { user_agent: "club-app/2.1".to_owned(), ..host.config() };
    host.client_of(named).probe().await.unwrap();
    let said: Vec<_> =
        host.asked(TOKEN).await.iter().map(|asked| asked.headers["user-agent"].clone()).collect();
    assert_eq!(said, [Config::USER_AGENT, "club-app/2.1"]);
    assert!(Config::USER_AGENT.starts_with("dingtalk-rs/"));
}

#[tokio::test]
async fn a_name_that_is_no_header_is_refused_when_the_client_is_made() {
    let (tenant, _client) = open().await;
    let broken = Config { user_agent: "two\nlines".to_owned(), ..config(&tenant) };
    let clock = tenant.clock();
    assert!(dingtalk::Client::new(broken, move || clock.now()).is_err());
    let fine = Config { user_agent: "club-app/2.1".to_owned(), ..config(&tenant) };
    client_of(&tenant, fine).probe().await.unwrap();
}

#[test]
fn the_hosts_are_the_platforms() {
    let hosts = dingtalk::Hosts::platform().unwrap();
    let own = |url: &str| hosts.own(&url.parse::<Url>().unwrap());
    assert!(
        own("https://api.dingtalk.com/v1.0/x")
            && own("https://oapi.dingtalk.com/robot/sendBySession?session=1")
    );
    assert!(
        !own("http://api.dingtalk.com/")
            && !own("https://dingtalk.com/")
            && !own("https://api.dingtalk.com:444/")
    );
}
