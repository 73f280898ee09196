use domain::retention::{
    Counted, Period, RetentionError, RetentionRefusal,
    rules::{NewRule, history, in_force, set},
};

use super::scene::{Scene, years_ago};
use crate::cast::{audited, date, holder, now};

fn new(class: &str, period: Period, counted: Counted) -> NewRule {
    NewRule {
        class: class.to_owned(),
        period,
        counted,
        document: "示例〔2026〕9号".to_owned(),
        valid_from: date(2026, 11, 2),
    }
}

schema::both! {
    async fn a_rule_is_never_shorter_than_its_document_and_the_old_one_stays_to_be_read(db) {
        let scene = Scene::open(db).await;
        let refused = async |new: NewRule| match set(db, &scene.cx, &scene.system, new, now()).await {
            Err(RetentionError::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        };
        for (class, period, counted) in [
            ("aid_payment", Period::years(29), Counted::YearEnd),
            // From the day itself a year may be missing at the end.
            ("aid_payment", Period::years(30), Counted::Day),
            ("aid_case", Period::months(119), Counted::YearEnd),
            ("notice", Period::days(179), Counted::Day),
            ("person_wish", Period::months(35), Counted::Day),
        ] {
            let refusal = refused(new(class, period, counted)).await;
            assert!(matches!(refusal, RetentionRefusal::TooShort { .. }), "{class} {period:?}: {refusal:?}");
        }
        assert_eq!(refused(new("horoscope", Period::years(30), Counted::Day)).await, RetentionRefusal::UnknownClass);
        assert_eq!(refused(new("audit", Period::years(30), Counted::Day)).await, RetentionRefusal::NoRuleThere);
        assert_eq!(refused(new("notice", Period::days(0), Counted::Day)).await, RetentionRefusal::NoPeriod);
        assert_eq!(refused(new("notice", Period::years(101), Counted::Day)).await, RetentionRefusal::NoPeriod);
        let silent = NewRule { document: "  ".to_owned(), ..new("notice", Period::years(1), Counted::Day) };
        assert_eq!(refused(silent).await, RetentionRefusal::NoDocument);
        let begun = NewRule { valid_from: date(2026, 11, 1), ..new("notice", Period::years(1), Counted::Day) };
        assert_eq!(refused(begun).await, RetentionRefusal::Begun);

        set(db, &scene.cx, &scene.system, new("notice", Period::years(1), Counted::Day), now()).await.unwrap();
        let later = NewRule { valid_from: date(2027, 1, 1), ..new("notice", Period::years(2), Counted::Day) };
        set(db, &scene.cx, &scene.system, later, now()).await.unwrap();
        assert_eq!(history(db, "notice").await.unwrap().len(), 3);
        for (on, period) in
            [(date(2026, 11, 1), 36), (date(2026, 11, 2), 12), (date(2026, 12, 31), 12), (date(2027, 1, 1), 24)]
        {
            let all = in_force(db, on).await.unwrap();
            let (_, _, rule) = all.into_iter().find(|(class, ..)| class.code == "notice").unwrap();
            assert_eq!(rule.unwrap().period(), Period::months(period), "{on}");
        }
        assert!(scene.run("UPDATE retention_rule SET months = 1", vec![]).await.is_err(), "rules are added, never changed");
        audited(db).await;
    }

    async fn only_the_system_administrator_of_the_province_sets_rules(db) {
        let scene = Scene::open(db).await;
        let county = holder::<domain::authority::held::SystemAdmin>(db, "countysystem", "330106").await;
        let refused = set(db, &scene.cx, &county, new("notice", Period::years(1), Counted::Day), now()).await;
        assert!(matches!(refused, Err(RetentionError::Refused(RetentionRefusal::NotProvince))));
    }

    async fn a_rule_that_was_changed_after_a_list_was_made_leaves_out_what_it_had(db) {
        let scene = Scene::open(db).await;
        let (_, wang) = scene.person("王秀英", "wang").await;
        scene.wished(&wang, years_ago(4)).await;
        scene.approved().await;
        set(db, &scene.cx, &scene.system, new("person_wish", Period::years(10), Counted::Day), now()).await.unwrap();
        assert_eq!(scene.done().await, (0, 1));
        assert_eq!(scene.count("SELECT count(*) FROM retention_item WHERE why = 'rule'").await, 1);
        assert_eq!(scene.count("SELECT count(*) FROM person_wish").await, 1);
    }
}
