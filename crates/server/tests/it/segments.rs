//! 分层分类 at the desk: a rule is tried, saved and computed; who is in it, who came and went, and why.

use domain::{authority::Role, seed::cast, segment::walk};

use crate::harness::House;

/// The night has come.
async fn night(house: &House) {
    let (db, cx) = (&house.app.db, &house.app.cx);
    while walk::round(db, cx, house.app.clock.now()).await.unwrap() > 0 {}
}

const NEW: &str = "/console/segments/new";

const ALONE: [(&str, &str); 9] = [
    ("name", "独居的退休干部"),
    ("kind", "retired"),
    ("alone", "yes"),
    ("every", "15"),
    ("way", "visit"),
    ("hands", "worker"),
    ("from", "2026-11-24"),
    ("source", "示例〔2026〕3号"),
    ("act", "save"),
];

fn but(
    fields: &[(&'static str, &'static str)],
    with: &[(&'static str, &'static str)],
) -> Vec<(&'static str, &'static str)> {
    let kept = fields.iter().filter(|(name, _)| with.iter().all(|(other, _)| other != name));
    kept.chain(with).copied().collect()
}

#[actix_web::test]
async fn a_segment_is_tried_saved_computed_and_explained() {
    let house = House::open().await;
    let wang = cast().wang;
    house.reads("chenjing", "/console/segments", 200).await.says("还没有分类");
    house.reads("chenjing", NEW, 200).await.says("先试算，再保存");

    // Tried as often as one likes; nothing is there then.
    house.sends("chenjing", NEW, &[("act", "try")], 422).await.says("请至少选一个条件");
    let tried = but(&ALONE, &[("act", "try")]);
    let page = house.sends("chenjing", NEW, &tried, 200).await;
    page.says("名单里会有27人，要核实的0人").says("王秀英").says("独居的退休干部");
    house.reads("chenjing", "/console/segments", 200).await.says("还没有分类");
    house.sends("chenjing", NEW, &but(&tried, &[("age", "九十")]), 422).await.says("请写一个合适的整数");

    // What is missing is said beside what was typed.
    house
        .sends("chenjing", NEW, &but(&ALONE, &[("name", "")]), 422)
        .await
        .says("请写名称")
        .says("示例〔2026〕3号");
    house.sends("chenjing", NEW, &but(&ALONE, &[("every", "0")]), 422).await.says("天数请写1到366");
    house.sends("chenjing", NEW, &but(&ALONE, &[("way", "")]), 422).await.says("请选怎么做");
    house.sends("chenjing", NEW, &but(&ALONE, &[("from", "2026-11-01")]), 422).await.says("最早从今天起");
    let at = house.sends("chenjing", NEW, &ALONE, 303).await.header("location").to_owned();
    house.sends("chenjing", NEW, &ALONE, 422).await.says("本地已经有这个名称的分类");

    night(&house).await;
    let page = house.reads("chenjing", &at, 200).await;
    page.says("退休干部").says("独居").says("每15天由老干部工作者上门看望一次").says("示例〔2026〕3号");
    page.says("名单里27人，要核实的0人").says("管理单位在西湖区");
    house.reads("chenjing", "/console/segments", 200).await.says("独居的退休干部");
    let members = house.reads("chenjing", &format!("{at}/members"), 200).await;
    members.says("王秀英").says("没有记录").says("该去看望了");
    house.reads("chenjing", &format!("{at}/members?standing=unsure"), 200).await.says("没有人");
    // The list as a file goes the way of every file.
    let id = at.rsplit('/').next().unwrap();
    let form = house.reads("chenjing", &format!("/console/exports?segment={id}"), 200).await;
    form.says(&format!("<option value=\"{id}\" selected>"));
    let asked = [("purpose", "visit"), ("segment", id)];
    let taken = house.sends("chenjing", "/console/exports", &asked, 303).await.header("location").to_owned();
    house.reads("chenjing", &taken, 200).await.says("只要“独居的退休干部”名单里的").says("27人");
    let changes = house.reads("chenjing", &format!("{at}/changes"), 200).await;
    changes.says("进来27人").says("第一次计算").says("出去0人");

    // Why she is, and why somebody else is not.
    let hers = house.reads("chenjing", &format!("{at}/people/{wang}"), 200).await;
    hers.says("王秀英").says("起在名单里").says("符合").never_says("不符合").never_says("有变化");
    let other = house.living().await;
    let his = house.reads("chenjing", &format!("{at}/people/{other}"), 200).await;
    his.says("不符合").says("没有登记独居").says("不在");
    let all = house.reads("chenjing", &format!("/console/people/{wang}/segments"), 200).await;
    all.says("独居的退休干部").says("符合");
    house.reads("chenjing", &format!("/console/people/{wang}"), 200).await.says("看在哪些分层分类里");
    let looked = "SELECT count(*) FROM audit_row WHERE subject = 'search/segment'";
    assert_eq!(house.count(looked).await, 4, "a trial, two lists, the changes");
    let seen = "SELECT count(*) FROM audit_row WHERE action = 'person.seen' AND detail LIKE '%\"segment%'";
    assert_eq!(house.count(seen).await, 3);
    house.audited().await;
}

#[actix_web::test]
async fn another_county_sees_nothing_of_it_and_its_own_people_in_the_provinces() {
    let house = House::open().await;
    let wang = cast().wang;
    for (userid, region) in [("outsider", "330205"), ("chief", "33")] {
        house.welcomes(userid).await;
        house.hires_in(userid, Role::Worker, region).await;
    }
    let own = house.sends("chenjing", NEW, &ALONE, 303).await.header("location").to_owned();
    let whole = but(&ALONE, &[("name", "全省独居退休干部")]);
    let whole = house.sends("chief", NEW, &whole, 303).await.header("location").to_owned();
    night(&house).await;
    house
        .reads("outsider", "/console/segments", 200)
        .await
        .never_says("独居的退休干部")
        .says("全省独居退休干部");
    for part in ["", "/edit", "/members", "/changes"] {
        house.reads("outsider", &format!("{own}{part}"), 404).await;
    }
    house.sends("outsider", &own, &[("act", "end")], 404).await;
    let id = own.rsplit('/').next().unwrap();
    house.sends("outsider", "/console/exports", &[("purpose", "visit"), ("segment", id)], 404).await;
    house.sends("outsider", &format!("{own}/edit"), &ALONE, 404).await;
    house.reads("outsider", &whole, 200).await.never_says("当时的结果").never_says("名单的校验值");
    house.reads("outsider", &format!("{whole}/members"), 200).await.never_says("王秀英");
    house.reads("outsider", &format!("{whole}/changes"), 200).await.never_says("王秀英");
    house.reads("outsider", &format!("{whole}/people/{wang}"), 404).await;
    house.reads("outsider", &format!("/console/people/{wang}/segments"), 404).await;
    // Nobody of the county writes what is the province's.
    house.reads("chenjing", &whole, 200).await.never_says("停用这个分类");
    house.reads("chenjing", &format!("{whole}/edit"), 404).await;
    house.sends("chenjing", &whole, &[("act", "compute")], 404).await;
    house.reads("chief", &whole, 200).await.says("当时的结果").says("停用这个分类");
    for userid in ["wumin", "shenlan", "wangxiuying"] {
        house.reads(userid, "/console/segments", 404).await;
    }
    house.audited().await;
}

#[actix_web::test]
async fn it_is_changed_narrowed_and_ended() {
    let house = House::open().await;
    house.welcomes("chief").await;
    house.hires_in("chief", Role::Worker, "33").await;
    let whole = but(&ALONE, &[("name", "全省独居退休干部")]);
    let whole = house.sends("chief", NEW, &whole, 303).await.header("location").to_owned();
    let base = whole.rsplit('/').next().unwrap().to_owned();
    house.reads("chenjing", NEW, 200).await.says("全省独居退休干部");
    let narrow: Vec<(&str, &str)> = [
        ("base", base.as_str()),
        ("name", "本区的"),
        ("party", "yes"),
        ("every", "30"),
        ("way", "call"),
        ("hands", "secretary"),
        ("from", "2026-11-24"),
        ("source", "示例"),
        ("act", "save"),
    ]
    .into();
    house.sends("chenjing", NEW, &narrow, 422).await.says("不能比所在的分类间隔更久");
    let narrow: Vec<(&str, &str)> =
        narrow.into_iter().map(|(name, value)| (name, if name == "every" { "10" } else { value })).collect();
    let own = house.sends("chenjing", NEW, &narrow, 303).await.header("location").to_owned();
    night(&house).await;
    let page = house.reads("chenjing", &own, 200).await;
    page.says("独居").says("党员").says("每10天由支部书记打电话一次").says("全省独居退休干部");

    // The form has what is in force, and what is written is the next version.
    let form = house.reads("chief", &format!("{whole}/edit"), 200).await;
    assert_eq!(form.value("name"), "全省独居退休干部");
    assert_eq!(form.value("every"), "15");
    let aged = but(&ALONE, &[("name", "全省高龄独居"), ("age", "95")]);
    house.sends("chief", &format!("{whole}/edit"), &aged, 303).await;
    house.reads("chief", &whole, 200).await.says("全省高龄独居").says("95周岁以上").says("第1版");
    night(&house).await;
    house.reads("chenjing", &own, 200).await.says("95周岁以上").says("名单里0人");
    let wang = cast().wang;
    let now = house.reads("chenjing", &format!("{own}/people/{wang}"), 200).await;
    now.says("不符合").says("周岁");

    house.sends("chief", &whole, &[("act", "compute")], 303).await;
    night(&house).await;
    house.sends("chief", &whole, &[("act", "end")], 303).await;
    house.reads("chief", &whole, 200).await.says("已停用").never_says("停用这个分类");
    house.reads("chenjing", "/console/segments", 200).await.says("已经停用的").says("本区的");
    house.sends("chief", &whole, &[("act", "end")], 404).await;
    house.audited().await;
}
