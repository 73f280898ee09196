//! The four trees at the desk and at the machine: read level by level and by day, changed, and by two where an administrator is touched.

use domain::{
    authority::{
        Role, Scope,
        commands::{NewGrant, grant_in},
    },
    branch,
    ids::{AccountId, TreeNodeId},
    person::{self, fact},
    seed::cast,
    tree::{Target, Tree, commands::join_in, look},
};
use schema::testing;

use crate::harness::{House, Site};

impl House {
    /// 钱维 adds a node; its address.
    pub(crate) async fn adds(&self, under: &str, kind: &str, name: &str) -> String {
        let fields = [("kind", kind), ("name", name), ("on", "2020-01-01")];
        let made = self.sends("qianwei", &format!("{under}/add"), &fields, 303).await;
        made.header("location").split('?').next().unwrap().to_owned()
    }

    /// Somebody gets a role over a node.
    async fn hires_over(&self, userid: &str, role: Role, node: &str) {
        self.grants_over(userid, role, Scope::Organ(id_of(node))).await;
    }

    pub(crate) async fn grants_over(&self, userid: &str, role: Role, scope: Scope) {
        let new = NewGrant {
            account: AccountId::parse(userid).unwrap(),
            role,
            scope,
            from: self.app.clock.now(),
            to: None,
            reason: None,
        };
        let tx = mailbox::transaction::write(&self.app.db).await.unwrap();
        grant_in(&tx, &self.app.cx, domain::By::INSTALLER, None, new, self.app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }
}

pub(crate) fn id_of(node: &str) -> TreeNodeId {
    node.rsplit('/').next().unwrap().parse().unwrap()
}

#[actix_web::test]
async fn a_body_of_the_party_and_a_corps_read_their_people_in_part() {
    House::each(async |house| {
        let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
        let wang = person::store::find(db, cast().wang).await.unwrap().unwrap();
        let here = format!("/console/people/{}", wang.id);
        let today = domain::calendar::local_date(now);
        let mine = branch::store::live_memberships_of(db, wang.id, today).await.unwrap();
        let mine = mine.into_iter().find(|row| row.kind == branch::MembershipKind::Affiliation).unwrap();
        let branch = branch::store::find(db, mine.branch_id).await.unwrap().unwrap();
        let committee = house.adds("/console/trees/party/top", "committee", "某党委").await;
        let general = house.adds(&committee, "general_branch", "某总支").await;
        let team = house.adds("/console/trees/corps/top", "team", "某队").await;
        let tx = mailbox::transaction::write(db).await.unwrap();
        let since = chrono::NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
        for (node, target) in
            [(&general, Target::Branch(branch.id)), (&team, Target::Region(wang.residence.clone().unwrap()))]
        {
            join_in(&tx, cx, domain::By::INSTALLER, (id_of(node), target, since), now).await.unwrap();
        }
        tx.commit().await.unwrap();
        let willing = fact::NewFact {
            kind: fact::FactKind::Volunteer,
            value: fact::Value::Bare,
            from_on: since,
            basis: "报名表".to_owned(),
        };
        let chen = domain::authority::Worker::prove(
            db,
            &AccountId::parse("chenjing").unwrap(),
            domain::ids::RegionCode::parse("330106").unwrap(),
            now,
        )
        .await
        .unwrap()
        .unwrap();
        let known = fact::commands::record(db, cx, &chen, (wang.id, willing), now).await;
        assert!(
            known.is_ok()
                || fact::store::current(db, wang.id, fact::FactKind::Volunteer).await.unwrap().is_some()
        );

        house.welcomes("secretary").await;
        house.grants_over("secretary", Role::Worker, Scope::Party(id_of(&committee))).await;
        let found =
            house.sends("secretary", "/console/people", &[("who", "王秀英"), ("unit", "")], 200).await;
        found.says(&here).says(&branch.name).never_says("新建一份档案");
        house
            .reads("secretary", "/console/people/all", 200)
            .await
            .says(&here)
            .says("单位或支部")
            .says("一共");
        // What stands in the roster is taken out, and no more.
        let form = house.reads("secretary", "/console/exports", 200).await;
        form.says("只有您在名册里看得到的人和内容").never_says("只要独居").never_says("写全");
        let complete = [("purpose", "activity"), ("complete", "1")];
        house.sends("secretary", "/console/exports", &complete, 422).await.says("没有号码和类别");
        let asked = house.sends("secretary", "/console/exports", &[("purpose", "activity")], 303).await;
        let asked = asked.header("location").to_owned();
        house.reads("secretary", &asked, 200).await.says("按组织");
        house.sends("secretary", &format!("{asked}/file"), &[], 200).await;
        house.reads("chenjing", &asked, 404).await;
        house.reads("chenjing", "/console/exports", 200).await.never_says("按组织");
        let part = house.reads("secretary", &here, 200).await;
        part.says("这里只有党建的内容").says(&branch.name).says("党员");
        for hidden in ["身份证", "银行账户", "<dt>管理单位", "医疗待遇", "登记帮扶申请", "<dt>志愿者"]
        {
            part.never_says(hidden);
        }
        let numbers = format!("{here}/numbers");
        house.sends("secretary", &numbers, &[("what", "phones")], 200).await.says("看过号码会留下记录");
        house.sends("secretary", &numbers, &[("what", "identity")], 404).await;
        for beyond in ["day", "change", "fact", "death", "contact", "family", "logins"] {
            house.reads("secretary", &format!("{here}/{beyond}"), 404).await;
        }
        let other =
            house.sends("secretary", "/console/people", &[("who", "王秀英"), ("unit", "没有")], 200).await;
        other.never_says(&here);

        house.welcomes("captain").await;
        house.grants_over("captain", Role::Worker, Scope::Corps(id_of(&team))).await;
        house.reads("captain", "/console/people/all", 200).await.says(&here);
        house.reads("captain", &asked, 404).await;
        let part = house.reads("captain", &here, 200).await;
        part.says("这里只有志愿服务的内容")
            .says("志愿者")
            .says("居住地")
            .never_says(&branch.name)
            .never_says("看号码");
        house.sends("captain", &numbers, &[("what", "phones")], 404).await;
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn a_tree_grows_changes_by_day_and_says_for_whom() {
    House::each(async |house| {
        let top = "/console/trees/organ/top";
        house.reads("qianwei", "/console", 200).await.says("看组织和地区");
        house.reads("chenjing", "/console/trees", 404).await;
        house.sends("chenjing", &format!("{top}/add"), &[("name", "别的")], 404).await;
        let nothing =
            house.sends("qianwei", &format!("{top}/add"), &[("name", "公安"), ("on", "x")], 422).await;
        nothing.says("请选种类").says("请写从哪一天起").says("value=\"公安\"");
        let police = house.adds(top, "system", "公安").await;
        let health = house.adds(top, "system", "卫健").await;
        let office = house.adds(&police, "body", "某局").await;
        house.reads("qianwei", "/console/trees/organ", 200).await.says("公安").says("下面1个");
        house.reads("qianwei", &office, 200).await.says("公安 › 某局").says("在公安下面");

        let unknown = [("target", "没有的单位"), ("on", "2020-01-01")];
        house
            .sends("qianwei", &format!("{office}/join"), &unknown, 422)
            .await
            .says("没有叫这个名称的")
            .says("没有的单位");
        let join = [("target", "西湖区/区水利局"), ("on", "2020-01-01")];
        house.sends("qianwei", &format!("{office}/join"), &join, 200).await.says("没有人的管理范围会变");
        let sure = [join[0], join[1], ("sure", "yes"), ("seen", "")];
        house.sends("qianwei", &format!("{office}/join"), &sure, 303).await;
        house.reads("qianwei", &office, 200).await.says("区水利局");

        house.welcomes("clerk").await;
        house.hires_over("clerk", Role::Worker, &police).await;
        let to = [("to", "卫健"), ("on", "2026-11-24")];
        let shown = house.sends("qianwei", &format!("{office}/move"), &to, 200).await;
        shown.says("1项授权的范围会变").says("离退休干部工作者").says("公安及下属").says("（1处）");
        let seen = shown.value("seen");
        let early = [to[0], to[1], ("sure", "yes"), ("seen", "")];
        house.sends("qianwei", &format!("{office}/move"), &early, 422).await.says("请把影响再看一遍");
        let sure = [to[0], to[1], ("sure", "yes"), ("seen", seen.as_str())];
        house.sends("qianwei", &format!("{office}/move"), &sure, 303).await;
        house.reads("qianwei", &office, 200).await.says("卫健 › 某局");
        house.reads("qianwei", &format!("{office}?on=2026-11-23"), 200).await.says("公安 › 某局");
        house
            .reads("qianwei", &format!("{health}?on=2019-12-31"), 200)
            .await
            .says("2020年1月1日设立，叫卫健");
        let circle = [("to", "某局"), ("on", "2026-11-24")];
        house.sends("qianwei", &format!("{health}/move"), &circle, 422).await.says("不能放到自己");

        let name = [("name", "某委"), ("on", "2026-12-01")];
        house.sends("qianwei", &format!("{office}/rename"), &name, 303).await;
        house.reads("qianwei", &office, 200).await.says("某局").says("2026年12月1日起，叫某委");
        house.reads("qianwei", &format!("{office}?on=2026-12-01"), 200).await.says("<h1 id=\"title\">某委");

        let full = house.sends("qianwei", &format!("{office}/close"), &[("on", "2026-12-31")], 422).await;
        full.says("先办好这些").says("区水利局还在这里").says("2026-12-31");
        let held = house.sends("qianwei", &format!("{police}/close"), &[("on", "2026-12-31")], 422).await;
        held.says("先收回，需要的再授权");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn what_an_administrator_reaches_is_changed_by_two() {
    let house = House::open().await;
    let top = "/console/trees/organ/top";
    let (one, two) = (house.adds(top, "system", "公安").await, house.adds(top, "system", "卫健").await);
    let office = house.adds(&one, "body", "某局").await;
    let join = [("target", "西湖区/区水利局"), ("on", "2020-01-01"), ("sure", "yes")];
    house.sends("qianwei", &format!("{office}/join"), &join, 303).await;
    house.welcomes("watcher").await;
    house.hires_over("watcher", Role::AuditAdmin, &two).await;
    let to = [("to", "卫健"), ("on", "2026-11-24")];
    let shown = house.sends("qianwei", &format!("{office}/move"), &to, 200).await;
    shown.says("其中管理员的1项").says("送另一位安全管理员确认");
    let sure = [to[0], to[1], ("sure", "yes"), ("seen", &shown.value("seen"))]
        .map(|(name, value)| (name, value.to_owned()));
    let sure: Vec<(&str, &str)> = sure.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let asked = house.sends("qianwei", &format!("{office}/move"), &sure, 303).await;
    let waits = asked.header("location").to_owned();
    house.reads("qianwei", &waits, 200).await.says("撤回").never_says("value=\"confirm\"");
    house.reads("qianwei", &office, 200).await.says("公安 › 某局").says("等第二人确认");
    house.reads("suhui", "/console", 200).await.says("1项调整等第二人确认");
    let second = house.reads("suhui", &waits, 200).await;
    second.says("某局放到卫健下面，2026年11月24日起").says("审计管理员");
    let agree =
        [("act", "confirm"), ("seen", &second.value("seen"))].map(|(name, value)| (name, value.to_owned()));
    let agree: Vec<(&str, &str)> = agree.iter().map(|(name, value)| (*name, value.as_str())).collect();
    house.sends("qianwei", &waits, &agree, 422).await.says("请另一位安全管理员确认");
    house.sends("suhui", &waits, &agree, 303).await;
    house.reads("suhui", &office, 200).await.says("卫健 › 某局");
    let again = house.sends("suhui", &waits, &agree, 303).await;
    assert!(again.header("location").ends_with("said=already"));
    house.audited().await;
}

#[actix_web::test]
async fn regions_are_read_by_day_and_changed_like_the_others() {
    let house = House::open().await;
    let at = |code: &str| format!("/console/trees/region/{code}");
    house.reads("qianwei", "/console/trees/region", 200).await.says("浙江省");
    house.reads("qianwei", &at("3301"), 200).await.says("西湖区").says("330106");
    house.reads("qianwei", &format!("{}?on=2021-04-08", at("3301")), 200).await.says("下城区");
    house.reads("qianwei", &at("330103"), 200).await.says("没有这个地区").says("下城区");
    let add = format!("{}/add", at("330106"));
    let wrong = [("code", "330107001"), ("name", "新镇"), ("on", "2026-11-24")];
    house.sends("qianwei", &add, &wrong, 422).await.says("代码要以上级的代码开头").says("value=\"新镇\"");
    let new = [("code", "330106901"), ("name", "新镇"), ("on", "2026-11-24")];
    let made = house.sends("qianwei", &add, &new, 303).await;
    assert!(made.header("location").starts_with(&at("330106901")));
    house.sends("qianwei", &add, &new, 422).await.says("这个代码那天已经有了");
    let code = [("code", "330110901"), ("on", "2026-11-24")];
    let moved = house.sends("qianwei", &format!("{}/move", at("330106901")), &code, 200).await;
    moved.says("项授权的范围会变");
    let sure =
        [code[0], code[1], ("sure", "yes"), ("seen", &moved.value("seen"))].map(|(a, b)| (a, b.to_owned()));
    let sure: Vec<(&str, &str)> = sure.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let done = house.sends("qianwei", &format!("{}/move", at("330106901")), &sure, 303).await;
    let waits = done.header("location").to_owned();
    assert!(waits.starts_with("/console/tree-changes/"), "administrators of the county are touched: {waits}");
    let second = house.reads("suhui", &waits, 200).await;
    second.says("新镇的代码从330106901改成330110901");
    let seen = second.value("seen");
    house.sends("suhui", &waits, &[("act", "confirm"), ("seen", &seen)], 303).await;
    house.reads("qianwei", &at("330110901"), 200).await.says("余杭区新镇");
    house
        .sends("qianwei", &format!("{}/close", at("330106")), &[("on", "2026-12-31")], 422)
        .await
        .says("先把它们移走");
    house.audited().await;
}

#[actix_web::test]
async fn the_command_line_shows_and_changes_them_too() {
    let dbs = [Some(testing::sqlite().await), testing::postgres().await];
    for db in dbs.into_iter().flatten() {
        let site = Site::new("trees", db).await;
        let app = site.moved_in().await;
        let from = ["--from", "2020-01-01"];
        let run = async |arguments: &[&str]| site.run(&[&["tree"], arguments].concat()).await;
        let add = |more: &[&'static str]| [&["add", "organ"], more, &from].concat();
        for one in [
            &["公安", "--kind", "system"][..],
            &["卫健", "--kind", "system"],
            &["某局", "--kind", "body", "--under", "公安"],
        ] {
            let (code, said) = run(&add(one)).await;
            assert_eq!(code, 0, "{said}");
        }
        let (code, said) = run(&add(&["没有", "--kind", "x"])).await;
        assert!(code != 0 && said.contains("provincial"), "{said}");
        let (_, said) = run(&["show", "organ", "--all"]).await;
        assert!(said.contains("公安 (system)") && said.contains("  某局 (body)"), "{said}");
        let to = ["move", "organ", "某局", "卫健", "--from", "2026-01-01"];
        let (code, said) = run(&[&to[..], &["--dry-run"]].concat()).await;
        assert!(code == 0 && said.contains("nothing is written"), "{said}");
        let children = async |name: &str| {
            let today = domain::calendar::local_date(app.clock.now());
            let above = domain::tree::store::called(&app.db, name, today).await.unwrap()[0].id;
            look::children(&app.db, Tree::Organ, Some(above), today).await.unwrap().len()
        };
        assert_eq!(children("公安").await, 1);
        assert_eq!(run(&to).await.0, 0);
        assert_eq!((children("公安").await, children("卫健").await), (0, 1));
        let (_, said) = run(&["show", "organ", "公安", "--on", "2025-12-31"]).await;
        assert!(said.contains("某局"), "{said}");
        assert_eq!(run(&["rename", "organ", "某局", "某委", "--from", "2026-02-01"]).await.0, 0);
        let (code, said) = run(&["close", "organ", "卫健", "--from", "2026-03-01"]).await;
        assert!(code == 1 && said.contains("something still hangs on it") && said.contains("某委"), "{said}");
        assert_eq!(run(&["join", "organ", "某委", "西湖区/区水利局", "--from", "2026-02-01"]).await.0, 0);
        assert_eq!(run(&["part", "organ", "某委", "西湖区/区水利局", "--from", "2026-02-02"]).await.0, 0);
        assert_eq!(run(&["close", "organ", "某委", "--from", "2026-03-01"]).await.0, 0);
        let (_, said) = run(&["show", "region", "330106"]).await;
        assert!(said.contains("翠苑街道 330106005"), "{said}");
        let (code, said) = run(&["rename", "region", "翠苑街道", "330", "--from", "2026-03-01"]).await;
        assert!(code == 1 && said.contains("a name has letters"), "{said}");
        site.tenant.stop().await;
    }
}
