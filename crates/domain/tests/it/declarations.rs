use chrono::TimeDelta;
use domain::{
    authority::{Grants, Role, Scope, SecurityAdmin},
    calendar::local_date,
    declaration::{
        RelationKind,
        commands::{DeclarationError, DeclarationRefusal, declare, end, open_campaign, say_all},
        store,
    },
};

use crate::cast::{
    audited, context, date, granted, holder, joined, now, region, registered, someone, unit, worker,
};

schema::both! {
    async fn one_declares_only_whom_one_could_come_by(db) {
        let cx = context();
        let person = registered(db, someone(unit(db, "330106").await.id, "王秀英")).await;
        let (here, there) = (worker(db, "here", "330106").await, worker(db, "there", "330105").await);
        let of = async |account| Grants::of(db, account, now()).await.unwrap();
        let today = local_date(now());
        let what = (person.id, RelationKind::Kin, today);
        let far = declare(db, &cx, &of(there.account()).await, what, now()).await;
        assert!(matches!(far, Err(DeclarationError::NotFound)));
        let mine = of(here.account()).await;
        let before = audited(db).await;
        let row = declare(db, &cx, &mine, what, now()).await.unwrap();
        assert_eq!(audited(db).await, before + 1);
        let again = declare(db, &cx, &mine, what, now()).await;
        assert!(matches!(again, Err(DeclarationError::Refused(DeclarationRefusal::Exists))));
        let ahead = (person.id, RelationKind::Money, date(2026, 11, 3));
        let refused = declare(db, &cx, &mine, ahead, now()).await;
        assert!(matches!(refused, Err(DeclarationError::Refused(DeclarationRefusal::Day))));

        let both = [there.account().clone(), here.account().clone()];
        assert!(store::between(db, &both, person.id, today).await.unwrap().is_some());
        assert!(store::between(db, &both[..1], person.id, today).await.unwrap().is_none());
        let theirs = end(db, &cx, there.account(), (row.id, today), now()).await;
        assert!(matches!(theirs, Err(DeclarationError::NotFound)));
        end(db, &cx, here.account(), (row.id, today), now()).await.unwrap();
        assert!(store::between(db, &both, person.id, today).await.unwrap().is_none());
        assert_eq!(store::of_account(db, here.account()).await.unwrap().len(), 1, "the history stays");
    }

    async fn the_campaign_knows_who_has_not_declared(db) {
        let cx = context();
        let admin: SecurityAdmin = holder(db, "sec", "330106").await;
        for id in ["one", "two"] {
            worker(db, id, "330106").await;
        }
        worker(db, "elsewhere", "330105").await;
        joined(db, "retiree").await;
        let auditor = joined(db, "auditor").await;
        granted(db, &auditor, Role::AuditAdmin, Scope::Region(region("330106"))).await;
        let one = Grants::of(db, &crate::cast::login("one"), now()).await.unwrap();
        let early = say_all(db, &cx, &one, 2026, now()).await;
        assert!(matches!(early, Err(DeclarationError::NotFound)), "nobody asked yet");
        open_campaign(db, &cx, &admin, (2026, date(2026, 12, 31)), now()).await.unwrap();
        let again = open_campaign(db, &cx, &admin, (2026, date(2026, 12, 31)), now()).await;
        assert!(matches!(again, Err(DeclarationError::Refused(DeclarationRefusal::Exists))));
        let before = audited(db).await;
        for _ in 0..2 {
            say_all(db, &cx, &one, 2026, now() + TimeDelta::hours(1)).await.unwrap();
        }
        assert_eq!(audited(db).await, before + 1, "said twice is said once");
        let lines = store::completion(db, &admin, 2026, now()).await.unwrap();
        let list: Vec<_> = lines.iter().map(|line| (line.account.as_str(), line.declared_at.is_some())).collect();
        assert_eq!(list, [("two", false), ("one", true)], "who has not comes first; administrators handle no cases");
        let retiree = Grants::of(db, &crate::cast::login("retiree"), now()).await.unwrap();
        assert!(matches!(say_all(db, &cx, &retiree, 2026, now()).await, Err(DeclarationError::NotFound)));
    }
}
