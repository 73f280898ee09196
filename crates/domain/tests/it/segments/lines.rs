use domain::{
    By,
    account::commands::{Link, link_own_in},
    authority::Worker,
    calendar::local_date,
    person::{
        NewPerson, Person, Precision, Retirement,
        change::{Field, NewChange, Wanted, commands as changing},
        fact::{FactKind, Level},
        kin::{self, NewKin, Relationship},
        period::Known,
    },
    privacy::Phone,
    region::Regions,
    segment::{
        Rule, Verdict,
        explain::{explain, verdicts},
    },
};
use sea_orm::DatabaseConnection;

use super::says;
use crate::{
    cast::{context, date, joined, now, region, registered, someone, unit, worker, write},
    outreach::scene::{Scene, later},
};

use Verdict::{Failed, Passed, Unknown};

async fn expect(db: &DatabaseConnection, person: &Person, table: &[(&str, Verdict)]) {
    for (text, wanted) in table {
        let rule: Rule = text.parse().unwrap();
        let said = verdicts(db, &[&rule], person, (local_date(now()), now())).await.unwrap();
        assert_eq!(said, [*wanted], "{text}");
    }
}

fn plain(unit: domain::ids::UnitId, name: &str) -> NewPerson {
    NewPerson { party_joined_on: None, living_alone: false, ..someone(unit, name) }
}

fn veteran(unit: domain::ids::UnitId, name: &str, joined: Option<&str>) -> NewPerson {
    let known = joined.map(|text| Known::read(text).unwrap());
    NewPerson {
        retirement: Retirement::Veteran,
        born_on: date(1928, 3, 15),
        joined_work: known.map(|known| (known.on, known.precision)),
        ..someone(unit, name)
    }
}

async fn treats(db: &DatabaseConnection, (one, two): (&Worker, &Worker), person: &Person, level: Level) {
    let new = NewChange {
        field: Field::Treatment(FactKind::Medical),
        after: Wanted::Level(level),
        effective_on: date(2010, 1, 1),
        evidence: "示例".to_owned(),
    };
    let asked = changing::ask(db, &context(), one, (person.id, new), now()).await.unwrap();
    changing::decide(db, &context(), two, (asked.id, None), now()).await.unwrap();
}

schema::both! {
    async fn kinds_and_periods_and_what_nobody_has_decided(db) {
        let here = unit(db, "330106").await.id;
        let bare = registered(db, plain(here, "赵六")).await;
        let clear = registered(db, veteran(here, "李老", Some("1948-05"))).await;
        let vague = registered(db, veteran(here, "孙老", Some("1945-09"))).await;
        let nothing = registered(db, veteran(here, "周老", None)).await;
        expect(db, &bare, &[("veteran", Failed), ("!veteran", Passed), ("retired", Passed), ("period:J", Failed)]).await;
        expect(db, &clear, &[("veteran", Passed), ("retired", Failed), ("period:J", Passed), ("period:K1", Failed), ("!period:K1", Passed)]).await;
        expect(db, &vague, &[("period:K2", Unknown), ("period:J", Unknown), ("!period:J", Unknown), ("period:K1", Failed), ("period:J|veteran", Passed)]).await;
        expect(db, &nothing, &[("period:J", Unknown), ("period:J+retired", Failed)]).await;
        let rule: Rule = "period:J".parse().unwrap();
        let regions = Regions::load(db).await.unwrap();
        let said = explain(db, (&rule, &regions), &vague, (local_date(now()), now())).await.unwrap().unwrap();
        assert_eq!(said.verdict, Unknown);
        assert_eq!(said.lines[0].label, "解放战争时期参加革命工作");
        assert_eq!(said.lines[0].grounds[0].value, "1945年9月参加革命工作，1945年9月1日起");
        assert_eq!(said.lines[0].grounds[0].basis, "建档");
    }

    async fn an_age_that_depends_on_a_day_nobody_knows_is_not_guessed(db) {
        let here = unit(db, "330106").await.id;
        let born = |year, month, day, precision| NewPerson { born_on: date(year, month, day), born_precision: precision, ..plain(here, "某人") };
        let day = registered(db, born(1936, 11, 2, Precision::Day)).await;
        expect(db, &day, &[("age:90", Passed), ("age:91", Failed), ("!age:90", Failed), ("!age:91", Passed)]).await;
        let eve = registered(db, born(1936, 11, 3, Precision::Day)).await;
        expect(db, &eve, &[("age:90", Failed), ("!age:90", Passed)]).await;
        let month = registered(db, born(1936, 11, 1, Precision::Month)).await;
        expect(db, &month, &[("age:90", Unknown), ("!age:90", Unknown), ("age:89", Passed), ("age:91", Failed)]).await;
        let year = registered(db, born(1936, 1, 1, Precision::Year)).await;
        expect(db, &year, &[("age:90", Unknown), ("age:89", Passed), ("age:91", Failed)]).await;
        let rule: Rule = "age:90".parse().unwrap();
        let regions = Regions::load(db).await.unwrap();
        let said = explain(db, (&rule, &regions), &year, (local_date(now()), now())).await.unwrap().unwrap();
        assert_eq!(said.lines[0].grounds[0].value, "1936年生，89周岁或90周岁");
    }

    async fn roles_places_and_treatment(db) {
        let (one, two) = (worker(db, "w1", "33").await, worker(db, "w2", "33").await);
        let here = unit(db, "330106").await.id;
        let bare = registered(db, plain(here, "赵六")).await;
        expect(db, &bare, &[
            ("alone", Failed), ("!alone", Passed), ("party", Failed), ("volunteer", Failed), ("hardship", Failed),
            ("treatment:medical:county", Failed), ("!treatment:medical:county", Passed),
            ("managed:33", Passed), ("managed:330106", Passed), ("managed:330105", Failed), ("!managed:330105", Passed),
            // Nobody knows where.
            ("lives:330106", Unknown), ("!lives:330106", Unknown),
        ]).await;
        let lives = |code| NewPerson { residence: Some(region(code)), ..someone(here, "王五") };
        let full = registered(db, lives("330106003")).await;
        says(db, &one, (full.id, FactKind::Volunteer), now()).await;
        says(db, &one, (full.id, FactKind::Hardship), now()).await;
        treats(db, (&one, &two), &full, Level::DeputyBureau).await;
        expect(db, &full, &[
            ("alone", Passed), ("party", Passed), ("volunteer", Passed), ("hardship", Passed), ("!hardship", Failed),
            ("treatment:medical:county", Passed), ("treatment:medical:deputy_bureau", Passed), ("treatment:medical:bureau", Failed),
            ("treatment:nursing:county", Failed),
            ("lives:330106", Passed), ("lives:330105", Failed), ("alone+lives:330105|hardship", Passed),
        ]).await;
        // Of somebody of whom the city is known, nobody knows in which county.
        let city = registered(db, lives("3301")).await;
        expect(db, &city, &[("lives:33", Passed), ("lives:330106", Unknown), ("lives:3302", Failed)]).await;
    }

    async fn how_somebody_is_reached_and_who_is_there(db) {
        let one = worker(db, "w1", "33").await;
        let here = unit(db, "330106").await.id;
        let bare = registered(db, plain(here, "赵六")).await;
        expect(db, &bare, &[("telephone", Failed), ("account", Failed), ("telephone|account", Failed), ("!relatives", Passed), ("visited:30", Failed), ("!visited:30", Passed)]).await;
        let phone = Phone::parse("13800001234").unwrap();
        let reached = registered(db, NewPerson { phone: Some(phone), ..plain(here, "王五") }).await;
        let new = NewKin { name: "某女".to_owned(), relation: Relationship::Child, relative: None, from_on: None };
        kin::commands::add(db, &context(), &one, (reached.id, new), now()).await.unwrap();
        let account = joined(db, "own").await;
        let tx = write(db).await;
        let link = Link { account: &account, person: reached.id, proof: "identity_seen" };
        link_own_in(&tx, &context(), By::INSTALLER, None, &link, now()).await.unwrap();
        tx.commit().await.unwrap();
        expect(db, &reached, &[("telephone", Passed), ("account", Passed), ("!account", Failed), ("relatives", Passed)]).await;
    }

    async fn when_somebody_was_there_last(db) {
        let scene = Scene::open(db).await;
        let plan = scene.approved().await;
        scene.visits(&plan, &scene.wang, 500).await;
        let ask = async |text: &str, days: i64| {
            let rule: Rule = text.parse().unwrap();
            let at = later(days);
            verdicts(db, &[&rule], &scene.wang, (local_date(at), at)).await.unwrap()[0]
        };
        assert_eq!(ask("visited:30", 0).await, Passed);
        assert_eq!(ask("!visited:30", 30).await, Failed);
        assert_eq!(ask("!visited:30", 31).await, Passed);
        expect(db, &scene.zhao, &[("!visited:3660", Passed)]).await;
    }
}
