//! What the shape of the code promises, read from the code. The promises stand in ARCHITECTURE.md.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use server::routes::{self, Access};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn crates() -> Vec<String> {
    let mut all: Vec<String> = fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    all.sort();
    all
}

/// Every Rust file below a folder, with its path from the root of the repository.
fn files(folder: &str) -> Vec<(String, String)> {
    files_of_kind(folder, "rs")
}

fn files_of_kind(folder: &str, kind: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, kind: &str, into: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, kind, into);
            } else if path.extension().is_some_and(|extension| extension == kind) {
                into.push(path);
            }
        }
    }
    let (root, mut found) = (root(), Vec::new());
    walk(&root.join(folder), kind, &mut found);
    found.sort();
    let name = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
    found.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

pub(crate) fn sources() -> Vec<(String, String)> {
    crates().iter().flat_map(|name| files(&format!("crates/{name}/src"))).collect()
}

/// What is compiled into the product: everything before the first test module.
pub(crate) fn production(text: &str) -> Vec<&str> {
    text.lines().take_while(|line| !line.trim_start().starts_with("#[cfg(test)]")).collect()
}

/// The files in which a line of production code, comments apart, contains the words.
fn naming(sources: &[(String, String)], words: &str) -> BTreeSet<String> {
    let names = |line: &&str| line.contains(words) && !line.trim_start().starts_with("//");
    let hits = sources.iter().filter(|(_, text)| production(text).iter().any(&names));
    hits.map(|(path, _)| path.clone()).collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The table "who may import whom" of ARCHITECTURE.md: a crate, what it is, what it may import.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let quoted =
        |cell: &str| -> BTreeSet<String> { cell.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    text.lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.split('|').collect::<Vec<_>>())
        .filter(|cells| cells.len() == 5)
        .map(|cells| (quoted(cells[1]).pop_first().unwrap(), quoted(cells[3])))
        .collect()
}

#[test]
fn crates_import_what_architecture_md_allows() {
    let (crates, allowed) = (crates(), allowed());
    assert_eq!(allowed.keys().cloned().collect::<Vec<_>>(), crates, "the table lists every crate");
    for name in &crates {
        let manifest = fs::read_to_string(root().join(format!("crates/{name}/Cargo.toml"))).unwrap();
        let manifest: toml::Table = manifest.parse().unwrap();
        let ours = |section: &str| -> BTreeSet<String> {
            let table = manifest.get(section).and_then(toml::Value::as_table);
            table
                .into_iter()
                .flat_map(|table| table.keys())
                .filter(|key| crates.contains(key))
                .cloned()
                .collect()
        };
        assert_eq!(ours("dependencies"), allowed[name], "{name}");
        let mut tests = allowed[name].clone();
        tests.extend(set(&["schema", "dingtalk-sim"]));
        assert!(ours("dev-dependencies").is_subset(&tests), "{name} in tests");
    }
    let server = fs::read_to_string(root().join("crates/server/Cargo.toml")).unwrap();
    let server: toml::Table = server.parse().unwrap();
    assert_eq!(server["dependencies"]["dingtalk-sim"]["optional"].as_bool(), Some(true), "only for the demo");
}

#[test]
fn no_file_is_longer_than_three_hundred_lines() {
    for (path, text) in sources() {
        assert!(production(&text).len() <= 300, "{path} has {} lines", production(&text).len());
    }
}

#[test]
fn a_folder_lists_its_files_and_does_nothing_else() {
    let server = files("crates/server/src");
    for (path, text) in server.iter().filter(|(path, _)| path.ends_with("/mod.rs")) {
        let does = ["struct ", "enum ", "impl ", "trait ", "async fn ", "static "];
        for line in production(text) {
            let code = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
            assert!(!does.iter().any(|word| code.starts_with(word)), "{path}: {line}");
        }
    }
}

#[test]
fn every_feature_of_the_server_has_its_namesake_in_the_domain() {
    // Rooms of the house, not features: they hold what every feature uses.
    let rooms = set(&["callback", "cli", "config", "console", "demo", "home", "jobs", "manifest", "page"]);
    let folders = |name: &str| -> BTreeSet<String> {
        let folder = fs::read_dir(root().join(format!("crates/{name}/src"))).unwrap();
        let folders = folder.map(|entry| entry.unwrap()).filter(|entry| entry.path().is_dir());
        folders.map(|entry| entry.file_name().into_string().unwrap()).collect()
    };
    let features: BTreeSet<String> = folders("server").difference(&rooms).cloned().collect();
    let domain = folders("domain");
    let orphans: Vec<_> = features.difference(&domain).collect();
    assert!(orphans.is_empty(), "{orphans:?}");
}

#[test]
fn only_the_clock_reads_the_clock() {
    let sources = sources();
    for clock in ["Utc::now", "Local::now", "SystemTime::now"] {
        let read: Vec<_> = naming(&sources, clock).into_iter().collect();
        let may = ["crates/dingtalk-sim/src/clock.rs", "crates/server/src/clock.rs"];
        assert!(read.iter().all(|path| may.contains(&path.as_str())), "{clock}: {read:?}");
    }
}

#[test]
fn transactions_begin_in_one_place() {
    let sources = sources();
    let begun: BTreeSet<_> =
        [".begin(", ".begin_with_"].iter().flat_map(|words| naming(&sources, words)).collect();
    let begun: Vec<&String> = begun.iter().filter(|path| !path.contains("/dingtalk-sim/")).collect();
    let readers = [
        // Reads a whole chain as of one moment.
        "crates/audit/src/verify.rs",
        "crates/mailbox/src/transaction.rs",
        // Writes everything down as of one moment.
        "crates/portable/src/export.rs",
        // Has no rows to wait for yet.
        "crates/schema/src/migrator.rs",
    ];
    assert_eq!(begun, readers);
}

#[test]
fn pages_know_no_tables() {
    let server: Vec<_> = files("crates/server/src");
    assert_eq!(naming(&server, "sea_orm"), set(&["crates/server/src/app.rs"]));
    for crate_name in ["notify", "server"] {
        let files = files(&format!("crates/{crate_name}/src"));
        for word in ["EntityTrait", "::entity::", "SELECT ", "INSERT ", "UPDATE "] {
            assert_eq!(naming(&files, word), BTreeSet::new(), "{crate_name}: {word}");
        }
    }
}

#[test]
fn only_these_talk_to_dingtalk() {
    let sources: Vec<_> = [files("crates/server/src"), files("crates/notify/src")].concat();
    let mut named = naming(&sources, "app.dingtalk.");
    for (path, text) in &sources {
        let code = production(text).join("\n");
        let imported = code.split("use dingtalk::").nth(1).and_then(|rest| rest.split(';').next());
        if code.contains("dingtalk::Client") || imported.is_some_and(|names| names.contains("Client")) {
            named.insert(path.clone());
        }
    }
    let allowed = [
        // Reads a login that no event has named yet.
        "crates/server/src/cli/grant.rs",
        // Builds it.
        "crates/server/src/app.rs",
        // Reads the directory at the machine.
        "crates/server/src/cli/directory.rs",
        // Reads the whole directory, and counts who is in it.
        "crates/server/src/jobs/directory/job.rs",
        "crates/server/src/jobs/directory/leavers.rs",
        "crates/server/src/jobs/directory/walk.rs",
        // Probes permission points; reads and makes the approval form.
        "crates/server/src/manifest/form.rs",
        "crates/server/src/manifest/probe.rs",
        // Listens to it.
        "crates/server/src/callback/stream.rs",
        // Asks the gateway for a place, to see whether it gives one.
        "crates/server/src/cli/tenant.rs",
        // Reads again what a push only hints at.
        "crates/server/src/callback/work.rs",
        // Asks where a file of an approval is.
        "crates/server/src/console/history.rs",
        // Fetches what was not delivered.
        "crates/server/src/jobs/failed_events.rs",
        // Lists approvals by window.
        "crates/server/src/jobs/reconcile.rs",
        // A code becomes a login.
        "crates/server/src/session/enter.rs",
        // Sends.
        "crates/notify/src/dispatch/mod.rs",
    ];
    assert_eq!(named, set(&allowed));
}

#[test]
fn every_route_says_who_may_use_it_and_none_is_there_twice() {
    let mut seen = BTreeSet::new();
    for route in routes::all() {
        assert!(seen.insert((route.method.to_string(), route.path)), "{} twice", route.path);
        let personal = !matches!(route.access, Access::Public | Access::Platform);
        let open = [
            "/static/",
            "/console/visits/worker.js",
            "/enter",
            "/session",
            "/favicon.ico",
            "/robots.txt",
            "/callback/",
            "/styleguide",
        ];
        let open = route.path == "/" || open.iter().any(|start| route.path.starts_with(start));
        assert_eq!(personal, !open, "{}", route.path);
    }
}

#[test]
fn addresses_are_mounted_in_one_place() {
    let server = files("crates/server/src");
    assert_eq!(naming(&server, ".service("), set(&["crates/server/src/routes.rs"]));
    // The private listener has three of its own.
    let routed = naming(&server, ".route(");
    assert_eq!(routed, set(&["crates/server/src/health.rs", "crates/server/src/routes.rs"]));
}

#[test]
fn one_tls_stack_and_no_copyleft() {
    let tree = [
        "tree",
        "--workspace",
        "--edges=normal,build",
        "--prefix=none",
        "--format={p}|{l}",
        "--locked",
        "--offline",
    ];
    let output = Command::new(env!("CARGO")).args(tree).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let banned = ["aws-lc-rs", "aws-lc-sys", "openssl", "openssl-sys", "native-tls"];
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let Some((package, licence)) = line.split_once('|') else { continue };
        assert!(
            !banned.iter().any(|name| package.starts_with(&format!("{name} "))),
            "{package} is in the tree"
        );
        let choices = licence.split(" OR ").any(|choice| !choice.contains("GPL"));
        assert!(choices, "{package}: {licence}");
    }
}

/// The documents that say how the program is used.
fn documents() -> Vec<(String, String)> {
    let alone = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]
        .map(|name| (name.to_owned(), fs::read_to_string(root().join(name)).unwrap()));
    let folders = ["docs", "deploy", "dingtalk-manifest"];
    alone.into_iter().chain(folders.into_iter().flat_map(|folder| files_of_kind(folder, "md"))).collect()
}

/// `a b|c` says two commands: a b and a c.
fn commands(words: &[&str]) -> Vec<Vec<String>> {
    words.iter().fold(vec![Vec::new()], |said, word| {
        let longer = |one: &Vec<String>| {
            let one = one.clone();
            word.split('|').map(move |next| [one.clone(), vec![next.to_owned()]].concat()).collect::<Vec<_>>()
        };
        said.iter().flat_map(longer).collect()
    })
}

#[test]
fn a_document_names_commands_and_flags_that_there_are() {
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for (path, text) in documents() {
        // What stands between marks of code, and each line of it where it is a block.
        let code = text.split('`').skip(1).step_by(2).flat_map(str::lines).map(str::trim);
        let ours = code
            .filter_map(|line| line.strip_prefix("yinling ").or_else(|| line.strip_prefix("cargo run -- ")));
        for line in ours {
            // Another command may stand in it, whose flags are its own.
            let words: Vec<&str> = line.split("$(").next().unwrap().split_whitespace().collect();
            let named = |word: &&&str| word.starts_with(|first: char| first.is_ascii_lowercase());
            let (words, rest) = words.split_at(words.iter().take_while(named).count());
            for command in commands(words) {
                seen += 1;
                let mut asked = Command::new(env!("CARGO_BIN_EXE_yinling"));
                let answer = asked.args(&command).arg("--help").output().unwrap();
                let help = String::from_utf8(answer.stdout).unwrap();
                let flags = rest.iter().filter(|word| word.starts_with("--"));
                let missing = flags.filter(|flag| !help.contains(**flag)).copied().collect::<Vec<_>>();
                if !answer.status.success() || !missing.is_empty() {
                    wrong.push(format!("{path}: {} {missing:?}", command.join(" ")));
                }
            }
        }
    }
    assert!(seen > 40, "only {seen} were found");
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_document_names_files_that_there_are() {
    let there: Vec<String> = files("crates").into_iter().map(|(path, _)| format!("/{path}")).collect();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for (document, text) in documents() {
        // A name of which a part is to be filled in is none.
        let to_fill = |span: &str| span.contains(|c: char| c.is_whitespace() || c == '<');
        let path =
            |span: &&str| Path::new(span).extension().is_some_and(|kind| kind == "rs") && !to_fill(span);
        for path in text.split('`').skip(1).step_by(2).filter(path) {
            seen += 1;
            if !there.iter().any(|file| file.ends_with(&format!("/{path}"))) {
                wrong.push(format!("{document}: {path}"));
            }
        }
    }
    assert!(seen > 100, "only {seen} were found");
    assert_eq!(wrong, Vec::<String>::new());
}
