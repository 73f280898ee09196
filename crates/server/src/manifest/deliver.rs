//! The addresses that DingTalk posts to: pushed to from here, by the public name. What is pushed as an event is the platform's own
//! question whether somebody is there, which has no effect; what is said to the robot or pressed on a card has one, so that comes
//! unsigned there, and is to be refused as we refuse it.

use std::time::Duration;

use dingtalk_callback::{Key, Pushed, Reply};
use reqwest::{StatusCode, header::CONTENT_SECURITY_POLICY, redirect::Policy};
use secrecy::ExposeSecret;

use crate::{clock::Clock, config::Config, finding::Finding};

/// An answer is a few hundred bytes.
const LONGEST: usize = 16 * 1024;
/// The platform waits about so long.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Do the addresses answer?
pub async fn delivery(config: &Config, clock: &Clock) -> Vec<Finding> {
    let built = reqwest::Client::builder().timeout(PATIENCE).redirect(Policy::none()).build();
    let Ok(http) = built else {
        return vec![Finding::fault("delivery.events", "这台机器没有可信证书，不能建立连接")];
    };
    let base = config.web.public_url.as_str().trim_end_matches('/');
    let events = format!("{base}/callback/dingtalk");
    let mut findings = vec![match push(&http, &events, config, clock).await {
        Ok(()) => Finding::well("delivery.events", format!("事件地址 {events} 应答正确")),
        Err(why) => Finding::fault("delivery.events", format!("事件地址 {events} {why}")).todo(
            "看服务是否在运行、反向代理和防火墙是否放行；再核对 callback_token、callback_aes_key \
             与 开发者后台 → 应用 → 事件订阅 里的一致",
        ),
    }];
    findings.push(refused(&http, base, ("delivery.robot", "机器人地址", "/callback/robot")).await);
    if config.posts_presses() {
        findings.push(refused(&http, base, ("delivery.cards", "卡片地址", "/callback/card")).await);
    }
    findings
}

/// Something unsigned is refused, by us: with a bare 400 under our own headers. A proxy or somebody else's server answers with a page.
async fn refused(http: &reqwest::Client, base: &str, (key, called, path): (&str, &str, &str)) -> Finding {
    let url = format!("{base}{path}");
    let Ok(mut answer) = http.post(&url).json(&serde_json::json!({})).send().await else {
        return Finding::fault(key, format!("{called} {url} 不通"))
            .todo("看服务是否在运行、反向代理和防火墙是否放行");
    };
    let status = answer.status();
    let ours = answer.headers().contains_key(CONTENT_SECURITY_POLICY);
    let empty = matches!(answer.chunk().await, Ok(None));
    if status == StatusCode::BAD_REQUEST && ours && empty {
        return Finding::well(key, format!("{called} {url} 通"));
    }
    Finding::fault(key, format!("{called} {url} 不是本系统在应答（{}）", status.as_u16()))
        .todo(format!("看反向代理是否把 {path} 转给本服务，路径和应答都不要改"))
}

async fn push(http: &reqwest::Client, url: &str, config: &Config, clock: &Clock) -> Result<(), String> {
    let it = &config.dingtalk;
    let (token, owner) = (it.callback_token.expose_secret(), it.client_id.as_str());
    let key = Key::parse(it.callback_aes_key.expose_secret()).or(Err("没有试：callback_aes_key 不对"))?;
    let message = r#"{"EventType":"check_url"}"#;
    let pushed = Pushed::seal(&key, token, owner, message, clock.now()).ok_or("没有试：机器给不出随机数")?;
    let sent = http.post(url).query(&pushed.query).header("content-type", "application/json");
    let mut answer = sent.body(pushed.body).send().await.or(Err("不通"))?;
    if answer.status() != StatusCode::OK {
        return Err(format!("应答了 {}", answer.status().as_u16()));
    }
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.or(Err("应答到一半断了"))? {
        body.extend_from_slice(&piece);
        if body.len() > LONGEST {
            return Err("应答太长，不是本系统".to_owned());
        }
    }
    let reply: Reply = serde_json::from_slice(&body).or(Err("应答的不是本系统"))?;
    match reply.says_success(&key, token, owner) {
        Ok(true) => Ok(()),
        _ => Err("的密钥与本配置不同".to_owned()),
    }
}
