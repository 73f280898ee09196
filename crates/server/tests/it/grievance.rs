//! 反映问题 through the pages: under one's name, without it, and as a worker writes it down.

use std::collections::BTreeSet;

use domain::{authority::Role, seed::cast};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::harness::{Browser, House};

const QUEUE: &str = "/console/grievances";

/// The three screens, up to the last.
async fn speaks(browser: &Browser, csrf: &str, kind: &str, said: &str) -> (String, String) {
    browser.get("/grievances/new", 200).await.says("您想反映什么").says("事情一直没有人办");
    browser.get(&format!("/grievances/words?kind={kind}"), 200).await.says("请说说经过");
    let form = [("csrf", csrf), ("kind", kind), ("said", said)];
    let check = browser.post("/grievances/check", &form, 200).await;
    check.says("要不要写上您的名字").says(said).says("钉钉可能知道您打开过这一页");
    (check.value("once"), check.value("code"))
}

impl House {
    /// The address of the only one that waits, as a worker's list has it.
    async fn waiting(&self, who: &str) -> String {
        let list = self.reads(who, QUEUE, 200).await;
        format!("{QUEUE}/{}", list.between("<td class=\"line\"><a href=\"/console/grievances/", "\""))
    }

    /// Every row of every table but that of sessions, as text: a session is touched by every page.
    async fn rows(&self) -> BTreeSet<String> {
        let db = &self.app.db;
        let postgres = db.get_database_backend() == DbBackend::Postgres;
        let texts = async |sql: &str| -> Vec<String> {
            let rows =
                db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
            rows.iter()
                .map(|row| row.try_get_by_index::<Option<String>>(0).unwrap().unwrap_or_default())
                .collect()
        };
        let tables = texts(if postgres {
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
        } else {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        })
        .await;
        let mut all = BTreeSet::new();
        for table in tables.iter().filter(|table| !table.contains("session")) {
            let row = if postgres {
                format!("SELECT t::text FROM \"{table}\" AS t")
            } else {
                let columns = texts(&format!("SELECT name FROM pragma_table_info('{table}')")).await;
                let quoted: Vec<String> = columns.iter().map(|name| format!("quote(\"{name}\")")).collect();
                format!("SELECT {} FROM \"{table}\"", quoted.join(" || '|' || "))
            };
            all.extend(texts(&row).await.into_iter().map(|row| format!("{table}: {row}")));
        }
        all
    }
}

#[actix_web::test]
async fn one_says_it_under_ones_name_and_is_answered_by_somebody_else() {
    House::each(async |house| {
        let wang = house.signed_in("wangxiuying").await;
        let csrf = wang.get("/text-size", 200).await.value("csrf");
        wang.get("/me", 200).await.says("反映问题");
        wang.get("/grievances/words?kind=", 422).await.says("请选一个");
        let empty = [("csrf", csrf.as_str()), ("kind", "delay"), ("said", " ")];
        wang.post("/grievances/check", &empty, 422).await.says("请写几句话");
        let said = "陈静收了材料，一个月没有下文";
        let (once, code) = speaks(&wang, &csrf, "delay", said).await;
        let sent = |name| {
            let once = [("once", once.as_str()), ("code", code.as_str()), ("name", name)];
            [[("csrf", csrf.as_str()), ("kind", "delay"), ("said", said)], once].concat()
        };
        wang.post("/grievances/send", &sent(""), 422).await.says("请选一个").says(said);
        let one = wang.post("/grievances/send", &sent("with"), 303).await.header("location").to_owned();
        let twice = wang.post("/grievances/send", &sent("with"), 303).await;
        assert_eq!(twice.header("location"), one, "sent twice, it is one");
        let one = one.split('?').next().unwrap().to_owned();
        wang.get(&one, 200).await.says("已收到").says("最晚").says(said);

        // She is named in it: for her it is not there.
        house.reads("chenjing", QUEUE, 200).await.says("没有等答复的");
        house.reads("chenjing", &format!("/console{one}"), 404).await;
        house.reads("zhouming", "/console", 200).await.says("反映的问题还没有交办");
        let at = house.waiting("zhouming").await;
        let page = house.reads("zhouming", &at, 200).await;
        page.says(said).says("王秀英").says("7个工作日").says("浙江省定的").says("示例");
        house.sends("zhouming", &at, &[("act", "assign"), ("to", "")], 422).await.says("请选一位同志");
        let her = [("act", "assign"), ("to", "chenjing")];
        house.sends("zhouming", &at, &her, 422).await.says("反映里提到了");
        house.sends("zhouming", &at, &[("act", "assign"), ("to", "zhouming")], 303).await;
        house.reads("zhouming", "/console", 200).await.says("等我答复的");
        let no = [("act", "answer"), ("outcome", ""), ("words", "查过了")];
        house.sends("zhouming", &at, &no, 422).await.says("请选一个").says("查过了");
        house.sends("zhouming", &at, &[("act", "extend"), ("why", "要问银行")], 303).await;
        let answer = [("act", "answer"), ("outcome", "founded"), ("words", "是我们慢了，明天上门")];
        house.sends("zhouming", &at, &answer, 303).await;
        house.hears("wangxiuying", "您反映的问题有消息", 2).await;
        wang.get(&one, 200).await.says("反映的情况属实").says("是我们慢了").says("不满意");
        wang.get("/me/looks", 200).await.says("看了反映的问题");

        // Once more, above the county: nobody of the county has it now.
        let again = format!("{one}/again");
        wang.post(&again, &[("csrf", &csrf), ("why", "")], 422).await.says("请写几句话");
        wang.post(&again, &[("csrf", &csrf), ("why", "还是没有人来")], 303).await;
        let mine = [("act", "assign"), ("to", "zhouming")];
        house.sends("zhouming", &at, &mine, 422).await.says("上一次是他答复的");
        wang.post(&format!("{one}/withdraw"), &[("csrf", &csrf)], 303).await;
        wang.get(&one, 200).await.says("已撤回");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn without_a_name_no_row_knows_who_it_was_and_the_code_fetches_the_answer() {
    House::each(async |house| {
        let wang = house.signed_in("wangxiuying").await;
        let csrf = wang.get("/text-size", 200).await.value("csrf");
        house.settled().await;
        let before = house.rows().await;
        let said = "有人给亲戚多批了钱";
        let (once, code) = speaks(&wang, &csrf, "favour", said).await;
        let form = [
            ("csrf", csrf.as_str()),
            ("kind", "favour"),
            ("said", said),
            ("name", "without"),
            ("once", once.as_str()),
            ("code", code.as_str()),
        ];
        for _ in 0..2 {
            wang.post("/grievances/send", &form, 200).await.says(&code).says("只显示这一次");
        }
        // Whatever is new in the rows does not know her, nor her person, nor her words, nor the code.
        let wang = cast().wang.uuid();
        let names = ["wangxiuying".to_owned(), wang.simple().to_string(), wang.to_string(), said.to_owned()];
        let bare = code.replace(' ', "").to_lowercase();
        let after = house.rows().await;
        let new: Vec<&String> = after.difference(&before).collect();
        assert_eq!(
            new.iter().filter(|row| row.starts_with("grievance:")).count(),
            1,
            "sent twice, it is one"
        );
        for row in &new {
            let low = row.to_lowercase();
            assert!(!names.iter().any(|name| low.contains(name.as_str())) && !low.contains(&bare), "{row}");
        }
        house.reads("zhouming", QUEUE, 200).await.says("没有等答复的");
        house.turn_to("2026-11-25 09:05");
        let (db, cx) = (&house.app.db, &house.app.cx);
        domain::grievance::commands::release::release(db, cx, house.app.clock.now()).await.unwrap();
        let at = house.waiting("zhouming").await;
        house.reads("zhouming", &at, 200).await.says(said).says("不留名字").never_says("王秀英");
        house.sends("zhouming", &at, &[("act", "assign"), ("to", "zhouming")], 303).await;
        let answer = [("act", "answer"), ("outcome", "handed"), ("words", "已经交给纪检部门")];
        house.sends("zhouming", &at, &answer, 303).await;

        // With the code, from whichever telephone.
        let li = house.signed_in("liguoqiang").await;
        let token = li.get("/grievances/receipt", 200).await.value("csrf");
        let typed = code.to_lowercase().replace(' ', "-");
        let ask = |code: &str| vec![("csrf".to_owned(), token.clone()), ("code".to_owned(), code.to_owned())];
        let post = async |path: &str, fields: Vec<(String, String)>, status| {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            li.post(path, &fields, status).await
        };
        post("/grievances/receipt", ask("3467"), 422).await.says("写全");
        let read = post("/grievances/receipt", ask(&typed), 200).await;
        read.says("已移交纪检部门").says("已经交给纪检部门").says("不满意");
        let mut again = ask(&typed);
        again.extend([("act".to_owned(), "again".to_owned()), ("why".to_owned(), "请再查".to_owned())]);
        post("/grievances/receipt/act", again, 200).await.says("明天交给上一级");
        for _ in 0..8 {
            post("/grievances/receipt", ask("3467 3467 3467 3467"), 422).await.says("没有这个回执码");
        }
        post("/grievances/receipt", ask(&typed), 422).await.says("试的次数太多");

        // Nor do the rows of the whole story, whatever they are: steps, letters, the chain.
        house.settled().await;
        let all = house.rows().await;
        let about: Vec<&String> = all.iter().filter(|row| row.contains("grievance")).collect();
        assert!(about.iter().any(|row| row.starts_with("audit_row: ")), "the chain knows that it came");
        for row in about {
            let low = row.to_lowercase();
            assert!(!names.iter().any(|name| low.contains(name.as_str())) && !low.contains(&bare), "{row}");
        }
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn a_worker_writes_down_what_somebody_says() {
    House::each(async |house| {
        let person = format!("/console/people/{}", cast().wang);
        house.reads("chenjing", &person, 200).await.says("记下他反映的问题");
        let form = house.reads("chenjing", &format!("{person}/grievance"), 200).await;
        let once = form.value("once");
        let fields = |kind, said| [("once", once.as_str()), ("kind", kind), ("case", ""), ("said", said)];
        let to = format!("{person}/grievance");
        house.sends("chenjing", &to, &fields("", "钱少了"), 422).await.says("请选一个").says("钱少了");
        house.sends("chenjing", &to, &fields("payment", ""), 422).await.says("请写几句话");
        house.sends("chenjing", &to, &fields("payment", "钱少了一百元"), 303).await;
        let at = house.waiting("chenjing").await;
        house.reads("chenjing", &at, 200).await.says("由工作人员记录").says("您要回避：是记录的人");
        house.sends("chenjing", &at, &[("act", "assign"), ("to", "chenjing")], 422).await.says("是记录的人");
        house.sends("chenjing", &at, &[("act", "name"), ("whom", "zhouming")], 303).await;
        house.reads("zhouming", &at, 404).await;
        house
            .sends("chenjing", &at, &[("act", "link"), ("number", "没有")], 422)
            .await
            .says("没有找到这件申请");

        // Somebody who does not say his name is told a code.
        let form = house.reads("chenjing", &format!("{QUEUE}/new"), 200).await;
        let (once, code) = (form.value("once"), form.value("code"));
        let fields = [("once", once.as_str()), ("code", &code), ("kind", "other"), ("said", "大厅太冷")];
        house.sends("chenjing", &format!("{QUEUE}/new"), &fields, 200).await.says(&code).says("读给他听");
        let wang = house.signed_in("wangxiuying").await;
        let csrf = wang.get("/grievances/receipt", 200).await.value("csrf");
        let ask = [("csrf", csrf.as_str()), ("code", code.as_str())];
        wang.post("/grievances/receipt", &ask, 200).await.says("别的事").says("收到");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn what_is_late_is_said_on_the_desk_and_to_whoever_has_it() {
    House::each(async |house| {
        house.welcomes("above").await;
        house.hires_in("above", Role::Worker, "33").await;
        let wang = house.signed_in("wangxiuying").await;
        let csrf = wang.get("/text-size", 200).await.value("csrf");
        let (once, code) = speaks(&wang, &csrf, "delay", "没有人管").await;
        let form = [
            ("csrf", csrf.as_str()),
            ("kind", "delay"),
            ("said", "没有人管"),
            ("name", "with"),
            ("once", once.as_str()),
            ("code", code.as_str()),
        ];
        wang.post("/grievances/send", &form, 303).await;
        let at = house.waiting("zhouming").await;
        house.sends("zhouming", &at, &[("act", "assign"), ("to", "fangyuan")], 303).await;
        house.turn_to("2026-12-07 09:00");
        house.reads("zhouming", QUEUE, 200).await.says("晚了");
        house.reads("zhouming", "/console", 200).await.says("别人过期没答复的");
        house.reads("above", "/console", 200).await.never_says("别人过期没答复的");
        let (db, cx) = (&house.app.db, &house.app.cx);
        domain::grievance::commands::remind::remind(db, cx, house.app.clock.now()).await.unwrap();
        let told = house.hears("fangyuan", "反映的问题要答复", 1).await;
        assert!(format!("{told:?}").contains("有1件等您答复") && !format!("{told:?}").contains("没有人管"));
        house.audited().await;
    })
    .await;
}
