//! The two addresses that DingTalk posts to: pushed to as DingTalk would, from here, by the public name. What is pushed is the
//! platform's own question whether somebody is there, which has no effect.

use std::time::Duration;

use dingtalk_callback::{Key, Pushed, Reply};
use reqwest::{StatusCode, redirect::Policy};
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
    let (events, robot) = (format!("{base}/callback/dingtalk"), format!("{base}/callback/robot"));
    vec![
        match push(&http, &events, config, clock).await {
            Ok(()) => Finding::well("delivery.events", format!("事件地址 {events} 应答正确")),
            Err(why) => Finding::fault("delivery.events", format!("事件地址 {events} {why}")).todo(
                "看服务是否在运行、反向代理和防火墙是否放行；再核对 callback_token、callback_aes_key \
                 与 开发者后台 → 应用 → 事件订阅 里的一致",
            ),
        },
        match http.post(&robot).json(&serde_json::json!({})).send().await {
            // Unsigned: refused, by us.
            Ok(answer) if answer.status() == StatusCode::BAD_REQUEST => {
                Finding::well("delivery.robot", format!("机器人地址 {robot} 通"))
            }
            Ok(answer) => {
                let status = answer.status().as_u16();
                Finding::fault("delivery.robot", format!("机器人地址 {robot} 不是本系统在应答（{status}）"))
                    .todo("看反向代理是否把 /callback/robot 转给本服务")
            }
            Err(_) => Finding::fault("delivery.robot", format!("机器人地址 {robot} 不通"))
                .todo("看服务是否在运行、反向代理和防火墙是否放行"),
        },
    ]
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
