//! The security administrator's desk, substitutes, declarations, and provincial leaders, as people see them.

use dingtalk_sim::Fault;
use domain::{
    aid::commands::passing,
    authority::{
        Grants, Role,
        substitution::commands::{NewSubstitution, arrange},
    },
    ids::AccountId,
    person::{
        fact::{FactKind, NewFact, Value, commands::record},
        leader,
    },
    seed::cast,
};

use crate::harness::{House, newcomer};

/// A new grant as the form sends it.
fn form<'a>(who: &'a str, role: &'a str, place: &'a str, until: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("who", who),
        ("role", role),
        ("place", place),
        ("from", "2026-11-24"),
        ("until", until),
        ("reason", "分工文件"),
    ]
}

impl House {
    /// Somebody joins and is heard of.
    pub(crate) async fn welcomes(&self, userid: &str) {
        self.joins(userid);
        let known = format!("SELECT count(*) FROM account WHERE id = '{userid}'");
        self.until("the login", async || self.count(&known).await == 1).await;
        self.settled().await;
    }

    /// A worker of the province writes down that somebody is a provincial leader.
    pub(crate) async fn makes_a_leader(&self, of: domain::ids::PersonId) -> leader::Leader {
        self.welcomes("chief").await;
        self.hires_in("chief", Role::Worker, "33").await;
        let (db, now) = (&self.app.db, self.app.clock.now());
        let id = domain::ids::AccountId::parse("chief").unwrap();
        let region: domain::ids::RegionCode = "33".parse().unwrap();
        let chief = domain::authority::Worker::prove(db, &id, region, now).await.unwrap().unwrap();
        let new = NewFact {
            kind: FactKind::ProvincialLeader,
            value: Value::Bare,
            from_on: domain::calendar::local_date(now),
            basis: "示例".to_owned(),
        };
        record(db, &self.app.cx, &chief, (of, new), now).await.unwrap();
        leader::store::of_person(db, of).await.unwrap().unwrap()
    }
}

#[actix_web::test]
async fn a_grant_is_made_seen_and_taken_back() {
    House::each(async |house| {
        house.welcomes("newhand").await;
        let name = newcomer("newhand").name;
        let new = form(&name, "worker", "杭州市西湖区", "2026-12-31");
        let made = house.sends("qianwei", "/console/grants/new", &new, 303).await;
        let grant = made.header("location").to_owned();
        let page = house.reads("qianwei", &grant, 200).await;
        page.says("离退休干部工作者")
            .says("浙江省杭州市西湖区")
            .says("2026年12月31日")
            .says("分工文件")
            .says("有效");
        house.reads("newhand", "/console/people", 200).await;
        let list = house.reads("suhui", "/console/grants", 200).await;
        list.says(&name).says("钱维").says("陈静").says("安装时");
        let one = house.sends("suhui", "/console/grants", &[("who", name.as_str())], 200).await;
        one.says(&name).never_says("陈静");
        house.reads("newhand", "/console/substitutes", 200).await.says("到2026年12月31日止");
        house.sends("suhui", &grant, &[("act", "revoke"), ("why", "")], 422).await.says("请写为什么收回");
        house.sends("suhui", &grant, &[("act", "revoke"), ("why", "调离")], 303).await;
        house.sends("suhui", &grant, &[("act", "revoke"), ("why", "调离")], 303).await;
        house.reads("newhand", "/console/people", 404).await;
        house.reads("qianwei", &grant, 200).await.says("已收回").says("苏慧：调离");
        let login = house.reads("qianwei", "/console/logins/newhand", 200).await;
        login.says(&name).says("已收回");
        house.reads("qianwei", "/console/logins/wangxiuying", 404).await;
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn an_administrators_role_waits_for_the_second_person() {
    let house = House::open().await;
    house.welcomes("newhand").await;
    let made =
        house.sends("qianwei", "/console/grants/new", &form("newhand", "audit_admin", "33", ""), 303).await;
    let grant = made.header("location").to_owned();
    house.reads("qianwei", &grant, 200).await.says("等另一位安全管理员确认").never_says("确认</button>");
    house.sends("qianwei", &grant, &[("act", "confirm")], 422).await.says("请另一位安全管理员确认");
    house.reads("newhand", "/console", 404).await;
    house.reads("suhui", "/console", 200).await.says("1项授权等第二人确认");
    house.reads("suhui", &grant, 200).await.says("确认</button>");
    house.sends("suhui", &grant, &[("act", "confirm")], 303).await;
    let again = house.sends("suhui", &grant, &[("act", "confirm")], 303).await;
    assert!(again.header("location").ends_with("said=already"));
    house.reads("newhand", "/console", 200).await;
    house.reads("qianwei", &grant, 200).await.says("苏慧确认").says("有效");
    house.audited().await;
}

#[actix_web::test]
async fn what_does_not_fit_is_said_and_what_was_typed_stays() {
    let house = House::open().await;
    let refused = async |fields: &[(&str, &str)], says: &str| {
        let page = house.sends("qianwei", "/console/grants/new", fields, 422).await;
        page.says(says).says("value=\"分工文件\"");
    };
    refused(&form("没有这个人", "worker", "西湖区", ""), "没有这个账号").await;
    refused(&form("wumin", "", "西湖区", ""), "请选角色").await;
    refused(&form("wumin", "worker", "无名县", ""), "没有这个地方").await;
    refused(&form("wumin", "audit_admin", "西湖区", ""), "这位同志已经是出纳").await;
    refused(&form("qianwei", "worker", "西湖区", ""), "请另一位安全管理员来办").await;
    refused(&form("zhengzhe", "worker", "西湖区", ""), "这位同志已经是审计管理员").await;
    refused(&form("wumin", "worker", "西湖区", "2020-01-01"), "结束要比开始晚").await;
    refused(&form("wumin", "audit_admin", "西湖区", "2027-01-01"), "管理员的角色不写结束日期").await;
    let page =
        house.sends("qianwei", "/console/grants/new", &[("who", "wumin"), ("place", "西湖区")], 422).await;
    page.says("请写原因").says("value=\"西湖区\"");
    // A county's administrator grants in the county, and sees nothing of the others.
    house.welcomes("county").await;
    house.hires_in("county", Role::SecurityAdmin, "330205").await;
    let far =
        house.sends("county", "/console/grants/new", &form("wumin", "worker", "杭州市西湖区", ""), 422).await;
    far.says("没有这个地方，或者不归您授权");
    house.reads("county", "/console/grants", 200).await.never_says("陈静").never_says("钱维");
    house.reads("county", "/console/logins/chenjing", 404).await;
}

#[actix_web::test]
async fn who_is_away_names_a_substitute_and_both_desks_say_so() {
    let house = House::open().await;
    let page = house.reads("shenlan", "/console/substitutes", 200).await;
    let grant = page.between("name=\"grant\" value=\"", "\"").to_owned();
    let away = |who| {
        [
            ("grant", grant.as_str()),
            ("who", who),
            ("from", "2026-11-24"),
            ("until", "2026-11-27"),
            ("reason", "出差"),
        ]
    };
    house.sends("shenlan", "/console/substitutes", &away("郑哲"), 422).await.says("不能代理这个角色");
    house.sends("shenlan", "/console/substitutes", &away("wangxiuying"), 422).await.says("没有工作台的角色");
    house.sends("shenlan", "/console/substitutes", &away("何苗"), 303).await;
    house.reads("shenlan", "/console", 200).await.says("您请何苗代理，2026年11月24日至2026年11月27日");
    house.reads("hemiao", "/console", 200).await.says("您代理沈岚");
    let list = house.reads("hemiao", "/console/substitutes", 200).await;
    list.says("审批人，浙江省杭州市西湖区").says("代理沈岚").says("出差");
    house.reads("qianwei", "/console/logins/shenlan", 200).await.says("沈岚由何苗代理");
    let one = format!("/console/substitutes/{}", list.between("action=\"/console/substitutes/", "\""));
    house.sends("wumin", &one, &[], 404).await;
    house.sends("hemiao", &one, &[], 303).await;
    house.reads("shenlan", "/console", 200).await.never_says("您请何苗代理");
    house.audited().await;
}

#[actix_web::test]
async fn dingtalk_asks_whoever_stands_in_and_the_case_says_for_whom() {
    House::each(async |house| {
        let (case, instance) = house.in_approval().await;
        let page = house.reads("shenlan", "/console/substitutes", 200).await;
        let grant = page.between("name=\"grant\" value=\"", "\"").to_owned();
        let away = [
            ("grant", grant.as_str()),
            ("who", "xuke"),
            ("from", "2026-11-24"),
            ("until", "2026-11-27"),
            ("reason", "出差"),
        ];
        house.sends("shenlan", "/console/substitutes", &away, 303).await;
        let (db, cx) = (&house.app.db, &house.app.cx);
        passing::ask_due(db, cx, house.app.clock.now()).await.unwrap();
        house.until("passed on", async || !house.tenant.approvals().inbox("xuke").is_empty()).await;
        assert!(house.tenant.approvals().inbox("shenlan").is_empty());
        house.settled().await;
        let at = format!("/console/aid/{case}");
        house.reads("chenjing", &at, 200).await.says("审批人外出，转给代理人（许可代沈岚）");
        house.tenant.approvals().agree(&instance, "xuke", None).unwrap();
        house.comes_to(&case, domain::aid::Status::Approved).await;
        house.reads("chenjing", &at, 200).await.says("审批同意，经费已预占（许可代沈岚）");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn a_task_that_was_passed_on_while_the_answer_got_lost_is_passed_once() {
    let house = House::open().await;
    house.in_approval().await;
    let (now, login) = (house.app.clock.now(), |id| AccountId::parse(id).unwrap());
    let grants = Grants::of(&house.app.db, &login("shenlan"), now).await.unwrap();
    let new = NewSubstitution {
        grant: grants.all()[0].grant,
        substitute: login("xuke"),
        from: now,
        to: now + chrono::TimeDelta::days(3),
        reason: "出差".to_owned(),
    };
    arrange(&house.app.db, &house.app.cx, &grants, new, now).await.unwrap();
    // The platform acts, and answers with a failure.
    house.tenant.faults().next(1, "/v1.0/workflow/tasks/redirect", Fault::LostAnswer);
    passing::ask_due(&house.app.db, &house.app.cx, now).await.unwrap();
    house.until("passed on", async || !house.tenant.approvals().inbox("xuke").is_empty()).await;
    for _ in 0..6 {
        house.later(30);
        house.settled().await;
    }
    let passed = "SELECT count(*) FROM audit_row WHERE action = 'aid.approval_passed'";
    assert_eq!(house.count(passed).await, 1);
    // We passed it on in her name: that was no act of hers.
    let acts = "SELECT count(*) FROM aid_event WHERE what LIKE '%platform_act%'";
    assert_eq!(house.count(acts).await, 0);
    house.audited().await;
}

#[actix_web::test]
async fn a_relation_is_declared_and_the_year_is_counted() {
    let house = House::open().await;
    let born = domain::person::store::find(&house.app.db, cast().wang).await.unwrap().unwrap().born_on;
    let year = born.format("%Y").to_string();
    let kin = |year| [("who", "王秀英"), ("year", year), ("kind", "kin"), ("from", "2026-01-01")];
    house.sends("chenjing", "/console/relations", &kin("1900"), 422).await.says("您经办的范围里没有这个人");
    house.sends("chenjing", "/console/relations", &kin(&year), 303).await;
    let mine = house.reads("chenjing", "/console/relations", 200).await;
    mine.says("王秀英：亲属").never_says("年度申报");
    house.sends("qianwei", "/console/declarations", &[("due", "")], 422).await.says("请写到哪一天为止");
    house.sends("qianwei", "/console/declarations", &[("due", "2026-12-31")], 303).await;
    house
        .reads("qianwei", "/console/declarations", 200)
        .await
        .says("陈静")
        .says("没有申报")
        .never_says("已申报</");
    house.reads("chenjing", "/console/relations", 200).await.says("2026年度申报");
    house.sends("chenjing", "/console/relations/all", &[("year", "2026")], 303).await;
    house.reads("qianwei", "/console/declarations", 200).await.says("1位已申报");
    let relation = format!("/console/relations/{}", mine.between("action=\"/console/relations/", "\""));
    house.sends("zhouming", &relation, &[], 404).await;
    house.sends("chenjing", &relation, &[], 303).await;
    house.reads("chenjing", "/console/relations", 200).await.says("以前的");
    house.audited().await;
}

#[actix_web::test]
async fn a_leaders_page_asks_for_what_and_the_watchers_see_who_looked() {
    House::each(async |house| {
        let (of, name) = (cast().zhao, "赵德福");
        let page = format!("/console/people/{of}");
        let leader = house.makes_a_leader(of).await;
        for who in ["chenjing", "chief"] {
            house.reads(who, &page, 404).await;
            house.sends(who, "/console/people", &[("who", name)], 200).await.never_says(&page);
            house.reads(who, "/console/leaders", 404).await;
            house.reads(who, &format!("/console/leaders/{}", leader.id), 404).await;
            house.reads(who, &format!("/console/told/people/{of}"), 404).await;
        }
        let entry = form("周明", "worker", "省级01", "2027-06-30");
        let made = house.sends("qianwei", "/console/grants/new", &entry, 303).await;
        let grant = made.header("location").to_owned();
        house.reads("qianwei", &grant, 200).await.says("省级01").never_says(name).says("等另一位");
        house.reads("zhouming", "/console/leaders", 404).await;
        house.sends("suhui", &grant, &[("act", "confirm")], 303).await;

        house.reads("zhouming", "/console/leaders", 200).await.says("省级01").never_says(name);
        let first = house.reads("zhouming", &page, 303).await;
        let purpose = first.header("location").to_owned();
        house.reads("zhouming", &purpose, 200).await.says("为什么要看").never_says(name);
        house.sends("zhouming", &purpose, &[("purpose", " ")], 422).await.says("请写为什么要看");
        house.sends("zhouming", &purpose, &[("purpose", "住院探望")], 303).await;
        house.reads("zhouming", &page, 200).await.says(name);
        house.reads("zhouming", &format!("{page}/contact"), 200).await.says(name);
        house.sends("zhouming", "/console/people", &[("who", name)], 200).await.never_says(&page);
        house.later(31);
        house.reads("zhouming", &page, 303).await;

        let watched = house.reads("suhui", "/console/leaders", 200).await;
        watched.says("省级01").says("周明").says("住院探望").never_says(name);
        let read = "SELECT count(*) FROM audit_row WHERE action = 'leader.read'";
        assert_eq!(house.count(read).await, 2, "each page is a row");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn who_looked_at_a_leader_is_read_by_the_auditor_on_his_list_who_says_for_what() {
    House::each(async |house| {
        let (of, name) = (cast().zhao, "赵德福");
        let leader = house.makes_a_leader(of).await;
        let (looks, purpose) =
            (format!("/console/trail/people/{of}"), format!("/console/leaders/{}", leader.id));
        house.welcomes("inspector").await;
        house.hires_in("inspector", Role::AuditAdmin, "33").await;
        for who in ["zhengzhe", "inspector", "suhui", "chenjing"] {
            house.reads(who, &looks, 404).await;
            house.reads(who, &purpose, 404).await;
        }
        let open_ended = form("郑哲", "audit_admin", "省级01", "");
        house.sends("qianwei", "/console/grants/new", &open_ended, 422).await.says("最长一年");
        let entry = form("郑哲", "audit_admin", "省级01", "2027-06-30");
        let made = house.sends("qianwei", "/console/grants/new", &entry, 303).await;
        house.reads("zhengzhe", &looks, 404).await;
        house.sends("suhui", made.header("location"), &[("act", "confirm")], 303).await;
        assert_eq!(house.reads("zhengzhe", &looks, 303).await.header("location"), purpose);
        let entry = form("周明", "worker", "省级01", "2027-06-30");
        let made = house.sends("qianwei", "/console/grants/new", &entry, 303).await;
        house.sends("suhui", made.header("location"), &[("act", "confirm")], 303).await;
        house.sends("zhouming", &purpose, &[("purpose", "住院探望")], 303).await;
        house.reads("zhouming", &format!("/console/people/{of}"), 200).await.says(name);

        house.reads("zhengzhe", "/console/leaders", 200).await.says("省级01").never_says(name);
        house.reads("zhengzhe", &purpose, 200).await.says("为什么要看").never_says(name);
        house.sends("zhengzhe", &purpose, &[("purpose", "")], 422).await.says("请写为什么要看");
        let said = house.sends("zhengzhe", &purpose, &[("purpose", "核查举报")], 303).await;
        assert_eq!(said.header("location"), looks);
        let seen = house.reads("zhengzhe", &looks, 200).await;
        seen.says("周明").says("查阅受保护的档案").says("住院探望").says("核查举报");
        house.reads("zhengzhe", &format!("/console/people/{of}"), 404).await;
        house.reads("inspector", &looks, 404).await;
        house.later(31);
        house.reads("zhengzhe", &looks, 303).await;
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn a_relatives_record_names_a_leader_to_whoever_is_on_his_list_only() {
    House::each(async |house| {
        let (of, name) = (cast().zhao, "赵德福");
        let page = format!("/console/people/{}", cast().wang);
        let kin = [("relation", "spouse"), ("name", " 赵 德福 "), ("from", "1966-05-01")];
        house.sends("chenjing", &format!("{page}/family"), &kin, 303).await;
        let phone =
            [("owner", "child"), ("label", "赵德福的秘书"), ("phone", "138 0000 1234"), ("notice", "yes")];
        house.sends("chenjing", &format!("{page}/contact"), &phone, 303).await;
        let places = [page.clone(), format!("{page}/family"), format!("{page}/contact")];
        house.reads("zhouming", &places[1], 200).await.says("配偶赵 德福");
        house.makes_a_leader(of).await;
        for at in &places {
            house.reads("zhouming", at, 200).await.says("某同志").never_says("德福");
        }
        let phones = [("what", "phones")];
        let numbers = format!("{page}/numbers");
        house.sends("zhouming", &numbers, &phones, 200).await.says("某同志的秘书").never_says(name);
        let entry = form("周明", "worker", "省级01", "2027-06-30");
        let made = house.sends("qianwei", "/console/grants/new", &entry, 303).await;
        house.sends("suhui", made.header("location"), &[("act", "confirm")], 303).await;
        house.reads("zhouming", &places[1], 200).await.says("配偶赵 德福");
        house.reads("chenjing", &places[1], 200).await.never_says("德福");
        house.sends("chenjing", &numbers, &phones, 200).await.never_says(name);
    })
    .await;
}

#[actix_web::test]
async fn no_push_says_a_leaders_name_whoever_wrote_it() {
    let house = House::open().await;
    house.makes_a_leader(cast().zhao).await;
    let thursday = "2026-11-26T06:00:00Z".parse().unwrap();
    house.plans("听赵德福讲党课", thursday).await;
    house.turn_to("2026-11-25 18:30");
    let said = |message: &dingtalk_sim::Message| message.text().contains("听某同志讲党课");
    house.until("the eve", async || house.told("wangxiuying").iter().any(said)).await;
    for userid in ["wangxiuying", "liguoqiang", "zhaodefu"] {
        for message in house.told(userid) {
            assert!(!format!("{message:?}").contains("赵德福"), "{message:?}");
        }
    }
}

#[actix_web::test]
async fn a_term_that_ends_soon_is_told_to_its_holder() {
    let house = House::open().await;
    house.welcomes("newhand").await;
    house
        .sends("qianwei", "/console/grants/new", &form("newhand", "worker", "西湖区", "2026-12-03"), 303)
        .await;
    domain::authority::term::remind(&house.app.db, &house.app.cx, house.app.clock.now()).await.unwrap();
    let told = house.hears("newhand", "任期", 1).await;
    assert!(told.text().contains("离退休干部工作者"), "{told:?}");
    assert_eq!(crate::harness::title(&told), "您的任期到2026年12月3日为止");
}
