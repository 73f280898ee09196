//! `doctor`: looks from where the server looks, and says what to do. 0 is well, 1 is a fault, 2 is something to look at.

use std::{path::Path, process::Command, process::ExitCode};

use audit::{Anchor, Verdict, Wanted};
use chrono::TimeDelta;
use domain::{
    directory::{State as Walked, store},
    quota::{self, Level},
};
use secrecy::ExposeSecret;

use super::tenant;
use crate::{
    app::{self, Db},
    clock::Clock,
    config::Config,
    finding::{Finding, code, tell, worst},
    health, keys,
};

/// A walk through the directory happens each night; after two without one, somebody should look.
const WALK: TimeDelta = TimeDelta::hours(49);

pub(super) async fn run(
    config: &Config,
    (json, free): (bool, bool),
    anchors: &[Anchor],
) -> anyhow::Result<ExitCode> {
    let mut findings = vec![keys_found(config), disk(config)];
    findings.extend(database(config).await);
    if !anchors.is_empty() {
        findings.push(anchored(config, anchors).await);
    }
    findings.extend(tenant::look(config, free).await);
    // Last, so that what has been asked just now is in it.
    findings.extend(month(config).await);
    tell(&findings, json)?;
    Ok(code(worst(&findings), 2))
}

fn keys_found(config: &Config) -> Finding {
    match keys::context(&config.keys).and_then(|_| keys::signer(&config.keys)) {
        Ok(_) => Finding::well("keys", "密钥文件都能读"),
        Err(error) => Finding::fault("keys", format!("密钥文件：{error:#}"))
            .todo("新装的用 `yinling keys 文件夹` 生成；丢了的从保险柜里取回"),
    }
}

/// Where `SQLite` keeps the rows, or where the server runs. A full disk is the commonest end of a small installation.
fn disk(config: &Config) -> Finding {
    let url = config.database.url.expose_secret();
    let file = url
        .strip_prefix("sqlite:")
        .map(|rest| rest.trim_start_matches("//").split('?').next().unwrap_or(rest));
    let folder = file.and_then(|file| Path::new(file).parent()).filter(|folder| folder.is_dir());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    let Some(free) = free_megabytes(folder) else {
        return Finding::look("disk", format!("量不出 {} 还有多少空间", folder.display()));
    };
    let said = format!("磁盘：{} 还有 {free} MB", folder.display());
    match free {
        0..100 => Finding::fault("disk", said).todo("清理磁盘，或换大的；满了就什么都写不进去"),
        100..1024 => Finding::look("disk", said).todo("不到 1 GB 了，早些清理"),
        _ => Finding::well("disk", said),
    }
}

fn free_megabytes(folder: &Path) -> Option<u64> {
    let output = Command::new("df").arg("-Pk").arg(folder).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let free: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(free / 1024)
}

async fn database(config: &Config) -> Vec<Finding> {
    let db = match app::connect(config).await {
        Ok(db) => db,
        Err(error) => {
            return vec![
                Finding::fault("database", format!("数据库连不上：{error:#}")).todo("核对 database.url"),
            ];
        }
    };
    let reached = if health::writable(&db).await {
        Finding::well("database", "数据库可以写")
    } else {
        Finding::fault("database", "数据库连得上，但写不进去")
            .todo("看是不是别的程序占着、磁盘满了、文件只读")
    };
    match schema::pending(&db).await {
        Ok(pending) if pending.is_empty() => {}
        Ok(pending) => {
            let missing = Finding::fault("schema", format!("表结构少了 {} 步", pending.len()));
            return vec![reached, missing.todo("运行 `yinling migrate`")];
        }
        Err(error) => return vec![reached, Finding::fault("schema", format!("表结构：{error}"))],
    }
    let chain = match audit::head(&db).await {
        Ok(head) => {
            Finding::well("audit_chain", format!("审计链到 {head}；`yinling audit verify` 可以从头核对"))
        }
        Err(error) => Finding::fault("audit_chain", format!("审计链：{error}")),
    };
    let schema = Finding::well("schema", "表结构是最新的");
    vec![reached, schema, mailboxes(&db).await, chain, walks(config, &db).await]
}

/// Holds what letters said against the chain: only the rows that they name and the end are read.
async fn anchored(config: &Config, anchors: &[Anchor]) -> Finding {
    let look = async {
        let (cx, db) = (keys::context(&config.keys)?, app::connect(config).await?);
        let head = audit::head(&db).await?;
        let wanted = Wanted { from: head.seq, anchors };
        anyhow::Ok(audit::verify_wanted(&db, &cx.audit, wanted).await?)
    };
    match look.await {
        Ok(Verdict::Whole { .. }) => {
            Finding::well("audit_anchor", format!("{}个锚点和审计链对得上", anchors.len()))
        }
        Ok(Verdict::Broken { seq, why }) => {
            Finding::fault("audit_anchor", format!("锚点和审计链对不上：第 {seq} 行，{why}"))
                .todo("先不要动数据库；把信和备份一起交给审计管理员")
        }
        Err(error) => Finding::fault("audit_anchor", format!("锚点没有核对成：{error:#}")),
    }
}

async fn mailboxes(db: &Db) -> Finding {
    let (Ok(inbox), Ok(outbox)) = (mailbox::inbox::depth(db).await, mailbox::outbox::depth(db).await) else {
        return Finding::fault("mailboxes", "收发箱读不出来");
    };
    let dead = inbox.dead + outbox.dead;
    if dead > 0 {
        return Finding::look("mailboxes", format!("收发箱里有 {dead} 件放弃了的，等人处理"));
    }
    let late = Clock::System.now() - TimeDelta::hours(1);
    if [inbox.oldest, outbox.oldest].into_iter().flatten().any(|oldest| oldest < late) {
        return Finding::look("mailboxes", "收发箱里有一个多小时没办的").todo("看服务是否在运行");
    }
    Finding::well("mailboxes", "收发箱里没有积压")
}

/// What the month still allows; nothing without rows, of which the database's finding tells.
async fn month(config: &Config) -> Option<Finding> {
    let db = app::rows(config).await?;
    let Ok(month) = quota::figures(&db, &config.limits(), Clock::System.now()).await else {
        return Some(Finding::fault("quota", "本月用量读不出来"));
    };
    let (used, budget) = (month.used, month.budget);
    let said = format!(
        "{}：接口调用用了 {} 次，还剩 {} 次；推送用了 {} 次，还剩 {} 次。{}",
        month.month,
        used.calls,
        (budget.calls - used.calls).max(0),
        used.deliveries,
        (budget.deliveries - used.deliveries).max(0),
        month.level.label(),
    );
    let buy = "在钉钉管理后台看用量，不够就买增购包，并改 sending.monthly_calls 与 monthly_deliveries；\
               或在工作台关掉几个提醒计划";
    Some(match month.level {
        Level::Plenty => Finding::well("quota", said),
        Level::Tight | Level::Scarce => Finding::look("quota", said).todo(buy),
        Level::UsedUp => Finding::fault("quota", said).todo(buy),
    })
}

async fn walks(config: &Config, db: &Db) -> Finding {
    let Ok(runs) = store::runs(db, 1).await else {
        return Finding::fault("directory", "通讯录核对的记录读不出来");
    };
    match runs.first() {
        _ if config.directory.nightly_at.is_none() => {
            Finding::look("directory", "通讯录：夜里不核对").todo("设置 directory.nightly_at")
        }
        None => Finding::look("directory", "通讯录还没有核对过")
            .todo("运行 `yinling directory sync --dry-run` 看看"),
        Some(run) if run.state == Walked::Asked => {
            Finding::look("directory", format!("通讯录核对停下来问：{}个账号要不要停用", run.removals))
                .todo("请系统管理员在工作台 → 通讯录里答复")
        }
        Some(run) if Clock::System.now() - run.started_at > WALK || run.state == Walked::Failed => {
            Finding::look("directory", "通讯录上一夜没有核对成").todo("看服务的日志")
        }
        Some(_) => Finding::well("directory", "通讯录按时核对"),
    }
}
