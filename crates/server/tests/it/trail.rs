//! The audit administrator's desk, anchors outside the database, and the commands that judge the chain without the server.

use std::collections::BTreeSet;

use domain::{
    authority::Role,
    ids::AccountId,
    person::kin::{NewKin, Relationship, commands as kin},
    seed::cast,
    trail::{self, telling},
};
use sea_orm::{ConnectionTrait, DbBackend};

use crate::{
    fences::{production, sources},
    harness::{House, Site},
};

#[actix_web::test]
async fn whoever_looks_at_somebody_is_seen_by_the_audit_administrator() {
    House::each(async |house| {
        let page = format!("/console/people/{}", cast().wang);
        let looks = format!("/console/trail/people/{}", cast().wang);
        house.reads("zhengzhe", &looks, 200).await.says("这个月没有人看过");
        house.reads("chenjing", &page, 200).await;
        house.sends("zhouming", &format!("{page}/numbers"), &[("what", "phones")], 200).await;
        house.sends("chenjing", "/console/people", &[("who", "王秀英"), ("unit", "")], 200).await;
        let seen = house.reads("zhengzhe", &looks, 200).await;
        seen.says("陈静").says("看了档案").says("周明").says("看了完整号码").says("联系");
        house.reads("zhengzhe", &format!("{looks}?month=2026-10"), 200).await.says("这个月没有人看过");
        let found = house.sends("zhengzhe", "/console/trail/people", &[("who", "王秀")], 200).await;
        found.says(&looks).says("王秀英");
        let all = house.reads("zhengzhe", "/console/trail?login=chenjing", 200).await;
        all.says("看了档案").says("查找人员").never_says(">看了完整号码</td>");
        let some = house.reads("zhengzhe", "/console/trail?action=person.revealed", 200).await;
        some.says("周明").never_says(">查找人员</td>");
        house.reads("zhengzhe", "/console", 200).await.says("href=\"/console/trail\"");
        for who in ["chenjing", "wangxiuying", "wumin"] {
            house.reads(who, &looks, 404).await;
            house.reads(who, "/console/trail", 404).await;
        }
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn each_page_that_shows_somebody_is_a_look_and_says_for_what() {
    House::each(async |house| {
        let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
        let page = format!("/console/people/{}", cast().wang);
        let looks = |person| format!("/console/trail/people/{person}");
        let spouse = NewKin {
            name: "赵德福".to_owned(),
            relation: Relationship::Spouse,
            relative: Some(cast().zhao),
            from_on: None,
        };
        kin::add(db, cx, &house.worker().await, (cast().wang, spouse), now).await.unwrap();
        house.reads("chenjing", &format!("{page}/family"), 200).await.says("配偶赵德福");
        house.reads("zhengzhe", &looks(cast().zhao), 200).await.says("在家人的档案里看到姓名");
        house.reads("chenjing", &format!("{page}/logins"), 200).await;
        let change =
            [("field", "birth"), ("date", "1944-03-16"), ("effective", "2026-11-24"), ("evidence", "档案")];
        let asked = house.sends("chenjing", &format!("{page}/change"), &change, 303).await;
        house.reads("fangyuan", asked.header("location"), 200).await.says("档案");
        let fang = house.signed_in("fangyuan").await;
        let csrf = fang.get("/console/exports", 200).await.value("csrf");
        let form = [("csrf", csrf.as_str()), ("purpose", "visit"), ("alone", "1")];
        let export = fang.post("/console/exports", &form, 303).await.header("location").to_owned();
        let file = fang.form(&format!("{export}/file"), &[("csrf", &csrf)]).send().await.unwrap();
        assert_eq!(file.status(), 200);
        house.settled().await;

        let seen = house.reads("zhengzhe", &looks(cast().wang), 200).await;
        seen.says("看了家人情况").says("看了关联的账号").says("看了变更申请").says("办理变更");
        seen.says("方圆").says("导出名册，号码遮住中间").says("走访慰问");
        let mine = house.reads("wangxiuying", "/me/looks", 200).await;
        mine.says("看了家人情况").says("看了变更申请，为了办理变更").says("号码遮住中间，为了走访慰问");
        mine.never_says("方圆").never_says("陈静");
        house.reads("zhengzhe", &looks(cast().zhao), 200).await.never_says("导出名册");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn whoever_audits_a_county_reads_of_its_people_and_not_how_the_system_is_run() {
    House::each(async |house| {
        for (userid, region) in [("neighbour", "330105"), ("inspector", "33")] {
            house.welcomes(userid).await;
            house.hires_in(userid, Role::AuditAdmin, region).await;
        }
        house.reads("chenjing", &format!("/console/people/{}", cast().wang), 200).await;
        house.sends("chenjing", "/console/people", &[("who", "王秀英"), ("unit", "")], 200).await;
        let cell = |words| format!(" data-name=\"做了什么\">{words}</td>");
        let own = house.reads("zhengzhe", "/console/trail", 200).await;
        own.says(&cell("看了档案")).says(&cell("查找人员")).never_says(&cell("授权"));
        let whole = house.reads("inspector", "/console/trail", 200).await;
        whole.says(&cell("看了档案")).says(&cell("查找人员")).says(&cell("授权"));
        for path in ["/console/trail", "/console/trail?login=chenjing", "/console/trail?action=person.seen"] {
            let far = house.reads("neighbour", path, 200).await;
            far.never_says(&cell("看了档案")).never_says(&cell("查找人员")).never_says(&cell("授权"));
            // That he signed in himself was done where he works.
            if path == "/console/trail" {
                far.says(&cell("登录")).never_says("陈静");
            } else {
                far.says("这个月没有");
            }
        }
        house.reads("neighbour", &format!("/console/trail/people/{}", cast().wang), 404).await;
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn whoever_opens_too_many_numbers_is_told_of_once_a_day_without_a_name() {
    House::each(async |house| {
        let numbers = format!("/console/people/{}/numbers", cast().wang);
        let chen = house.signed_in("chenjing").await;
        let csrf = chen.get("/console/people", 200).await.value("csrf");
        let open = async |times| {
            for _ in 0..times {
                chen.post(&numbers, &[("csrf", &csrf), ("what", "identity")], 200).await;
            }
        };
        let alarms = "SELECT count(*) FROM audit_row WHERE action = 'trail.unmasked_often'";
        open(50).await;
        assert_eq!(house.count(alarms).await, 0);
        house.reads("qianwei", "/console/grants", 200).await.never_says("看完整号码太多");
        open(2).await;
        assert_eq!(house.count(alarms).await, 1, "once a day");
        for admin in ["qianwei", "suhui"] {
            let message = house.hears(admin, "看完整号码太多", 1).await;
            let text = message.text();
            assert!(text.contains("超过50次") && !text.contains("陈静"), "{text}");
        }
        house.settled().await;
        assert_eq!(house.told_of("qianwei", "看完整号码太多").len(), 1);
        assert!(house.told_of("chenjing", "看完整号码太多").is_empty());
        let desk = house.reads("qianwei", "/console/grants", 200).await;
        desk.says("看完整号码太多").says(">陈静</a>：").says("超过50次");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn what_is_typed_to_find_somebody_stands_nowhere_but_whose_number_it_was_does() {
    let house = House::open().await;
    house.sends("chenjing", "/console/people", &[("who", "13900000000"), ("unit", "")], 200).await;
    assert_eq!(house.count("SELECT count(*) FROM audit_row WHERE action = 'people.searched'").await, 1);
    assert_eq!(house.count("SELECT count(*) FROM audit_row WHERE detail LIKE '%139000%'").await, 0);
}

#[actix_web::test]
async fn each_night_the_chain_is_walked_through_and_the_desk_says_how_it_stands() {
    let folder = tempdir("walk");
    let anchors = folder.clone();
    let house = House::configured(move |config| config.audit.anchors_folder = anchors).await;
    house.turn_to("2026-11-25 03:31");
    let walked = "SELECT count(*) FROM audit_check WHERE on_day = '2026-11-25' AND finished_at IS NOT NULL";
    house.until("the walk", async || house.count(walked).await == 1).await;
    let desk = house.reads("zhengzhe", "/console/trail", 200).await;
    desk.says("记录完整").says("最近的库外印记");
    assert_eq!(house.count("SELECT count(*) FROM audit_check WHERE fault IS NOT NULL").await, 0);
    for trigger in ["update", "delete"] {
        let sql = format!("DROP TRIGGER tr_audit_row_append_only_{trigger}");
        house.app.db.execute_unprepared(&sql).await.unwrap();
    }
    house.app.db.execute_unprepared("UPDATE audit_row SET actor = 'xuke' WHERE seq = 7").await.unwrap();
    house.turn_to("2026-11-26 03:31");
    let found = "SELECT count(*) FROM audit_check WHERE broken_at = 7 AND fault = 'Altered'";
    house.until("the fault", async || house.count(found).await == 1).await;
    house.reads("zhengzhe", "/console/trail", 200).await.says("记录被动过").says("第7条有问题（内容被改）");
    std::fs::remove_dir_all(folder).unwrap();
}

#[actix_web::test]
async fn the_days_end_of_the_chain_is_told_to_two_who_can_hold_it_against_the_chain() {
    House::each(async |house| {
        let (db, cx, also) = (&house.app.db, &house.app.cx, [AccountId::parse("linfang").unwrap()]);
        let tells = async || telling::tell(db, cx, &also, house.app.clock.now()).await.unwrap();
        assert_eq!((tells().await, tells().await), (2, 0), "once a day");
        let anchors = async |nth| {
            let mut found = Vec::new();
            for userid in ["zhengzhe", "linfang"] {
                let message = house.hears(userid, "审计锚点", nth).await;
                let text = message.text();
                let line = text.lines().find(|line| line.contains(':') && line.len() > 64).unwrap();
                found.push(line.trim().parse::<audit::Anchor>().unwrap_or_else(|_| panic!("{text}")));
            }
            assert_eq!(found[0], found[1]);
            found.remove(0)
        };
        let first = anchors(1).await;
        house.turn_to("2026-11-25 09:00");
        assert_eq!(tells().await, 2);
        house.settled().await;
        let second = anchors(2).await;
        assert!(first.seq < second.seq);
        for anchor in [&first, &second] {
            let verdict = audit::verify_against(db, &cx.audit, anchor).await.unwrap();
            assert!(matches!(verdict, audit::Verdict::Whole { .. }), "{verdict:?}");
        }
        let told = house.told_of("chenjing", "审计锚点");
        assert!(told.is_empty(), "{told:?}");
    })
    .await;
}

fn tempdir(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("anchors-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    folder.display().to_string()
}

#[actix_web::test]
async fn the_command_line_names_the_first_bad_row_and_what_is_wrong_with_it() {
    for db in schema::testing::databases().await {
        let site = Site::new("trail", db).await;
        let app = site.moved_in().await;
        let folder = tempdir(&format!("commands-{}", app.db.get_database_backend() == DbBackend::Postgres));
        let head = audit::head(&app.db).await.unwrap();
        let kept = audit::Kept { at: app.clock.now(), anchor: head.clone() };
        audit::keep(folder.as_ref(), &app.cx.audit, &kept).unwrap();
        let (status, said) = site.run(&["audit", "verify", "--folder", &folder]).await;
        assert_eq!(status, 0, "{said}");
        assert!(said.contains(&format!("1 anchors, head {head}")), "{said}");
        let (status, said) = site.run(&["audit", "verify", "--from", &head.seq.to_string()]).await;
        assert!(status == 0 && said.contains("the chain is whole: 1 rows"), "{said}");

        let out = format!("{folder}/all.export");
        let (status, said) = site.run(&["audit", "export", "--out", &out, "--since", "2026-01-01"]).await;
        assert_eq!(status, 0, "{said}");
        let key = said.trim().rsplit(' ').next().unwrap().to_owned();
        let chain = site.config.parent().unwrap().join("keys/audit.key");
        let check = ["audit", "check", &out, "--key", &key, "--chain-key", chain.to_str().unwrap()];
        let (status, said) = bare(&check).await;
        assert!(status == 0 && said.contains("the export is whole: "), "{said}");
        let text = std::fs::read_to_string(&out).unwrap();
        assert!(text.lines().count() > 2, "{text}");
        std::fs::write(&out, text.replacen("installer", "installed", 1)).unwrap();
        assert_eq!(bare(&check).await.0, 1);

        // The whole database as it was before the export: only the anchor of a later end knows.
        let later = audit::Kept { at: app.clock.now(), anchor: audit::head(&app.db).await.unwrap() };
        audit::keep(folder.as_ref(), &app.cx.audit, &later).unwrap();
        let cut = format!("DELETE FROM audit_row WHERE seq > {}", head.seq);
        let triggers: &[&str] = if site.on_sqlite() {
            &["DROP TRIGGER tr_audit_row_append_only_update", "DROP TRIGGER tr_audit_row_append_only_delete"]
        } else {
            &["DROP TRIGGER tr_audit_row_append_only ON audit_row"]
        };
        for sql in triggers.iter().copied().chain([cut.as_str()]) {
            app.db.execute_unprepared(sql).await.unwrap();
        }
        let (status, said) = site.run(&["audit", "verify", "--folder", &folder]).await;
        let wanted = format!("broken at row {}: the row and all after it are gone", head.seq.0 + 1);
        assert!(status == 1 && said.contains(&wanted), "{said}");
        app.db.execute_unprepared("UPDATE audit_row SET result = 'x' WHERE seq = 3").await.unwrap();
        let (status, said) = site.run(&["audit", "verify"]).await;
        assert!(status == 1 && said.contains("broken at row 3: the row was changed"), "{said}");
        std::fs::remove_dir_all(folder).unwrap();
    }
}

/// Without a configuration: what an auditor elsewhere has.
async fn bare(arguments: &[&str]) -> (i32, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_yinling"));
    command.args(arguments).env_clear();
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    (output.status.code().unwrap(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[actix_web::test]
async fn a_changed_configuration_stands_in_the_chain() {
    let house = House::open().await;
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let keys = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(key, mark)| ((*key).to_owned(), (*mark).to_owned())).collect()
    };
    let first = keys(&[("web.listen", "aa"), ("help.phone", "bb")]);
    assert_eq!(trail::configured(db, cx, "one", &first, now).await.unwrap().len(), 2);
    assert!(trail::configured(db, cx, "one", &first, now).await.unwrap().is_empty(), "nothing new");
    let changed = keys(&[("web.listen", "aa"), ("help.phone", "cc")]);
    assert_eq!(trail::configured(db, cx, "one", &changed, now).await.unwrap(), ["help.phone"]);
    assert_eq!(house.count("SELECT count(*) FROM audit_row WHERE action = 'config.changed'").await, 2);
    house.audited().await;
}

/// Every action that the code writes has words, and no words are left over.
#[test]
fn every_action_has_words() {
    let known: BTreeSet<&str> = trail::actions().map(|(code, _)| code).collect();
    assert_eq!(known.len(), trail::actions().count(), "each stands once");
    let mut written = BTreeSet::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| path.starts_with("crates/domain/src")) {
        if path.contains("trail/words/") || path.ends_with("trail/said.rs") {
            continue;
        }
        for line in production(&text) {
            for word in line.split('"').skip(1).step_by(2) {
                if line.contains("action: \"") && line.contains(&format!("action: \"{word}\"")) {
                    assert!(known.contains(word), "{path}: {word} has no words");
                }
                if known.contains(word) {
                    written.insert(word.to_owned());
                }
            }
        }
    }
    let left: Vec<_> = known.iter().filter(|code| !written.contains(**code)).collect();
    assert!(left.is_empty(), "nothing writes {left:?}");
    for look in trail::LOOKS {
        assert!(known.contains(look), "{look}");
    }
}
