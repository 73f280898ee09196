//! The part of `doctor` that asks the tenant.

use std::time::Duration;

use chrono::{DateTime, Utc};
use dingtalk::{Client, stream::Subscription};
use dingtalk_callback::stream::{Machine, NotOpen, try_out};

use crate::{
    app,
    clock::Clock,
    config::{Config, Incoming},
    finding::Finding,
    manifest::{Depth, Manifest, delivery, permissions, template, trusted_domain},
};

/// How the tenant stands to us. `free`: without calls that are counted by the month.
pub(super) async fn look(config: &Config, free: bool) -> Vec<Finding> {
    let mut findings = vec![clock(config).await];
    let rows = app::rows(config).await;
    let client = app::client(config, &Clock::System, rows.as_ref());
    let (manifest, client) = match (Manifest::of(config), client) {
        (Ok(manifest), Ok(client)) => (manifest, client),
        (Err(error), _) | (_, Err(error)) => {
            findings.push(Finding::fault("token", format!("钉钉：{error:#}")));
            return findings;
        }
    };
    match client.probe().await {
        Ok(()) => {
            findings.push(Finding::well("token", "令牌：钉钉认得这个应用"));
            let depth = if free { Depth::Free } else { Depth::Full };
            findings.extend(permissions(&manifest, config, &client, &Clock::System, depth).await);
            if !free {
                findings.push(template(config, &client).await);
            }
            findings.push(stream(config, &client).await);
        }
        Err(error) => findings.push(
            Finding::fault("token", format!("令牌：钉钉不认得这个应用（{}）", error.code()))
                .todo("核对 dingtalk.client_id 与 client_secret；看这台机器能不能访问 api.dingtalk.com"),
        ),
    }
    if config.dingtalk.incoming == Incoming::Stream {
        // Nothing is posted.
    } else if serves(config).await {
        findings.extend(delivery(config, &Clock::System).await);
    } else {
        findings.push(Finding::look("delivery", "服务还没有运行，回调地址没有试").todo("启动以后再看一次"));
    }
    findings.push(trusted_domain(&manifest, config));
    findings
}

/// Can the server connect to the gateway? Where it does, a connection is opened and closed; where it only might, a place is asked for and
/// not used.
async fn stream(config: &Config, client: &Client) -> Finding {
    let walls = "看防火墙是否放行 api.dingtalk.com 与 wss-open-connection.dingtalk.com 的 443 端口";
    if config.dingtalk.incoming == Incoming::Http {
        return match client.stream().open(&[Subscription::events()], UA, None).await {
            Ok(_) => Finding::well("stream", "Stream 通道可以建立（现在用 HTTP 推送，它是备用）"),
            Err(error) => Finding::look("stream", format!("Stream 通道建立不了：{}", error.code()))
                .todo(format!("只在改用 Stream 模式时要紧；{walls}")),
        };
    }
    let machine = Machine::with_clock(|| Clock::System.now());
    match try_out(client, UA, &machine).await {
        Ok(()) => Finding::well("stream", "Stream 通道建立过一次，马上关了；消息由它接收"),
        Err(error @ NotOpen::Gateway(_)) => {
            Finding::fault("stream", format!("Stream 通道建立不了，钉钉没有给地址：{}", error.what())).todo(
                format!("消息收不到了。{walls}；再看开发者后台的事件订阅、机器人是否都选了 Stream 模式"),
            )
        }
        Err(error @ NotOpen::Socket(_)) => {
            let said = format!("Stream 通道建立不了，钉钉给了地址，连不上：{}", error.what());
            Finding::fault("stream", said).todo(
                "消息收不到了。看防火墙是否放行 wss-open-connection.dingtalk.com 的 443 端口，代理是否让 WebSocket 通过，\
                 这台机器的可信证书是否齐全",
            )
        }
    }
}

/// Who asks, for the platform's statistics.
const UA: &str = "yinling-doctor/1";

/// The platform refuses what is signed at the wrong time, and we refuse its pushes.
async fn clock(config: &Config) -> Finding {
    let answer = async {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(5)).build().ok()?;
        let answer = client.head(config.dingtalk.api_base.clone()).send().await.ok()?;
        DateTime::parse_from_rfc2822(answer.headers().get("date")?.to_str().ok()?).ok()
    };
    let Some(theirs) = answer.await else {
        return Finding::look("clock", "时钟：钉钉没有说现在几点，没比成");
    };
    let off = (Clock::System.now() - theirs.with_timezone(&Utc)).num_seconds().abs();
    let said = format!("时钟与钉钉相差 {off} 秒");
    match off {
        0..=5 => Finding::well("clock", said),
        6..=60 => Finding::look("clock", said).todo("看时间同步（chrony、timesyncd）"),
        _ => Finding::fault("clock", said).todo("打开时间同步；差得多，登录和回调都会被拒绝"),
    }
}

/// Does a server run here?
async fn serves(config: &Config) -> bool {
    let built = reqwest::Client::builder().timeout(Duration::from_secs(3)).build();
    let Ok(http) = built else { return false };
    http.get(format!("http://{}/livez", config.private.listen)).send().await.is_ok()
}
