//! Tells people something as a work notice, and says who has got it.
//!
//! ```text
//! export DINGTALK_CORP_ID=… DINGTALK_CLIENT_ID=… DINGTALK_CLIENT_SECRET=… DINGTALK_AGENT_ID=…
//! cargo run -p dingtalk --example tell -- 周五9点学习 userid1 userid2
//! ```
//!
//! With `DINGTALK_HOST=http://127.0.0.1:18080` it speaks to a simulator instead.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]
#![expect(clippy::disallowed_methods, reason = "it has no clock but the machine's, and waits by it")]

use std::{env, error::Error, time::Duration};

use chrono::Utc;
use dingtalk::{
    Client, Config, Hosts, UserId,
    work_notice::{NoticeMessage, ProgressStatus},
};

fn config() -> Result<Config, Box<dyn Error>> {
    let told = |name: &str| env::var(name).map_err(|error| format!("{name}: {error}"));
    let hosts = match env::var("DINGTALK_HOST") {
        Ok(host) => Hosts::both(host.parse()?),
        Err(_) => Hosts::platform()?,
    };
    let agent = dingtalk::AgentId(told("DINGTALK_AGENT_ID")?.parse()?);
    let (corp, app) = (told("DINGTALK_CORP_ID")?, told("DINGTALK_CLIENT_ID")?);
    Ok(Config::new(hosts, &corp, &app, told("DINGTALK_CLIENT_SECRET")?, agent)?)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut words = env::args().skip(1);
    let text = words.next().ok_or("usage: tell <text> <userid> …")?;
    let people = words.map(|userid| userid.parse()).collect::<Result<Vec<UserId>, _>>()?;

    let client = Client::new(config()?, Utc::now)?;
    let task = client.work_notices().send(&people, NoticeMessage::text(text)).await?.task_id;
    // Queued by the platform, and sent in its own time.
    while client.work_notices().progress(task).await?.status != ProgressStatus::Done {
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let result = client.work_notices().result(task).await?;
    println!("sent to {}, read by {}", result.unread_user_id_list.len(), result.read_user_id_list.len());
    for userid in &result.invalid_user_id_list {
        println!("{userid}: nobody has this userid");
    }
    for forbidden in &result.forbidden_list {
        println!("{}: not sent, {:?}", forbidden.userid, forbidden.reason());
    }
    Ok(())
}
