//! The staff at their desks, and 王秀英's case on the way through them.

use domain::{
    aid::{self, Case, Category, Status, store},
    ids::{CaseId, RegionCode},
};
use ledger::Envelope;

use crate::{
    aid::applied,
    harness::{House, Page},
};

pub(crate) fn pot() -> Envelope {
    aid::envelope(&RegionCode::parse("330106").unwrap(), 2026, Category::ILLNESS)
}

/// The page of a case on the desk.
pub(crate) fn desk(case: &str) -> String {
    format!("/console/aid/{case}")
}

impl House {
    /// What the envelope for illness holds, in yuan: available, reserved, committed, paid. Checks the whole ledger, too.
    pub(crate) async fn pot(&self) -> [i64; 4] {
        assert_eq!(ledger::check(&self.app.db).await.unwrap(), []);
        let held = ledger::balance(&self.app.db, &pot()).await.unwrap();
        [held.available, held.reserved, held.committed, held.paid].map(|fen| fen.fen() / 100)
    }

    pub(crate) async fn case(&self, case: &str) -> Case {
        let id: CaseId = case.parse().unwrap();
        store::case::find(&self.app.db, id).await.unwrap().unwrap()
    }

    /// Waits until the case is there.
    pub(crate) async fn comes_to(&self, case: &str, status: Status) {
        self.until(status.label(), async || self.case(case).await.status == status).await;
    }

    /// How many entries the case's log has.
    pub(crate) async fn steps(&self, case: &str) -> usize {
        store::case::log(&self.app.db, case.parse().unwrap()).await.unwrap().len()
    }

    /// The whole audit chain is as it was written.
    pub(crate) async fn audited(&self) {
        let verdict = audit::verify(&self.app.db, &self.app.cx.audit).await.unwrap();
        assert!(matches!(verdict, audit::Verdict::Whole { .. }), "{verdict:?}");
    }

    /// Somebody sits down at the desk and sends a form.
    pub(crate) async fn sends(&self, who: &str, path: &str, fields: &[(&str, &str)], status: u16) -> Page {
        let browser = self.signed_in(who).await;
        let token = browser.get("/text-size", 200).await.value("csrf");
        let mut form = vec![("csrf", token.as_str())];
        form.extend(fields);
        browser.post(path, &form, status).await
    }

    /// Somebody presses a button of a case.
    pub(crate) async fn presses(&self, who: &str, act: &str, case: &str, status: u16) -> Page {
        self.sends(who, &format!("{}/act", desk(case)), &[("act", act)], status).await
    }

    /// Presses twice, as impatient fingers do: the second press finds that it is done, and says so.
    pub(crate) async fn presses_twice(&self, who: &str, act: &str, case: &str) {
        let done = self.presses(who, act, case, 303).await;
        assert_eq!(done.header("location"), desk(case));
        self.settled().await;
        let steps = self.steps(case).await;
        self.presses(who, act, case, 422).await.says("已经办到下一步了").says("tel:");
        assert_eq!(self.steps(case).await, steps, "{act}");
    }

    /// What somebody reads on a page.
    pub(crate) async fn reads(&self, who: &str, path: &str, status: u16) -> Page {
        let browser = self.signed_in(who).await;
        browser.get(path, status).await
    }

    /// 周明 writes down the visit that he made with 陈静.
    pub(crate) async fn visits(&self, case: &str, yuan: &str, status: u16) -> Page {
        let form = self.reads("zhouming", &format!("{}/visit", desk(case)), 200).await;
        let (once, on) =
            (form.value("once"), form.between("type=\"date\" name=\"on\" value=\"", "\"").to_owned());
        let fields = [
            ("once", once.as_str()),
            ("on", on.as_str()),
            ("second", "chenjing"),
            ("findings", "家中整洁，看病花了不少"),
            ("yuan", yuan),
        ];
        self.sends("zhouming", &format!("{}/visit", desk(case)), &fields, status).await
    }

    /// 王秀英 has asked for help.
    pub(crate) async fn submitted(&self) -> String {
        applied(&self.signed_in("wangxiuying").await).await
    }

    pub(crate) async fn accepted(&self) -> String {
        let case = self.submitted().await;
        self.presses("chenjing", "accept", &case, 303).await;
        case
    }

    pub(crate) async fn visited(&self) -> String {
        let case = self.accepted().await;
        self.visits(&case, "3000", 303).await;
        self.explains_elsewhere(&case).await;
        case
    }

    /// 王秀英 has said that the union helped, too: 陈静 writes down what she has found out.
    pub(crate) async fn explains_elsewhere(&self, case: &str) {
        let fields = [("why", "工会帮的是去年住院"), ("evidence", "工会的发放通知")];
        self.sends("chenjing", &format!("{}/elsewhere", desk(case)), &fields, 303).await;
    }

    /// In the approver's inbox: the case and the instance.
    pub(crate) async fn in_approval(&self) -> (String, String) {
        let case = self.visited().await;
        let instance = self.asked(&case).await;
        (case, instance)
    }

    /// 林芳 sends it to the approver, and the platform has it.
    pub(crate) async fn asked(&self, case: &str) -> String {
        self.presses("linfang", "ask", case, 303).await;
        self.until("an instance", async || !self.tenant.approvals().inbox("shenlan").is_empty()).await;
        self.settled().await;
        self.tenant.approvals().inbox("shenlan").remove(0).id
    }

    pub(crate) async fn approved(&self) -> String {
        let (case, instance) = self.in_approval().await;
        self.tenant.approvals().agree(&instance, "shenlan", None).unwrap();
        self.comes_to(&case, Status::Approved).await;
        case
    }

    pub(crate) async fn published(&self) -> String {
        let case = self.approved().await;
        self.presses("hemiao", "publish", &case, 303).await;
        case
    }

    /// The notice has hung for its five working days.
    pub(crate) async fn ready(&self) -> String {
        let case = self.published().await;
        self.turn_to("2026-12-02 09:00");
        self.comes_to(&case, Status::ReadyToPay).await;
        case
    }

    /// 吴敏 makes a batch; its page.
    pub(crate) async fn batch(&self) -> String {
        self.sends("wumin", "/console/batches", &[], 303).await.header("location").to_owned()
    }

    /// Presses the button of a batch as its page shows it.
    pub(crate) async fn batch_act(&self, who: &str, act: &str, batch: &str, status: u16) -> Page {
        let version = self.reads("xuke", batch, 200).await.value("version");
        let fields = [("act", act), ("version", version.as_str())];
        self.sends(who, &format!("{batch}/act"), &fields, status).await
    }

    /// The same twice from one page: the second finds that it is done.
    pub(crate) async fn batch_acts_twice(&self, who: &str, act: &str, batch: &str) {
        let version = self.reads("xuke", batch, 200).await.value("version");
        let fields = [("act", act), ("version", version.as_str())];
        self.sends(who, &format!("{batch}/act"), &fields, 303).await;
        let again = self.sends(who, &format!("{batch}/act"), &fields, 422).await;
        again.says("这一批已经办到下一步了。");
    }

    /// A batch that is with the bank: its page, and where the answer for its one line goes.
    pub(crate) async fn with_the_bank(&self) -> (String, String) {
        let batch = self.batch().await;
        for act in ["confirm", "send"] {
            self.batch_act("xuke", act, &batch, 303).await;
        }
        let page = self.reads("xuke", &batch, 200).await;
        let line = page.between("action=\"/console/payments/", "\"");
        (batch.clone(), format!("/console/payments/{line}"))
    }
}
