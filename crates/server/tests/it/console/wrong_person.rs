use super::office::desk;
use crate::harness::House;

const EVERYBODY: [&str; 13] = [
    "chenjing",
    "zhouming",
    "linfang",
    "fangyuan",
    "shenlan",
    "hemiao",
    "wumin",
    "xuke",
    "zhengzhe",
    "wangxiuying",
    "liguoqiang",
    "zhaodefu",
    "sunguilan",
];
const WORKERS: [&str; 4] = ["chenjing", "zhouming", "linfang", "fangyuan"];

impl House {
    /// To everybody but those, the button does not exist; and nothing happens when it is pressed all the same.
    async fn only(&self, may: &[&str], act: &str, case: &str) {
        let steps = self.steps(case).await;
        // The dead do not sign in.
        for other in EVERYBODY.iter().filter(|who| !may.contains(who) && **who != "sunguilan") {
            self.presses(other, act, case, 404).await;
        }
        assert_eq!(self.steps(case).await, steps, "{act}");
    }
}

#[actix_web::test]
async fn each_step_is_for_its_role_alone() {
    let house = House::open().await;
    let case = house.submitted().await;
    house.only(&WORKERS, "accept", &case).await;
    house.presses("chenjing", "accept", &case, 303).await;
    for other in ["shenlan", "hemiao", "wumin", "zhengzhe", "wangxiuying"] {
        house.reads(other, &format!("{}/visit", desk(&case)), 404).await;
        house.reads(other, &format!("{}/file", desk(&case)), 404).await;
        let visit = [
            ("once", "018f0000-0000-7000-8000-000000000001"),
            ("on", "2026-11-24"),
            ("second", "chenjing"),
            ("findings", "好"),
            ("yuan", "3000"),
        ];
        house.sends(other, &format!("{}/visit", desk(&case)), &visit, 404).await;
    }
    house.visits(&case, "3000", 303).await;
    house.explains_elsewhere(&case).await;
    house.only(&WORKERS, "ask", &case).await;
    house.only(&WORKERS, "reserve", &case).await;
    let instance = house.asked(&case).await;
    house.tenant.approvals().agree(&instance, "linfang", None).unwrap_err();
    house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
    house.comes_to(&case, domain::aid::Status::Approved).await;
    house.only(&["hemiao"], "publish", &case).await;
    house.only(&[], "gold", &case).await;
    house.only(&WORKERS, "account", &case).await;
    for other in EVERYBODY.iter().filter(|who| !["zhengzhe", "sunguilan"].contains(who)) {
        house.sends(other, &format!("{}/bundle", desk(&case)), &[], 404).await;
    }
    house.audited().await;
}

#[actix_web::test]
async fn who_did_one_step_does_not_do_the_next() {
    let house = House::open().await;
    let case = house.visited().await;
    house.presses("zhouming", "ask", &case, 422).await.says("您办过家访（主），不能再办初审。");
    house.presses("chenjing", "ask", &case, 422).await.says("您办过受理，不能再办初审。");
    // A role more changes nothing: it is the case's own log that is asked.
    let instance = house.asked(&case).await;
    house.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
    house.comes_to(&case, domain::aid::Status::Approved).await;
    house.hires("shenlan", domain::authority::Role::Publisher).await;
    house.presses("shenlan", "publish", &case, 422).await.says("您办过审批，不能再办公示。");
    house.hires("linfang", domain::authority::Role::Payer).await;
    house.presses("hemiao", "publish", &case, 303).await;
    house.turn_to("2026-12-02 09:00");
    house.comes_to(&case, domain::aid::Status::ReadyToPay).await;
    house.sends("linfang", "/console/batches", &[], 422).await;
    let batch = house.batch().await;
    house.batch_act("linfang", "confirm", &batch, 422).await.says("您办过初审，不能再办复核。");
    assert_eq!(house.pot().await, [147_000, 0, 3000, 0]);
}

#[actix_web::test]
async fn the_desk_shows_each_what_waits_for_them_and_no_more() {
    let house = House::open().await;
    let case = house.approved().await;
    for (who, button) in
        [("hemiao", Some("发布公示")), ("chenjing", None), ("wumin", None), ("zhengzhe", None)]
    {
        let page = house.reads(who, &desk(&case), 200).await;
        match button {
            Some(button) => page.says(&format!("{button}</button>")),
            None => page.never_says("name=\"act\""),
        };
    }
    for (who, name) in
        [("chenjing", "王秀英"), ("hemiao", "王*英"), ("wumin", "王*英"), ("zhengzhe", "王*英")]
    {
        house.reads(who, &desk(&case), 200).await.says(&format!("<dd>{name}</dd>"));
    }
    for outsider in ["wangxiuying", "liguoqiang"] {
        house.reads(outsider, "/console", 404).await;
        house.reads(outsider, &desk(&case), 404).await;
    }
    house.reads("chenjing", "/console/aid/x", 404).await;
    house.reads("chenjing", "/console/aid/018f0000-0000-7000-8000-000000000001", 404).await;
}
