//! People at the desk.

use domain::{
    ids::PersonId,
    person::{self, fact, fact::FactKind},
    seed::cast,
};

use crate::harness::{House, Page};

/// A number that nobody has: its region is on no map.
const NUMBER: &str = "339900194403150023";

fn page(person: PersonId) -> String {
    format!("/console/people/{person}")
}

impl House {
    async fn looks_for(&self, who: &str, text: &str) -> Page {
        self.sends(who, "/console/people", &[("who", text), ("unit", "")], 200).await
    }

    pub(crate) async fn living(&self) -> PersonId {
        let all = self.looks_for("chenjing", "赵德福").await;
        let href = all.between("<a href=\"/console/people/", "\"");
        href.parse().unwrap()
    }
}

fn record<'a>(name: &'a str, identity: &'a str, unit: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("name", name),
        ("gender", "female"),
        ("identity", identity),
        ("born", "1944年3月15日"),
        ("phone", ""),
        ("retirement", "retired"),
        ("joined", "1960-09"),
        ("party", ""),
        ("unit", unit),
    ]
}

/// The check character is found, so that the number above needs none in the source.
fn valid(body: &str) -> String {
    let checks = ('0'..='9').chain(['X']);
    let texts = checks.map(|check| format!("{body}{check}"));
    texts.into_iter().find(|text| domain::privacy::IdentityNumber::parse(text).is_ok()).unwrap()
}

#[actix_web::test]
async fn somebody_is_found_by_sound_and_only_by_those_who_work_there() {
    House::each(async |house| {
        for text in ["王秀英", "wangxiuying", "wxy"] {
            house.looks_for("chenjing", text).await.says(&page(cast().wang)).says("王秀英");
        }
        house.sends("chenjing", "/console/people", &[("who", "%"), ("unit", "")], 422).await.says("请写姓名");
        for who in ["wumin", "zhengzhe", "wangxiuying"] {
            house.reads(who, "/console/people", 404).await;
            house.reads(who, &page(cast().wang), 404).await;
        }
        house
            .reads("chenjing", "/console/people", 200)
            .await
            .says("等人办的事")
            .says("aria-current=\"page\"");
    })
    .await;
}

#[actix_web::test]
async fn a_record_begins_once_and_a_likeness_is_looked_at_first() {
    House::each(async |house| {
        let form = house.reads("chenjing", "/console/people/new", 200).await;
        let unit = form.between("<option value=\"\">请选</option><option value=\"", "\"").to_owned();
        let number = valid(&NUMBER[..17]);
        let none =
            house.sends("chenjing", "/console/people/new", &record("", "3.30102E+17", &unit), 422).await;
        none.says("请写姓名").says("表格把号码变成了数字");
        let made =
            house.sends("chenjing", "/console/people/new", &record("慕容秀", &number, &unit), 303).await;
        let here = made.header("location").to_owned();
        house.reads("chenjing", &here, 200).await.says("慕容秀").says("退休干部").says("管理单位");
        let again =
            house.sends("zhouming", "/console/people/new", &record("慕容秀", &number, &unit), 422).await;
        again.says("这个身份证号已经建过档").says(&here);
        let alike = house.sends("zhouming", "/console/people/new", &record("慕容绣", "", &unit), 422).await;
        alike.says("可能是同一个人").says("姓名读音相同").says("出生日期相同").says(&here);
        let mut sure = record("慕容绣", "", &unit);
        sure.push(("another", "yes"));
        house.sends("zhouming", "/console/people/new", &sure, 303).await;

        // Two workers make one of the two; a third look takes it back.
        let list = house.reads("chenjing", "/console/doubles", 200).await;
        let pairs: Vec<&str> = list.text.split("<a href=\"/console/doubles/").skip(1).collect();
        let pair = pairs.iter().find(|pair| pair.contains("慕容")).unwrap().split('"').next().unwrap();
        let pair = format!("/console/doubles/{pair}");
        house.reads("chenjing", &pair, 200).await.says("慕容秀").says("慕容绣").says("相像");
        let proposed = house.sends("chenjing", &pair, &[("act", "keep_one")], 303).await;
        let merge = proposed.header("location").to_owned();
        house.reads("chenjing", &merge, 200).await.says("等另一位同志确认").never_says("确认合并");
        house.sends("chenjing", &merge, &[("act", "agree")], 422).await.says("自己提的合并");
        house.reads("zhouming", &merge, 200).await.says("确认合并");
        house.sends("zhouming", &merge, &[("act", "agree")], 303).await;
        house.looks_for("chenjing", "慕容绣").await.says("找到1人");
        house.sends("chenjing", &merge, &[("act", "undo")], 303).await;
        house.looks_for("chenjing", "murongxiu").await.says("找到2人");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn a_protected_field_is_asked_for_by_one_and_agreed_to_by_another() {
    let house = House::open().await;
    let her = page(cast().wang);
    let ask = format!("{her}/change");
    house.reads("chenjing", &ask, 200).await.says("申请变更");
    house
        .sends("chenjing", &ask, &[("field", "medical")], 422)
        .await
        .says("请写改成什么")
        .says("请写依据的材料");
    let fields = [
        ("field", "payout"),
        ("account", "6222000000009999"),
        ("bank", "另一 银行"),
        ("effective", "2026-11-01"),
        ("evidence", "存折复印件"),
    ];
    let asked = house.sends("chenjing", &ask, &fields, 303).await;
    let change = asked.header("location").to_owned();
    let seen = house.reads("zhouming", &change, 200).await;
    seen.says("****9999").says("****4821").says("2026年11月1日").never_says("6222000000009999");
    house.reads("zhouming", "/console/changes", 200).await.says("银行账户");
    house.reads("zhouming", "/console/people", 200).await.says("变更申请待审核</a>：<strong>1件</strong>");
    house.sends("chenjing", &change, &[("act", "agree")], 422).await.says("自己提的申请");
    house.sends("zhouming", &change, &[("act", "refuse"), ("reason", "")], 422).await.says("不同意请写原因");
    house.sends("zhouming", &change, &[("act", "agree")], 303).await;
    house.sends("zhouming", &change, &[("act", "agree")], 422).await.says("已经办完");
    house.reads("chenjing", &her, 200).await.says("另一银行，尾号9999").says("银行账户</a> 已同意");
    house.reads("wumin", &change, 404).await;
    house.audited().await;
}

#[actix_web::test]
async fn a_wrong_identity_number_is_put_right_by_two_and_seen_whole_only_when_asked_for() {
    House::each(async |house| {
        let (her, taken) = (page(cast().wang), valid(&NUMBER[..17]));
        let new = house.reads("chenjing", "/console/people/new", 200).await;
        let unit = new.between("<option value=\"\">请选</option><option value=\"", "\"").to_owned();
        let made =
            house.sends("chenjing", "/console/people/new", &record("慕容秀", &taken, &unit), 303).await;
        let other = made.header("location").to_owned();

        let ask = format!("{her}/change");
        house.reads("chenjing", &ask, 200).await.says("身份证号");
        house.reads("chenjing", &format!("{ask}?field=identity"), 200).await.says("正确的身份证号");
        let fields = |number: &str| {
            [
                ("field", "identity"),
                ("identity", number),
                ("effective", "2026-11-01"),
                ("evidence", "身份证复印件"),
            ]
            .map(|(name, value)| (name, value.to_owned()))
        };
        let sends = async |number: &str, status| {
            let fields = fields(number);
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            house.sends("chenjing", &ask, &fields, status).await
        };
        let wrong = sends("330522193002291231", 422).await;
        wrong.says("没有这样的出生日期").says("value=\"330522193002291231\"").says("身份证复印件");
        sends("3.30102E+17", 422).await.says("请把那一列改成文本");
        sends("", 422).await.says("还没有写身份证号");
        let there = sends(&taken, 422).await;
        there.says("登记在另一份档案里").says("请先把两份档案合并").says(&format!("href=\"{other}\""));

        // A man's, born on another day.
        let number = valid("33990019300320577");
        let change = sends(&number, 303).await.header("location").to_owned();
        house.reads("chenjing", &change, 200).await.says("等另一位同志审核").never_says("同意变更");
        let seen = house.reads("zhouming", &change, 200).await;
        let masked = format!("339***********{}", &number[14..]);
        seen.says(&masked)
            .says("新号码和档案不一样")
            .says("档案里是女，新号码是男。")
            .says("新号码是1930年3月20日。");
        seen.says("身份证复印件").never_says(&number);
        house.reads("zhouming", "/console/changes", 200).await.says("身份证号").never_says(&number);
        let whole = house.sends("zhouming", &change, &[("act", "look")], 200).await;
        whole.says(&number).says("看过号码会留下记录").says("同意变更");
        house.sends("chenjing", &change, &[("act", "agree")], 422).await.says("自己提的申请");
        house.sends("zhouming", &change, &[("act", "agree")], 303).await;
        let done = house.reads("zhouming", &change, 200).await;
        done.says("已同意").never_says("新号码和档案不一样").never_says("看完整的新号码");
        house.sends("zhouming", &change, &[("act", "look")], 422).await.says("已经办完");
        house.looks_for("chenjing", &number).await.says("王秀英");
        house.reads("chenjing", &her, 200).await.says("身份证号</a> 已同意").never_says(&number);
        house.sends("chenjing", &format!("{her}/numbers"), &[("what", "identity")], 200).await.says(&number);
        for path in [&change, &her] {
            house.reads("wumin", path, 404).await;
        }
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn a_role_begins_and_ends_at_the_desk_and_a_hidden_one_is_not_hinted_at() {
    let house = House::open().await;
    let (wang, her) = (cast().wang, page(cast().wang));
    let form = house.reads("chenjing", &format!("{her}/fact"), 200).await;
    form.says("志愿者").never_says("省级老领导");
    let begin = [("kind", "volunteer"), ("what", "begin"), ("on", "2019-03-05"), ("basis", "申请表")];
    house.sends("chenjing", &format!("{her}/fact"), &begin, 303).await;
    house.reads("chenjing", &her, 200).await.says("志愿者").says("2019年3月5日起");
    let end = [("kind", "volunteer"), ("what", "end"), ("on", "2018-01-01")];
    house.sends("chenjing", &format!("{her}/fact"), &end, 422).await.says("结束不能早于开始");
    let end = [("kind", "volunteer"), ("what", "end"), ("on", "2022-01-01")];
    house.sends("chenjing", &format!("{her}/fact"), &end, 303).await;
    house.reads("chenjing", &her, 200).await.says("以前的情况").says("2019年3月5日至2022年1月1日");

    // The county's page is the same whether she is one or not.
    let before = house.reads("chenjing", &her, 200).await;
    let hidden = [("kind", "provincial_leader"), ("what", "begin"), ("on", "2010-01-01"), ("basis", "x")];
    house.sends("chenjing", &format!("{her}/fact"), &hidden, 422).await;
    let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
    let new = fact::NewFact {
        kind: FactKind::ProvincialLeader,
        value: fact::Value::Bare,
        from_on: "2010-01-01".parse().unwrap(),
        basis: "名册".to_owned(),
    };
    let written = fact::commands::record(db, cx, &house.worker().await, (wang, new), now).await;
    assert!(written.is_err(), "a county does not write it, whichever way it comes");
    let after = house.reads("chenjing", &her, 200).await;
    // But for the tokens of the forms, which are the session's.
    let main = |page: &Page| -> Vec<String> {
        let parts = page.between("<main", "</main>").split("name=\"csrf\" value=\"");
        parts.map(|part| part.split_once('"').map_or(part, |(_, rest)| rest).to_owned()).collect()
    };
    assert_eq!(main(&before), main(&after));
}

#[actix_web::test]
async fn a_number_is_written_down_and_a_death_is_recorded_with_its_list() {
    let house = House::open().await;
    let zhao = house.living().await;
    let his = page(zhao);
    let contact = [("owner", "child"), ("label", "大女儿"), ("phone", "138 0000 1234"), ("emergency", "yes")];
    house.sends("chenjing", &format!("{his}/contact"), &[("phone", "12")], 422).await.says("请选是谁的号码");
    house.sends("chenjing", &format!("{his}/contact"), &contact, 303).await;
    let seen = house.reads("chenjing", &his, 200).await;
    seen.says("子女（大女儿）").says("尾号1234").says("没有核实").never_says("13800001234");
    house.sends("chenjing", &format!("{his}/death"), &[("on", "2999-01-01")], 422).await.says("去世日期不对");
    house.sends("chenjing", &format!("{his}/death"), &[("on", "2026-11-20")], 303).await;
    let after = house.reads("chenjing", &his, 200).await;
    after.says("已去世").says("遗属随访").never_says("申请变更");
    let task = after.between("/console/death-tasks/", "\"").to_owned();
    house.sends("chenjing", &format!("/console/death-tasks/{task}"), &[("note", "已送别")], 303).await;
    house.reads("chenjing", &his, 200).await.says("已送别");
    let row = person::store::find(&house.app.db, zhao).await.unwrap().unwrap();
    assert!(!row.is_alive());
    house.audited().await;
}

#[actix_web::test]
async fn a_gender_is_put_right_by_two_and_of_the_dead_as_well() {
    let house = House::open().await;
    let hers = page(cast().wang);
    let form = format!("{hers}/change");
    house.reads("chenjing", &format!("{form}?field=gender"), 200).await.says("性别").says("value=\"male\"");
    let ask = |gender: &'static str| {
        [("field", "gender"), ("gender", gender), ("effective", "2026-11-01"), ("evidence", "户口本")]
    };
    house.sends("chenjing", &form, &ask(""), 422).await.says("请选男或女");
    house.sends("chenjing", &form, &ask("female"), 422).await.says("和现在登记的一样");
    house.sends("chenjing", &format!("{hers}/death"), &[("on", "2026-11-20")], 303).await;
    house.reads("chenjing", &hers, 200).await.says("更正身份证号或性别");
    house.reads("chenjing", &form, 200).await.says("身份证号").says("性别").never_says("银行账户</span>");
    let asked = house.sends("chenjing", &form, &ask("male"), 303).await.header("location").to_owned();
    house
        .reads("zhouming", &asked, 200)
        .await
        .says("<span data-said>女</span>")
        .says("<span data-said>男</span>");
    house.sends("chenjing", &asked, &[("act", "agree")], 422).await;
    house.sends("zhouming", &asked, &[("act", "agree")], 303).await;
    let row = person::store::find(&house.app.db, cast().wang).await.unwrap().unwrap();
    assert_eq!(row.gender, person::Gender::Male);
    house.audited().await;
}

#[actix_web::test]
async fn a_death_by_mistake_is_put_right_by_two() {
    House::each(async |house| {
        let wang = domain::seed::cast().wang;
        let hers = page(wang);
        let form = format!("{hers}/death-undo");
        house.reads("chenjing", &form, 422).await.says("没有登记去世");
        house.sends("chenjing", &format!("{hers}/death"), &[("on", "2026-11-20")], 303).await;
        house.reads("chenjing", &hers, 200).await.says("已去世").says("申请更正误登的去世");
        let again = house.sends("chenjing", &form, &[("evidence", "证明")], 422).await;
        again.says("<a href=\"#reason\">").says("value=\"证明\"");
        house.sends("chenjing", &form, &[("reason", "同名")], 422).await.says("<a href=\"#evidence\">");
        let why = [("reason", "同名的另一位去世了"), ("evidence", "社区证明，档案室")];
        let undo = house.sends("chenjing", &form, &why, 303).await.header("location").to_owned();
        house.sends("zhouming", &form, &why, 422).await.says("已经有更正申请在等审核");
        house.reads("chenjing", &undo, 200).await.says("等另一位同志审核").never_says("确认在世");
        house.reads("chenjing", &hers, 200).await.says("看这次更正").never_says("申请更正误登的去世");
        house.sends("chenjing", &undo, &[("act", "agree")], 422).await.says("请另一位同志来办");
        house.reads("zhouming", "/console", 200).await.says("误登去世更正待审核");
        house.reads("zhouming", "/console/death-undos", 200).await.says("王秀英");
        house.reads("zhouming", &undo, 200).await.says("同名的另一位去世了").says("确认在世，更正");
        house.reads("wumin", &undo, 404).await;
        house.sends("zhouming", &undo, &[("act", "refuse")], 422).await.says("不同意请写原因");
        house.sends("zhouming", &undo, &[("act", "agree")], 303).await;
        let done = house.reads("chenjing", &undo, 200).await;
        done.says("已同意").says("当面或打电话告诉本人").says("本人的手机要重新登录").never_says("撤回申请");
        house
            .reads("chenjing", &hers, 200)
            .await
            .never_says("已去世")
            .never_says("遗属随访")
            .says("登记去世");
        house.reads("chenjing", "/console", 200).await.says("更正去世以后要办的");
        loop {
            let list = house.reads("chenjing", &undo, 200).await;
            let Some((_, rest)) = list.text.split_once("/console/death-undo-left/") else { break };
            let left = format!("/console/death-undo-left/{}", rest.split_once('"').unwrap().0);
            house.sends("wumin", &left, &[("note", "办了")], 404).await;
            house.sends("chenjing", &left, &[("note", "办了")], 303).await;
        }
        house.reads("chenjing", "/console", 200).await.never_says("更正去世以后要办的");
        house.sends("zhouming", &undo, &[("act", "agree")], 422).await.says("已经办完了");
        house.sends("chenjing", &format!("{hers}/death"), &[("on", "2026-11-21")], 303).await;
        house.reads("chenjing", &hers, 200).await.says("已去世").says("遗属随访");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn whose_period_nobody_can_tell_stands_in_a_list() {
    let house = House::open().await;
    let list = house.reads("chenjing", "/console/people/undecided", 200).await;
    list.says("革命时期待认定");
    house.reads("wumin", "/console/people/undecided", 404).await;
    house.reads("wumin", "/console/doubles", 404).await;
    house.reads("wumin", "/console/changes", 404).await;
}

#[actix_web::test]
async fn a_floor_is_seen_approved_and_carried_out() {
    let house = House::open().await;
    let new = [
        ("period", "J"),
        ("dimension", "medical"),
        ("level", "deputy_bureau"),
        ("from", "2026-01-01"),
        ("basis", "示例〔2026〕1号"),
    ];
    house.sends("chenjing", "/console/floors", &new[..1], 422).await.says("请选级别").says("请写文件号");
    let floor = house.sends("chenjing", "/console/floors", &new, 303).await.header("location").to_owned();
    house
        .reads("chenjing", &floor, 200)
        .await
        .says("会提高这些人")
        .says("县处级")
        .never_says("执行</button>");
    house.sends("chenjing", &floor, &[("act", "agree")], 422).await.says("请另一位同志审核");
    house.sends("zhouming", &floor, &[("act", "apply")], 422).await;
    house.sends("zhouming", &floor, &[("act", "agree")], 303).await;
    house.sends("chenjing", &floor, &[("act", "apply")], 303).await;
    house.reads("chenjing", &floor, 200).await.says("提高了这些人").says("已执行");
    house.reads("wumin", &floor, 404).await;
    house.audited().await;
}

#[actix_web::test]
async fn the_years_figures_are_frozen_and_checked() {
    let house = House::open().await;
    house.reads("chenjing", "/console/statistics", 200).await.says("离休干部年报");
    house.sends("chenjing", "/console/statistics", &[("on", "x")], 422).await.says("请写截至哪一天");
    house.sends("chenjing", "/console/statistics", &[("on", "1930-01-01")], 200).await.says("共");
    let freeze = [("on", "2018-12-31"), ("act", "freeze")];
    let made =
        house.sends("chenjing", "/console/statistics", &freeze, 303).await.header("location").to_owned();
    house.reads("chenjing", &made, 200).await.says("再算一遍，结果一样").says("2018年12月31日");
    house.reads("wumin", &made, 404).await;
    house.audited().await;
}
