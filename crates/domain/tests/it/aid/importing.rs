//! Who wrote somebody's account into the register by a list has a part in what is paid to it.

use domain::{
    aid::{
        Decision, Happened, Status, Void,
        commands::batch::{LeftOut, left_out},
        separation::{Part, Rule},
        store,
    },
    authority::Role,
    intake::{
        self, Mode, Repeated, Verdict,
        commands::{approve, submit},
    },
};

use super::office::{COUNTY, Office, at, monday};
use crate::{
    cast::{login, now, region},
    intake::{count, new, worked},
};

const SUN: [&str; 16] = [
    "孙德才",
    "男",
    "1941.3.15",
    "",
    "退休",
    "某县农业局",
    "138 0000 4321",
    "",
    "",
    "",
    "1960年3月",
    "",
    "",
    "否",
    "6222021202041234567",
    "某银行",
];

schema::both! {
    async fn who_had_an_account_written_by_a_list_neither_decides_nor_pays(db) {
        let office = Office::open(db).await;
        for name in ["sender", "agreer"] {
            office.hire(name, Role::Worker).await;
        }
        let (sender, agreer) = (office.worker("sender").await, office.worker("agreer").await);
        let id = new(db, &sender, ("a", Repeated::Skip), &[SUN]).await;
        submit(db, &office.cx, &sender, (id, Mode::All), now()).await.unwrap();
        approve(db, &office.cx, &agreer, id, now()).await.unwrap();
        worked(db, now()).await;
        let written = intake::store::judged(db, id, Verdict::New, 9).await.unwrap();
        let sun = written[0].person_id.unwrap();
        let mut wrote = store::account::written_by(db, sun).await.unwrap();
        wrote.sort();
        wrote.dedup();
        assert_eq!(wrote, [login("agreer"), login("sender")]);

        office.link("sun", sun).await;
        let (case, instance) = office.in_approval("sun", monday()).await;
        office.grant(&login("agreer"), Role::Approver).await;
        office.decides("agreer", Decision::Agree, &instance, monday()).await.unwrap();
        let rule = |wants| Rule { did: Part::AccountWriter, wants };
        let void = Void::Separation(rule(Part::Approver));
        assert_eq!(office.log(case).await.pop(), Some(Happened::DecisionVoid { round: 1, why: void }));
        let instance = office.asked(case, monday()).await;
        office.decides("approver", Decision::Agree, &instance, monday()).await.unwrap();
        office.published(case, monday()).await;
        domain::aid::commands::notice::close_due_notices(db, &office.cx, at(49, 8)).await.unwrap();
        assert_eq!(office.status(case).await, Status::ReadyToPay);
        office.grant(&login("sender"), Role::Payer).await;
        let payer = office.payer("sender").await;
        let out = left_out(db, &payer, &region(COUNTY), at(49, 9)).await.unwrap();
        assert_eq!(out, [(case, LeftOut::Separation(rule(Part::Payer)))]);
        assert!(office.batch(at(49, 9)).await.is_ok(), "others pay it");
        office.closes().await;
    }

    async fn a_list_writes_no_relation_and_no_mandate(db) {
        let office = Office::open(db).await;
        for name in ["sender", "agreer"] {
            office.hire(name, Role::Worker).await;
        }
        let (sender, agreer) = (office.worker("sender").await, office.worker("agreer").await);
        let tables = ["person_kin", "account_link", "declared_relation", "mandate_ask"];
        let mut before = Vec::new();
        for table in tables {
            before.push(count(db, table).await);
        }
        let id = new(db, &sender, ("a", Repeated::Overwrite), &[SUN]).await;
        submit(db, &office.cx, &sender, (id, Mode::All), now()).await.unwrap();
        approve(db, &office.cx, &agreer, id, now()).await.unwrap();
        worked(db, now()).await;
        assert_eq!(count(db, "person").await, 2, "every column there is was written");
        for (table, before) in tables.into_iter().zip(before) {
            assert_eq!(count(db, table).await, before, "{table}");
        }
    }
}
