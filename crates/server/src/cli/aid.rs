//! `aid`: proof bundles at the machine, made by whoever runs it and verified by anybody with the public key.

use std::{fs, path::Path, process::ExitCode};

use anyhow::Context as _;
use domain::aid::{
    bundle::{self, PublicKey, Report},
    payment::PaymentState,
    store,
};

use crate::{
    app,
    clock::Clock,
    config::Config,
    keys,
    terminal::{complain, say},
};

/// Writes the bundle of a case. That it was made is in the audit chain.
pub(super) async fn prove(config: &Config, number: &str, out: Option<&Path>) -> anyhow::Result<ExitCode> {
    let (cx, signer, db) =
        (keys::context(&config.keys)?, keys::signer(&config.keys)?, app::connect(config).await?);
    let case = store::case::by_number(&db, number).await?;
    let case = case.with_context(|| format!("there is no case {number}"))?;
    let now = Clock::System.now();
    let bytes = bundle::prove_at_the_machine(&db, &cx, &signer, case.id, now).await?;
    let out = out.map_or_else(|| format!("{number}.bundle.json").into(), Path::to_path_buf);
    fs::write(&out, bytes).with_context(|| format!("{} cannot be written", out.display()))?;
    say(format!(
        "{} is written; `yinling aid verify` checks it with the key {}",
        out.display(),
        signer.public_key()
    ));
    Ok(ExitCode::SUCCESS)
}

/// What the money did, what was said against it, and what the platform's record has, a line each.
fn in_words(report: &Report) -> Vec<String> {
    let count = report.instalments.len();
    let mut lines: Vec<String> = Vec::with_capacity(count + 3);
    lines.extend(report.instalments.iter().map(|it| {
        let became = match it.state {
            PaymentState::Waiting => "the bank has not answered",
            PaymentState::Paid => "paid",
            PaymentState::Returned => "sent back",
            PaymentState::TakenOut => "taken out of its batch",
        };
        format!("payment {} of {count}: {}, {became}; paid so far {}", it.nth, it.amount, it.paid_so_far)
    }));
    lines.push(format!("{} notices hung, the earlier ones were ended", report.notices));
    let said = [("objections", report.objections), ("appeals", report.appeals)];
    lines.extend(said.map(|(what, it)| match it.open {
        0 => format!("{} {what}, each with its answer", it.all),
        open => format!("{} {what}, {open} of them open", it.all),
    }));
    lines.push(format!("{} lines of the platform's own record of the approvals", report.platform_lines));
    lines
}

/// Verifies a bundle: a file and a public key, no database and no network.
pub(super) fn verify(file: &Path, key: &str) -> anyhow::Result<ExitCode> {
    let key = PublicKey::parse(key).context("--key is not a public key: 64 hexadecimal digits")?;
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    match bundle::verify(&bytes, &key) {
        Ok(report) => {
            say(format!("the bundle is whole: case {}, {}", report.number, report.status.label()));
            say(format!(
                "approved {}, paid {}",
                report.approved.map_or_else(|| "nothing".to_owned(), |fen| fen.to_string()),
                report.paid
            ));
            if report.written_off.is_positive() {
                say(format!("of that, {} is asked back in vain and written off", report.written_off));
            }
            for line in in_words(&report) {
                say(line);
            }
            say(format!(
                "{} log entries, {} audit rows, made by {} at {}",
                report.events, report.audit_rows, report.made_by, report.made_at
            ));
            say(format!("the audit chain ended at {}", report.chain_end));
            Ok(ExitCode::SUCCESS)
        }
        Err(broken) => {
            complain(format!("the bundle is broken: {broken}"));
            Ok(ExitCode::FAILURE)
        }
    }
}
