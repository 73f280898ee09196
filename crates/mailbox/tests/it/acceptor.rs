use mailbox::inbox::{self, Accepted};
use mailbox::{AcceptError, Acceptor};
use tokio::task::JoinSet;

use crate::{LEASE, after, evening, item};

schema::both! {
    async fn everybody_is_answered_once_it_is_kept(db) {
        let acceptor = Acceptor::start(db.clone());
        let mut receivers = JoinSet::new();
        for number in 0..600 {
            let (acceptor, db) = (acceptor.clone(), db.clone());
            // Every key comes twice.
            receivers.spawn(async move {
                let key = format!("{}", number / 2);
                let accepted = acceptor.accept(item(&key), evening()).await.unwrap();
                assert!(inbox::find(&db, &key).await.unwrap().is_some());
                accepted
            });
        }
        let answers = receivers.join_all().await;
        assert_eq!(answers.iter().filter(|answer| **answer == Accepted::New).count(), 300);
        assert_eq!(inbox::depth(db).await.unwrap().waiting, 300);
        assert_eq!(acceptor.accept(item("7"), evening()).await.unwrap(), Accepted::Duplicate);
    }

    async fn one_bad_item_does_not_spoil_the_others(db) {
        let acceptor = Acceptor::start(db.clone());
        let mut receivers = JoinSet::new();
        for number in 0..40 {
            let acceptor = acceptor.clone();
            // The table takes no key of more than 200 characters.
            let key = if number == 20 { "x".repeat(201) } else { format!("{number}") };
            receivers.spawn(async move { (number, acceptor.accept(item(&key), evening()).await) });
        }
        for (number, answer) in receivers.join_all().await {
            match answer {
                Ok(Accepted::New) => assert_ne!(number, 20),
                Err(AcceptError::Db(_)) => assert_eq!(number, 20),
                other => panic!("{number}: {other:?}"),
            }
        }
        assert_eq!(inbox::claim(db, "w", 100, LEASE, after(1)).await.unwrap().len(), 39);
    }

    async fn without_a_database_everybody_is_told(db) {
        let acceptor = Acceptor::start(db.clone());
        db.close_by_ref().await.unwrap();
        let (one, other) = tokio::join!(acceptor.accept(item("a"), evening()), acceptor.accept(item("b"), evening()));
        assert!(matches!((one, other), (Err(AcceptError::Db(_)), Err(AcceptError::Db(_)))));
    }

    async fn a_row_of_a_group_is_as_one_of_its_own(db) {
        let acceptor = Acceptor::start(db.clone());
        acceptor.accept(item("a"), evening()).await.unwrap();
        inbox::accept(db, &item("b"), evening()).await.unwrap();
        let [mut one, other] = <[_; 2]>::try_from(inbox::claim(db, "w", 9, LEASE, evening()).await.unwrap()).unwrap();
        assert_eq!((one.key.as_str(), one.payload["id"].as_str()), ("a", Some("a")));
        assert!(one.id < other.id, "in the order of arrival");
        (one.id, one.key, one.payload) = (other.id, other.key.clone(), other.payload.clone());
        assert_eq!(one, other);
    }

    async fn many_are_accepted_at_once_and_each_once(db) {
        let items: Vec<_> = (0..600).map(|number| item(&format!("{}", number % 300))).collect();
        assert_eq!(inbox::accept_all(db, &items, evening()).await.unwrap(), 300);
        assert_eq!(inbox::accept_all(db, &items, evening()).await.unwrap(), 0);
        assert_eq!(inbox::accept_all(db, &[], evening()).await.unwrap(), 0);
        assert_eq!(inbox::depth(db).await.unwrap().waiting, 300);
    }
}
