use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    authority::{
        GrantRefusal, Role, Scope, SecurityAdmin, Worker,
        commands::{GrantError, NewGrant, grant, revoke},
        store,
        term::remind,
    },
    ids::AccountId,
};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::cast::{audited, context, holder, joined, now, region, unit};

fn days(days: i64) -> DateTime<Utc> {
    now() + TimeDelta::days(days)
}

fn term(account: &AccountId, scope: Scope, to: Option<i64>) -> NewGrant {
    NewGrant {
        account: account.clone(),
        role: Role::Worker,
        scope,
        from: now(),
        to: to.map(days),
        reason: Some("分工".to_owned()),
    }
}

async fn letters(db: &DatabaseConnection) -> usize {
    let sql = "SELECT id FROM outbox WHERE kind = 'authority.term_ends'";
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().len()
}

schema::both! {
    async fn a_holder_is_told_once_fourteen_days_before_the_end(db) {
        let cx = context();
        let admin: SecurityAdmin = holder(db, "sec", "33").await;
        let county = || Scope::Region(region("330106"));
        for (name, to) in [("soon", Some(20)), ("later", Some(200)), ("open", None), ("revoked", Some(20))] {
            let made = grant(db, &cx, &admin, term(&joined(db, name).await, county(), to), now()).await.unwrap();
            if name == "revoked" {
                revoke(db, &cx, &admin, (made.id, "调离"), now()).await.unwrap();
            }
        }
        assert_eq!(remind(db, &cx, days(5)).await.unwrap(), 0, "too early");
        let before = audited(db).await;
        assert_eq!(remind(db, &cx, days(6)).await.unwrap(), 1);
        assert_eq!(audited(db).await, before + 1);
        assert_eq!(remind(db, &cx, days(7)).await.unwrap(), 0, "once");
        assert_eq!(letters(db).await, 1);
        let soon = joined_id("soon");
        assert!(Worker::prove(db, &soon, region("330106"), days(20)).await.unwrap().is_none(), "it has ended");
    }

    async fn servers_that_remind_at_once_say_it_once(db) {
        let cx = context();
        let admin: SecurityAdmin = holder(db, "sec", "33").await;
        let account = joined(db, "soon").await;
        let new = term(&account, Scope::Region(region("330106")), Some(10));
        grant(db, &cx, &admin, new, now()).await.unwrap();
        let (one, other) = tokio::join!(remind(db, &cx, now()), remind(db, &cx, now()));
        assert_eq!(one.unwrap() + other.unwrap(), 1);
        assert_eq!(letters(db).await, 1);
    }

    async fn a_grant_and_its_end_have_a_reason(db) {
        let cx = context();
        let admin: SecurityAdmin = holder(db, "sec", "330106").await;
        let account = joined(db, "cadre").await;
        let bare = NewGrant { reason: Some(" ".to_owned()), ..term(&account, Scope::Region(region("330106")), None) };
        let refused = grant(db, &cx, &admin, bare, now()).await;
        assert!(matches!(refused, Err(GrantError::Refused(GrantRefusal::NoReason))));
        // A unit and a branch of the county are the county administrator's, those of the neighbour are not.
        let (here, there) = (unit(db, "330106").await, unit(db, "330105").await);
        let far = grant(db, &cx, &admin, term(&account, Scope::Unit(there.id), None), now()).await;
        assert!(matches!(far, Err(GrantError::Refused(GrantRefusal::OutOfReach))));
        let made = grant(db, &cx, &admin, term(&account, Scope::Unit(here.id), None), now()).await.unwrap();
        let refused = revoke(db, &cx, &admin, (made.id, ""), now()).await;
        assert!(matches!(refused, Err(GrantError::Refused(GrantRefusal::NoReason))));
        revoke(db, &cx, &admin, (made.id, "分工变了"), now()).await.unwrap();
        let row = store::find(db, made.id).await.unwrap().unwrap();
        assert_eq!(row.revoked_by.as_ref(), Some(admin.account()));
        assert_eq!((row.reason.as_deref(), row.revoked_why.as_deref()), (Some("分工"), Some("分工变了")));
    }
}

fn joined_id(id: &str) -> AccountId {
    crate::cast::login(id)
}
