//! The bank: it knows the files that it got and what it did with each line, and nothing of us.

use std::{collections::BTreeMap, fmt::Write as _};

use rand::Rng;
use rand_chacha::ChaCha8Rng;

/// One line of a file.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) serial: String,
    pub(super) payee: String,
    pub(super) account: String,
    pub(super) fen: i64,
    /// What the file says it is for: the case's number.
    pub(super) remark: String,
    pub(super) paid: bool,
}

#[derive(Default)]
pub(super) struct Bank {
    files: BTreeMap<String, Vec<Line>>,
}

impl Bank {
    /// Does what a file says; the same batch again is the same file. Some accounts have been closed.
    pub(super) fn takes(&mut self, batch: &str, file: &str, dice: &mut ChaCha8Rng) {
        if self.files.contains_key(batch) {
            return;
        }
        let lines = file.lines().skip(1).map(|line| {
            let [serial, payee, account, _, amount, remark] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            let fen = amount.replace('.', "").parse().unwrap();
            let paid = dice.random_bool(0.97);
            let [serial, payee, account, remark] = [serial, payee, account, remark].map(str::to_owned);
            Line { serial, payee, account, fen, remark, paid }
        });
        self.files.insert(batch.to_owned(), lines.collect());
    }

    /// What it answers.
    pub(super) fn answers(&self, batch: &str) -> Option<String> {
        let mut file = "序号\t户名\t账号\t金额\t结果\t原因\r\n".to_owned();
        for line in self.files.get(batch)? {
            let tail = &line.account[line.account.len() - 4..];
            let (result, why) =
                if line.paid { ("已付", "") } else { ("退汇", "账户不存在或已注销") };
            let (yuan, fen) = (line.fen / 100, line.fen % 100);
            let Line { serial, payee, .. } = line;
            write!(file, "{serial}\t{payee}\t************{tail}\t{yuan}.{fen:02}\t{result}\t{why}\r\n")
                .unwrap();
        }
        Some(file)
    }

    /// For which case it paid how much, each time.
    pub(super) fn paid(&self) -> impl Iterator<Item = (&str, i64)> {
        self.files.values().flatten().filter(|line| line.paid).map(|line| (line.remark.as_str(), line.fen))
    }
}
