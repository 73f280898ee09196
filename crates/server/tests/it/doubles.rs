//! Records of two counties that look the same: who sees what of them, and who decides.

use domain::{
    By,
    authority::{Role, Worker},
    ids::{AccountId, RegionCode},
    person::{
        self, BirthSource, Gender, NewPerson, Person, Precision, Retirement, UnitKind, merge,
        units::{NewUnit, found_in},
    },
};

use crate::harness::House;

impl House {
    async fn worker_of(&self, userid: &str, region: &str) -> Worker {
        let (account, region): (_, RegionCode) = (AccountId::parse(userid).unwrap(), region.parse().unwrap());
        Worker::prove(&self.app.db, &account, region, self.app.clock.now()).await.unwrap().unwrap()
    }

    /// Somebody in a unit of this name, which begins for it.
    async fn someone_in(&self, unit: &str, code: &str, name: &str) -> Person {
        let (db, cx, now) = (&self.app.db, &self.app.cx, self.app.clock.now());
        let (region, kind) = (code.parse().unwrap(), UnitKind::Agency);
        let tx = mailbox::transaction::write(db).await.unwrap();
        let new = NewUnit { name: unit.to_owned(), kind, region, parent: None };
        let unit = found_in(&tx, cx, By::INSTALLER, new, now).await.unwrap();
        let new = NewPerson {
            name: name.to_owned(),
            gender: Gender::Female,
            born_on: "1944-03-15".parse().unwrap(),
            born_precision: Precision::Day,
            born_source: BirthSource::File,
            birthday: None,
            retirement: Retirement::Retired,
            joined_work: None,
            party_joined_on: None,
            unit: unit.id,
            residence: None,
            living_alone: false,
            phone: None,
            identity: Some(number()),
            payout: None,
        };
        let new = if code == "330106" { NewPerson { identity: None, ..new } } else { new };
        let person = person::commands::register_in(&tx, cx, By::INSTALLER, None, new, now).await.unwrap();
        tx.commit().await.unwrap();
        person
    }
}

/// A number that nobody has: its region is on no map.
fn number() -> domain::privacy::IdentityNumber {
    let texts = ('0'..='9').chain(['X']).map(|check| format!("33990019440315002{check}"));
    texts.into_iter().find_map(|text| domain::privacy::IdentityNumber::parse(&text).ok()).unwrap()
}

#[actix_web::test]
async fn of_a_merge_across_two_counties_each_sees_its_own_record() {
    House::each(async |house| {
        for (userid, region) in [("chief", "33"), ("second", "33"), ("neighbour", "330105")] {
            house.welcomes(userid).await;
            house.hires_in(userid, Role::Worker, region).await;
        }
        let (kept, merged) = (
            house.someone_in("近处的单位", "330106", "慕容秀").await,
            house.someone_in("远处的单位", "330105", "慕容绣").await,
        );
        let province = "33".parse().unwrap();
        person::double::commands::scan(&house.app.db, &province, house.app.clock.now()).await.unwrap();
        house.reads("chenjing", "/console", 200).await.never_says("疑似重复待判断</a>：<strong>1件");
        house.reads("chenjing", "/console/doubles", 200).await.never_says("慕容");
        let (db, cx, now) = (&house.app.db, &house.app.cx, house.app.clock.now());
        let chief = house.worker_of("chief", "33").await;
        let pair = (kept.id, merged.id);
        let proposed = merge::commands::propose(db, cx, &chief, pair, now).await.unwrap();
        let page = format!("/console/merges/{}", proposed.id);
        let near = house.reads("chenjing", &page, 200).await;
        near.says("慕容秀").says("等两边都管的同志办").never_says("慕容绣").never_says("远处的单位");
        near.never_says("确认合并");
        let far = house.reads("neighbour", &page, 200).await;
        far.says("慕容绣").never_says("慕容秀").never_says("近处的单位");
        house.sends("chenjing", &page, &[("act", "refuse")], 404).await;
        house.reads("second", &page, 200).await.says("慕容秀").says("慕容绣").says("确认合并");
        house.sends("second", &page, &[("act", "refuse")], 303).await;
        house.reads("chenjing", &page, 200).await.says("没有同意合并").never_says("慕容绣");
        // Once it is done, they are one record.
        let again = merge::commands::propose(db, cx, &chief, pair, now).await.unwrap();
        let page = format!("/console/merges/{}", again.id);
        house.sends("second", &page, &[("act", "agree")], 303).await;
        house.reads("chenjing", &page, 200).await.says("慕容绣").never_says("撤销合并</button>");
        house.sends("second", &page, &[("act", "undo")], 303).await;
        house.reads("chenjing", &page, 200).await.says("已经撤销").never_says("慕容绣");
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn whoever_works_in_both_counties_by_two_grants_judges_a_pair_across_them() {
    House::each(async |house| {
        house.welcomes("both").await;
        for region in ["330106", "330105"] {
            house.hires_in("both", Role::Worker, region).await;
        }
        house.someone_in("近处的单位", "330106", "慕容秀").await;
        house.someone_in("远处的单位", "330105", "慕容秀").await;
        let province = "33".parse().unwrap();
        person::double::commands::scan(&house.app.db, &province, house.app.clock.now()).await.unwrap();
        let list = house.reads("both", "/console/doubles", 200).await;
        let pairs: Vec<&str> = list.text.split("<a href=\"/console/doubles/").skip(1).collect();
        let pair = pairs.iter().find(|pair| pair.contains("慕容")).unwrap().split('"').next().unwrap();
        let proposed =
            house.sends("both", &format!("/console/doubles/{pair}"), &[("act", "keep_one")], 303).await;
        let page = proposed.header("location").to_owned();
        house.reads("both", &page, 200).await.says("等另一位同志确认");
    })
    .await;
}

#[actix_web::test]
async fn whoever_holds_two_records_against_each_other_has_looked_at_both() {
    House::each(async |house| {
        let (one, other) = (
            house.someone_in("近处的单位", "330106", "慕容秀").await,
            house.someone_in("另一个单位", "330106", "慕容秀").await,
        );
        let province = "33".parse().unwrap();
        person::double::commands::scan(&house.app.db, &province, house.app.clock.now()).await.unwrap();
        let list = house.reads("chenjing", "/console/doubles", 200).await;
        let mut pairs = list.text.split("<a href=\"/console/doubles/").skip(1);
        let pair = pairs.find(|pair| pair.contains("慕容")).unwrap().split('"').next().unwrap().to_owned();
        let searched =
            "SELECT count(*) FROM audit_row WHERE subject = 'search/doubles' AND actor = 'chenjing'";
        assert_eq!(house.count(searched).await, 1);
        let at = format!("/console/doubles/{pair}");
        house.reads("chenjing", &at, 200).await;
        let merge = house.sends("chenjing", &at, &[("act", "keep_one")], 303).await;
        house.reads("fangyuan", merge.header("location"), 200).await;
        for person in [one.id, other.id] {
            let looks = house.reads("zhengzhe", &format!("/console/trail/people/{person}"), 200).await;
            looks.says("陈静").says("和另一份档案对照").says("查清是不是同一个人");
            looks.says("方圆").says("看了合并前后的档案");
        }
        house.audited().await;
    })
    .await;
}

#[actix_web::test]
async fn a_number_that_is_typed_to_begin_a_record_leaves_a_trace() {
    House::each(async |house| {
        let there = house.someone_in("远处的单位", "330105", "慕容绣").await;
        let form = house.reads("chenjing", "/console/people/new", 200).await;
        let unit = form.between("<option value=\"\">请选</option><option value=\"", "\"").to_owned();
        let number = number();
        let seen = format!(
            "SELECT count(*) FROM audit_row WHERE actor = 'chenjing' AND subject = 'person/{}' AND action = 'person.found_by_number'",
            there.id
        );
        let searched =
            "SELECT count(*) FROM audit_row WHERE actor = 'chenjing' AND action = 'people.searched'";
        let mut fields = vec![
            ("name", "慕容绣"),
            ("gender", "female"),
            ("born", "1944年3月15日"),
            ("retirement", "retired"),
            ("unit", unit.as_str()),
        ];
        house.sends("chenjing", "/console/people/new", &fields, 422).await.says("远处的单位");
        assert_eq!((house.count(&seen).await, house.count(searched).await), (0, 1));
        fields.push(("identity", number.as_str()));
        house.sends("chenjing", "/console/people/new", &fields, 422).await.says("在别处建过档").says("远处的单位");
        assert_eq!((house.count(&seen).await, house.count(searched).await), (1, 2));
        house.audited().await;
    })
    .await;
}
