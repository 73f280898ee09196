//! Measures that files which want more than they are worth are refused within a second and 256 MB. Each is read in a process of its own,
//! whose peak of memory is then known: `hostile` reads all of them, `hostile FILE` one.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement")]

use std::process::{Command, ExitCode};

#[path = "../tests/it/cases.rs"]
mod cases;
#[path = "../tests/it/made.rs"]
mod made;
#[path = "../tests/it/reading.rs"]
mod reading;

const MILLISECONDS: u64 = 1_000;
const MEGABYTES: u64 = 256;

fn main() -> ExitCode {
    if let Some(file) = std::env::args().nth(1) {
        one(&file);
        return ExitCode::SUCCESS;
    }
    let file = std::env::temp_dir().join(format!("yinling-hostile-{}.xlsx", std::process::id()));
    let mut missed = false;
    for (name, bytes, expected) in cases::cases(1) {
        std::fs::write(&file, bytes).unwrap();
        let child = Command::new(std::env::current_exe().unwrap()).arg(&file).output().unwrap();
        let said = String::from_utf8(child.stdout).unwrap();
        let fields: Vec<&str> = said.trim().split('|').collect();
        let [result, millis, peak] = fields.as_slice() else { panic!("{name}: {said}") };
        let (millis, peak): (u64, u64) = (millis.parse().unwrap(), peak.parse().unwrap());
        let kept = result.contains(expected) && millis <= MILLISECONDS && peak >> 10 <= MEGABYTES;
        println!("{}{name}: {result} in {millis} ms, {} MB", if kept { "" } else { "MISSED " }, peak >> 10);
        missed |= !kept;
    }
    std::fs::remove_file(&file).unwrap();
    ExitCode::from(u8::from(missed))
}

fn one(file: &str) {
    let bytes = std::fs::read(file).unwrap();
    let begun = worked();
    let result = reading::read_within(cases::limits(1), bytes);
    let took = worked() - begun;
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    println!("{result:?}|{took}|{}", peak.trim().trim_end_matches(" kB"));
}

/// Milliseconds for which this process has had a core, which it alone uses one of: other people's builds share the machine.
fn worked() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks = fields.get(11..13).unwrap().iter().map(|ticks| ticks.parse::<u64>().unwrap());
    ticks.sum::<u64>() * 10
}
