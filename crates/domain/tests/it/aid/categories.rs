//! 帮扶类别: the province makes one, a county calls it otherwise and stops it, and money is paid for it. What was is told in its own words.

use domain::{
    aid::{
        self, AidError, Category, Decision, Group, NoCategory, ProposalState, Refusal, Status,
        category::CategoryRow,
        commands::{
            accept::accept,
            category::{NewCategory, decide, propose},
            notice::close_due_notices,
            setting, standard,
            submit::submit,
            visit::record_visit,
        },
        payment::BankResult,
        progress::progress,
        setting::Says,
        standard::Terms,
        store,
    },
    authority::{Myself, Proof, held},
    calendar::local_date,
    ids::CaseId,
};
use ledger::Fen;

use super::office::{COUNTY, Office, at, monday, refusal};
use crate::cast::{date, holder, login, region, write};

type Worker = Proof<held::Worker>;

fn fire() -> Category {
    Category::parse("fire").unwrap()
}

fn new(code: &str, label: &str) -> NewCategory {
    NewCategory {
        category: fire(),
        region: region(code),
        valid_from: date(2026, 9, 21),
        label: label.to_owned(),
        group: Group::Family,
        position: 6,
        offered: true,
        reason_needed: false,
        source: "示例〔2026〕11号".to_owned(),
    }
}

async fn agreed(office: &Office<'_>, (one, other): (&Worker, &Worker), new: NewCategory) -> CategoryRow {
    let row = propose(office.db, &office.cx, one, new, monday()).await.unwrap();
    let row = decide(office.db, &office.cx, other, (row.id, true), monday()).await.unwrap();
    assert_eq!(row.state, ProposalState::Agreed);
    row
}

/// 1,000 to 4,000 yuan, in the whole province.
async fn standard_of(office: &Office<'_>, (one, other): (&Worker, &Worker)) {
    let new = standard::NewStandard {
        category: fire(),
        region: region("33"),
        valid_from: date(2026, 9, 21),
        terms: Terms::band(Fen::yuan(1000), Fen::yuan(4000)),
        source: "示例〔2026〕12号".to_owned(),
    };
    let it = standard::propose(office.db, &office.cx, one, new, monday()).await.unwrap();
    standard::decide(office.db, &office.cx, other, (it.id, true), monday()).await.unwrap();
}

async fn on_the_form(office: &Office<'_>, day: i64) -> Vec<String> {
    let offers = store::category::offers(office.db, &region(COUNTY), local_date(at(day, 9))).await.unwrap();
    offers.into_iter().map(|offer| offer.label).collect()
}

async fn chiefs(office: &Office<'_>) -> (Worker, Worker) {
    (holder(office.db, "chief", "33").await, holder(office.db, "deputy", "33").await)
}

async fn asks(office: &Office<'_>, myself: &Myself) -> CaseId {
    let draft = office.written(myself, "fire", monday()).await;
    submit(office.db, &office.cx, myself, (draft.id, draft.version), monday()).await.unwrap().id
}

schema::both! {
    async fn a_category_is_made_by_two_peoples_word_and_offered_once_it_has_a_standard(db) {
        let office = Office::open(db).await;
        let (chief, deputy) = chiefs(&office).await;
        let lead = office.worker("lead").await;
        let below = propose(db, &office.cx, &lead, new(COUNTY, "火灾"), monday()).await;
        assert_eq!(refusal(below), Refusal::Category(NoCategory::OfAbove));
        for (label, no) in [
            ("", Refusal::Category(NoCategory::Name)),
            ("二〇二六年的火灾，以及水灾", Refusal::Category(NoCategory::Name)),
            ("困难", Refusal::Category(NoCategory::InNotices)),
            ("自然灾害", Refusal::Category(NoCategory::NameTaken)),
        ] {
            let odd = propose(db, &office.cx, &chief, new("33", label), monday()).await;
            assert_eq!(refusal(odd), no, "{label}");
        }
        let early = NewCategory { valid_from: date(2026, 9, 20), ..new("33", "火灾") };
        let early = propose(db, &office.cx, &chief, early, monday()).await;
        assert_eq!(refusal(early), Refusal::StandardInThePast);
        let unknown = setting::NewSetting {
            category: fire(),
            region: region("33"),
            valid_from: date(2026, 9, 21),
            says: Says::Papers { demands: vec![] },
            source: "示例".to_owned(),
        };
        let unknown = setting::propose(db, &office.cx, &chief, unknown, monday()).await;
        assert_eq!(refusal(unknown), Refusal::Category(NoCategory::Unknown));

        let row = propose(db, &office.cx, &chief, new("33", "火灾"), monday()).await.unwrap();
        let own = decide(db, &office.cx, &chief, (row.id, true), monday()).await;
        assert_eq!(refusal(own), Refusal::OwnStandard);
        assert!(!store::category::load(db).await.unwrap().knows(fire()), "not before it is decided");
        decide(db, &office.cx, &deputy, (row.id, true), monday()).await.unwrap();
        let again = decide(db, &office.cx, &deputy, (row.id, false), monday()).await;
        assert_eq!(refusal(again), Refusal::StandardDecided);
        let all = store::category::load(db).await.unwrap();
        assert!(all.offered(fire(), &region(COUNTY), date(2026, 9, 21)).is_some());
        assert_eq!(on_the_form(&office, 21).await.len(), 12, "nobody could say how much");
        standard_of(&office, (&chief, &deputy)).await;
        let form = on_the_form(&office, 21).await;
        assert_eq!((form.len(), form[5].as_str()), (13, "火灾"));
        assert_eq!(on_the_form(&office, 20).await.len(), 12);
        office.closes().await;
    }

    async fn a_county_narrows_and_never_contradicts(db) {
        let office = Office::open(db).await;
        let (chief, deputy) = chiefs(&office).await;
        let county = (office.worker("lead").await, office.worker("second").await);
        let county = (&county.0, &county.1);
        agreed(&office, (&chief, &deputy), new("33", "火灾")).await;
        standard_of(&office, (&chief, &deputy)).await;
        let group = NewCategory { group: Group::Other, ..new(COUNTY, "失火") };
        let group = propose(db, &office.cx, county.0, group, monday()).await;
        assert!(matches!(refusal(group), Refusal::Category(NoCategory::Group { group: Group::Family, .. })));
        let up = propose(db, &office.cx, county.0, new("3301", "失火"), monday()).await;
        assert!(matches!(up, Err(AidError::NotFound)), "above one's own place nobody writes");
        agreed(&office, county, new(COUNTY, "失火")).await;
        assert!(on_the_form(&office, 21).await.contains(&"失火".to_owned()));
        let twice = propose(db, &office.cx, county.0, new(COUNTY, "家里失火"), monday()).await.unwrap();
        let twice = decide(db, &office.cx, county.1, (twice.id, true), monday()).await;
        assert_eq!(refusal(twice), Refusal::StandardExists);

        // The county stops it; what is stopped above, it cannot offer.
        let stop = NewCategory { offered: false, valid_from: date(2026, 9, 23), ..new(COUNTY, "失火") };
        agreed(&office, county, stop).await;
        assert_eq!((on_the_form(&office, 22).await.len(), on_the_form(&office, 23).await.len()), (13, 12));
        let end = NewCategory { offered: false, valid_from: date(2026, 9, 25), ..new("33", "火灾") };
        agreed(&office, (&chief, &deputy), end).await;
        let again = NewCategory { valid_from: date(2026, 9, 26), ..new(COUNTY, "失火") };
        let again = propose(db, &office.cx, county.0, again, monday()).await;
        assert!(matches!(refusal(again), Refusal::Category(NoCategory::Stopped { .. })));
        let written = store::category::written(db, &region(COUNTY), 9).await.unwrap();
        assert_eq!(written.len(), 3);
        office.closes().await;
    }

    async fn money_is_paid_for_a_new_category_and_the_notice_says_its_group(db) {
        let office = Office::open(db).await;
        let (chief, deputy) = chiefs(&office).await;
        agreed(&office, (&chief, &deputy), new("33", "火灾")).await;
        standard_of(&office, (&chief, &deputy)).await;
        let pot = aid::envelope(&region(COUNTY), 2026, fire());
        let tx = write(db).await;
        ledger::appropriate(&tx, &pot, Fen::yuan(5000), "test", "test/fire", at(1, 0)).await.unwrap();
        tx.commit().await.unwrap();

        let wang = office.myself("wang").await;
        let case = asks(&office, &wang).await;
        accept(db, &office.cx, &office.worker("registrar").await, case, monday()).await.unwrap();
        let visit = Office::visit("lead", "second", date(2026, 9, 21), 3000);
        record_visit(db, &office.cx, &office.worker("lead").await, (case, visit), monday()).await.unwrap();
        let instance = office.asked(case, monday()).await;
        office.decides("approver", Decision::Agree, &instance, monday()).await.unwrap();
        let notice = office.published(case, monday()).await;
        assert!(notice.text.contains("类别：家庭变故类困难") && !notice.text.contains("火灾"), "{}", notice.text);

        // From tomorrow on it has another name and is not offered: what is under way goes on, in its own words.
        let end = NewCategory {
            label: "失火".to_owned(),
            offered: false,
            valid_from: date(2026, 9, 22),
            ..new("33", "火灾")
        };
        agreed(&office, (&chief, &deputy), end).await;
        close_due_notices(db, &office.cx, at(51, 9)).await.unwrap();
        let (_, payments) = office.sent(at(51, 10)).await;
        let paid = office.bank(&payments[0], BankResult::Paid, at(52, 9)).await;
        assert_eq!((paid.status, paid.category), (Status::Paid, fire()));
        assert_eq!(ledger::balance(db, &pot).await.unwrap().paid, Fen::yuan(3000));
        let told = progress(db, &login("wang"), at(52, 9)).await.unwrap();
        assert_eq!(told[0].called, "火灾");
        let categories = store::category::load(db).await.unwrap();
        assert_eq!(categories.label(fire(), &region(COUNTY), date(2026, 9, 22)), "失火");
        assert_eq!(categories.label(fire(), &region(COUNTY), date(2026, 9, 21)), "火灾", "as it was");
        office.closes().await;
    }

    async fn what_is_no_longer_offered_is_not_taken(db) {
        let office = Office::open(db).await;
        let (lead, second) = (office.worker("lead").await, office.worker("second").await);
        let wang = office.myself("wang").await;
        let draft = office.written(&wang, "disaster", monday()).await;
        let stop = NewCategory {
            category: Category::DISASTER,
            offered: false,
            valid_from: date(2026, 9, 22),
            ..new(COUNTY, "自然灾害")
        };
        agreed(&office, (&lead, &second), stop).await;
        let sent = submit(db, &office.cx, &wang, (draft.id, draft.version), at(22, 9)).await;
        assert_eq!(refusal(sent), Refusal::Category(NoCategory::NotOffered));
        submit(db, &office.cx, &wang, (draft.id, draft.version), at(21, 23)).await.unwrap();
        office.closes().await;
    }

    async fn what_comes_with_the_program_is_there_once(db) {
        for _ in 0..2 {
            aid::category::reference::ensure(db, monday()).await.unwrap();
        }
        aid::reference::load(db, monday()).await.unwrap();
        let all = store::category::load(db).await.unwrap();
        assert_eq!(all.all(), Category::FIRST);
        assert_eq!(on_form_in(db, "330106").await, on_form_in(db, "33").await);
    }
}

async fn on_form_in(db: &sea_orm::DatabaseConnection, code: &str) -> usize {
    store::category::offers(db, &region(code), date(2026, 9, 21)).await.unwrap().len()
}
