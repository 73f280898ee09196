use domain::{
    account, branch,
    branch::AttendanceState,
    ids::AccountId,
    notice::{self, Reason},
    seed::cast,
};

use super::evening::{EVE, MEMBERS};
use crate::harness::House;

impl House {
    /// Five past eight in the evening: the plan has fired, and nothing may go before eight in the morning.
    async fn night(&self) {
        self.turn_to("2026-11-24 20:05");
        self.settled().await;
    }

    /// In the morning all members hear of the meeting but 赵德福; the ledger says why.
    async fn only_zhao_is_spared(&self, why: Reason) {
        self.turn_to("2026-11-25 08:00");
        for member in ["wangxiuying", "liguoqiang"] {
            self.hears(member, EVE, 1).await;
        }
        self.settled().await;
        assert!(self.told_of("zhaodefu", EVE).is_empty());
        let rows = notice::store::of_person(&self.app.db, cast().zhao, 10).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.reason).collect::<Vec<_>>(), [Some(why)]);
    }
}

#[actix_web::test]
async fn somebody_dies_between_the_plan_and_the_sending() {
    House::each(async |house| {
        house.night().await;
        house.dies(cast().zhao).await;
        house.only_zhao_is_spared(Reason::Dead).await;
    })
    .await;
}

#[actix_web::test]
async fn a_login_leaves_the_tenant() {
    House::each(async |house| {
        house.night().await;
        house.tenant.remove_person("zhaodefu").unwrap();
        let login = AccountId::parse("zhaodefu").unwrap();
        house
            .until("left", async || {
                !account::store::find(&house.app.db, &login).await.unwrap().unwrap().active
            })
            .await;
        house.only_zhao_is_spared(Reason::LeftTenant).await;
    })
    .await;
}

#[actix_web::test]
async fn who_has_said_that_he_does_not_come_is_left_in_peace() {
    let house = House::open().await;
    house.night().await;
    let li = house.signed_in("liguoqiang").await;
    let list = li.get("/branch/meetings", 200).await;
    let tomorrow = list.between("primary\" href=\"", "\"").to_owned();
    let page = format!("{tomorrow}/roster/{}", cast().zhao);
    let token = li.get(&page, 200).await.value("csrf");
    li.post(&page, &[("csrf", &token), ("state", AttendanceState::OnLeave.code())], 303).await;
    house.only_zhao_is_spared(Reason::Excused).await;
}

#[actix_web::test]
async fn a_meeting_that_was_cancelled_is_not_reminded_of() {
    let house = House::open().await;
    let (db, cx) = (&house.app.db, &house.app.cx);
    let county = "330106".parse().unwrap();
    let meetings = branch::meeting::store::planned_in_region(
        db,
        &county,
        "2026-11-24T16:00:00Z".parse().unwrap(),
        "2026-11-25T16:00:00Z".parse().unwrap(),
    );
    let [tomorrow] = &meetings.await.unwrap()[..] else { panic!("one meeting") };
    house.night().await;
    let secretary = house.secretary().await;
    let read = (tomorrow.id, tomorrow.version);
    branch::meeting::cancel(db, cx, &secretary, read, house.app.clock.now()).await.unwrap();
    house.turn_to("2026-11-25 08:00");
    house.settled().await;
    assert!(MEMBERS.iter().all(|member| house.told_of(member, EVE).is_empty()));
}

#[actix_web::test]
async fn a_plan_that_is_switched_off_says_nothing_until_it_is_on_again() {
    let house = House::open().await;
    let (db, cx) = (&house.app.db, &house.app.cx);
    let worker = house.worker().await;
    let plans = notice::store::plans(db).await.unwrap();
    let plan = plans.iter().find(|plan| plan.kind == notice::PlanKind::MeetingEve).unwrap();
    let now = house.app.clock.now();
    let off = notice::plans::disable(db, cx, &worker, (plan.id, plan.version), now).await.unwrap();
    house.turn_to("2026-11-24 18:45");
    house.settled().await;
    assert!(house.told("zhaodefu").is_empty());
    let now = house.app.clock.now();
    notice::plans::enable(db, cx, &worker, (plan.id, off.version), now).await.unwrap();
    house.later(10);
    house.settled().await;
    assert!(house.told("zhaodefu").is_empty(), "what it would have said before is not made up for");
}
