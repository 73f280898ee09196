use audit::{Key, Seq, Slice};

use crate::{chain, key};

schema::both! {
    async fn a_slice_proves_itself(db) {
        chain(db, 25).await;
        for subject in ["case/1", "case/5", "case/none"] {
            let slice = audit::slice(db, subject).await.unwrap();
            assert_eq!(slice.head, audit::head(db).await.unwrap());
            let sent: Slice = serde_json::from_str(&serde_json::to_string(&slice).unwrap()).unwrap();
            assert_eq!(sent, slice);
            assert_eq!(sent.first_forged(&key()), None);
        }
        let slice = audit::slice(db, "case/5").await.unwrap();
        assert_eq!(slice.rows.iter().map(|link| link.row.seq.0).collect::<Vec<_>>(), [5, 15, 25]);
        assert_eq!(slice.first_forged(&Key::from_bytes(&[1; 32]).unwrap()), Some(Seq(5)));
    }

    async fn a_forged_slice_is_found(db) {
        chain(db, 25).await;
        let slice = audit::slice(db, "case/5").await.unwrap();
        let forged = |change: &dyn Fn(&mut Slice)| {
            let mut forged = slice.clone();
            change(&mut forged);
            forged.first_forged(&key())
        };
        assert_eq!(forged(&|slice| slice.rows[1].row.actor.push('x')), Some(Seq(15)));
        assert_eq!(forged(&|slice| slice.rows[1].row.seq = Seq(16)), Some(Seq(16)));
        assert_eq!(forged(&|slice| slice.rows[1].previous[0] ^= 1), Some(Seq(15)));
        assert_eq!(forged(&|slice| slice.rows[2].row.hash[31] ^= 1), Some(Seq(25)));
        assert_eq!(forged(&|slice| slice.rows.swap(0, 1)), Some(Seq(5)));
        assert_eq!(forged(&|slice| slice.subject = "case/6".to_owned()), Some(Seq(5)));
        assert_eq!(forged(&|slice| slice.head.hash[0] ^= 1), Some(Seq(25)));
    }
}
