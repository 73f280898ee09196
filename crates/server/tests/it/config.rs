//! Configuration, as somebody meets it who has just installed the binary.

use std::{path::PathBuf, process::Command};

/// Runs the binary with these variables only; says status, standard output and standard error.
fn yinling(arguments: &[&str], variables: &[(&str, &str)]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yinling"));
    command.args(arguments).env_clear().envs(variables.iter().copied());
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn file(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn later_layers_win_and_each_value_says_where_it_is_from() {
    let path =
        file("layers.toml", "[web]\nworkers = 3\nlisten = \"127.0.0.1:1111\"\n[help]\nname = \"服务台\"\n");
    let path = path.to_str().unwrap();
    let (status, shown, said) = yinling(
        &["config", "show", "--config", path, "--set", "web.workers=5"],
        &[("YINLING__WEB__WORKERS", "4"), ("YINLING__WEB__LISTEN", "127.0.0.1:2222")],
    );
    assert_eq!((status, said.as_str()), (0, ""));
    for line in [
        "web.workers = 5  (the command line)",
        "web.listen = 127.0.0.1:2222  (the environment)",
        &format!("help.name = 服务台  ({path})"),
        "log.format = text  (default)",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}\n{shown}");
    }
}

#[test]
fn a_secret_is_never_shown() {
    let secret = "a-very-secret-word";
    let (status, shown, _) = yinling(
        &["config", "show"],
        &[
            ("YINLING__DINGTALK__CLIENT_SECRET", secret),
            ("YINLING__DATABASE__URL", "postgres://u:a-very-secret-word@h/d"),
        ],
    );
    assert_eq!(status, 0);
    assert!(
        shown.contains("dingtalk.client_secret = ***") && shown.contains("database.url = ***"),
        "{shown}"
    );
    assert!(!shown.contains(secret), "{shown}");
}

#[test]
fn an_unknown_key_names_its_layer_and_the_nearest_one() {
    let (status, _, said) = yinling(&["config", "check"], &[("YINLING__WEB__LISEN", "x")]);
    assert_eq!(status, 2);
    assert!(said.contains("the environment sets \"web.lisen\"") && said.contains("\"web.listen\""), "{said}");
    let path = file("unknown.toml", "[dingtalk]\nclientid = \"x\"\n");
    let (status, _, said) = yinling(&["config", "check", "--config", path.to_str().unwrap()], &[]);
    assert_eq!(status, 2);
    assert!(said.contains("unknown.toml") && said.contains("\"dingtalk.client_id\""), "{said}");
}

#[test]
fn a_secret_stands_in_one_place() {
    let path = file("secret.txt", "from-a-file\n");
    let path = path.to_str().unwrap();
    let (status, _, said) = yinling(
        &["config", "check"],
        &[("YINLING__DINGTALK__CLIENT_SECRET", "x"), ("YINLING__DINGTALK__CLIENT_SECRET_FILE", path)],
    );
    assert_eq!(status, 2);
    assert!(said.contains("both set"), "{said}");
    let (_, shown, _) = yinling(&["config", "show"], &[("YINLING__DATABASE__URL_FILE", path)]);
    assert!(shown.contains("database.url = ***"), "{shown}");
    let (status, _, said) =
        yinling(&["config", "check"], &[("YINLING__DINGTALK__CLIENT_SECRET_FILE", "/nowhere")]);
    assert_eq!(status, 2);
    assert!(said.contains("/nowhere"), "{said}");
}

#[test]
fn a_simulator_is_refused_where_people_are_served() {
    let simulator = ("YINLING__DINGTALK__API_BASE", "http://127.0.0.1:18080");
    let (status, _, said) = yinling(&["config", "check"], &[simulator]);
    assert_eq!(status, 2);
    assert!(said.contains("allow_simulator"), "{said}");
}

#[test]
fn what_is_missing_is_named_all_at_once() {
    let (status, _, said) = yinling(&["config", "check"], &[("YINLING__DINGTALK__CORP_ID", "ding1")]);
    assert_eq!(status, 2);
    for key in
        ["dingtalk.client_id", "dingtalk.client_secret", "keys.audit_file", "web.public_url", "help.phone"]
    {
        assert!(said.contains(key), "{key}\n{said}");
    }
    assert!(!said.contains("dingtalk.corp_id"), "{said}");
}

#[test]
fn what_is_missing_depends_on_how_things_come_in() {
    let check = |incoming: &str| yinling(&["config", "check"], &[("YINLING__DINGTALK__INCOMING", incoming)]);
    for (incoming, wanted) in [("http", true), ("stream", false)] {
        let (status, _, said) = check(incoming);
        assert_eq!(status, 2);
        for key in ["dingtalk.callback_token is not set", "dingtalk.callback_aes_key is not set"] {
            assert_eq!(said.contains(key), wanted, "{incoming}\n{said}");
        }
        assert!(said.contains("dingtalk.client_secret is not set"), "{said}");
    }
    let (status, _, said) = check("pigeon");
    assert!(status == 2 && said.contains("pigeon") && said.contains("stream"), "{status} {said}");
}

#[test]
fn a_ladder_has_the_rungs_that_are_configured() {
    use domain::notice::{Channel, Ladder};
    let ladder = |set: &[(&str, &str)]| {
        let set: Vec<_> = set.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        server::config::load(None, &set).unwrap().config.ladder()
    };
    assert_eq!(ladder(&[]).unwrap(), Ladder::of([]));
    assert_eq!(ladder(&[("sending.ding", "app")]).unwrap(), Ladder::of([Channel::Ding]));
    let both = [("sending.ding", "phone"), ("sending.sms_folder", "/nowhere")];
    assert_eq!(ladder(&both).unwrap(), Ladder::of([Channel::Ding, Channel::Sms]));
    let wrong = ladder(&[("sending.ding", "bell")]).unwrap_err().to_string();
    assert!(wrong.contains("sending.ding: bell is none of app, sms, phone"), "{wrong}");
}

#[test]
fn the_doctor_says_what_to_do_and_ends_with_the_worst() {
    let database = format!("sqlite:{}/doctor.db", env!("CARGO_TARGET_TMPDIR"));
    let _ = std::fs::remove_file(database.trim_start_matches("sqlite:"));
    let nowhere = [
        ("YINLING__DATABASE__URL", database.as_str()),
        ("YINLING__DINGTALK__ALLOW_SIMULATOR", "true"),
        ("YINLING__DINGTALK__API_BASE", "http://127.0.0.1:1"),
        ("YINLING__DINGTALK__OAPI_BASE", "http://127.0.0.1:1"),
        ("YINLING__DINGTALK__CORP_ID", "ding1"),
        ("YINLING__DINGTALK__CLIENT_ID", "ding1"),
        ("PATH", "/usr/bin:/bin"),
    ];
    let (status, found, _) = yinling(&["doctor", "--json"], &nowhere);
    assert_eq!(status, 1, "{found}");
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    let state = |what: &str| {
        let found = found.as_array().unwrap().iter().find(|found| found["key"] == what).unwrap();
        found["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state("keys"), "fault");
    assert_eq!(state("database"), "well");
    assert_eq!(state("schema"), "fault");
    assert_eq!(state("token"), "fault");
    assert_eq!(state("clock"), "look");
    let (status, found, _) = yinling(&["doctor"], &nowhere);
    assert_eq!(status, 1);
    assert!(found.contains("[故障] 表结构") && found.contains("运行 `yinling migrate`"), "{found}");
}

#[test]
fn keys_are_made_once_and_for_their_owner() {
    use std::os::unix::fs::PermissionsExt;
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fresh-keys");
    let _ = std::fs::remove_dir_all(&folder);
    let (status, said, _) = yinling(&["keys", folder.to_str().unwrap()], &[]);
    assert_eq!(status, 0);
    for name in ["audit_file", "seal_file", "index_file", "signing_file"] {
        assert!(said.contains(name), "{said}");
    }
    let audit = folder.join("audit.key");
    let before = std::fs::read(&audit).unwrap();
    assert_eq!(std::fs::metadata(&audit).unwrap().permissions().mode() & 0o777, 0o600);
    yinling(&["keys", folder.to_str().unwrap()], &[]);
    assert_eq!(std::fs::read(&audit).unwrap(), before);
}
