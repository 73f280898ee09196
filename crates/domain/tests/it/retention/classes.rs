use std::collections::{BTreeMap, BTreeSet};

use domain::retention::{Fate, all, ruled};
use sea_orm::DbBackend;

use crate::cast::texts;

schema::both! {
    async fn every_table_is_in_exactly_one_class(db) {
        let sql = if db.get_database_backend() == DbBackend::Postgres {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"
        } else {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'person_gram_fts%'"
        };
        let there: BTreeSet<String> = texts(db, sql).await.into_iter().collect();
        let mut classed: BTreeMap<&str, &str> = BTreeMap::new();
        for class in all() {
            for table in class.tables {
                let before = classed.insert(table, class.code);
                assert_eq!(before, None, "{table} is in two classes, {} is the second", class.code);
            }
        }
        let classed: BTreeSet<String> = classed.into_keys().map(str::to_owned).collect();
        assert!(there.is_superset(&classed), "there is no {:?}", classed.difference(&there));
        assert!(classed.is_superset(&there), "no class says how long is kept what is in {:?}", there.difference(&classed));
    }

    async fn whatever_points_to_a_row_that_goes_goes_before_it_or_points_nowhere(db) {
        let postgres = db.get_database_backend() == DbBackend::Postgres;
        for (class, ruled) in ruled().filter(|(_, ruled)| ruled.erases()) {
            let code = class.code;
            let sql = if postgres {
                format!(
                    "SELECT (kcu.table_name || '.' || kcu.column_name)::text FROM information_schema.referential_constraints AS rc \
                     JOIN information_schema.key_column_usage AS kcu ON kcu.constraint_name = rc.constraint_name \
                     JOIN information_schema.constraint_column_usage AS ccu ON ccu.constraint_name = rc.constraint_name \
                     WHERE ccu.table_name = '{code}'"
                )
            } else {
                format!(
                    "SELECT m.name || '.' || f.\"from\" FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f \
                     WHERE m.type = 'table' AND f.\"table\" = '{code}'"
                )
            };
            let there: BTreeSet<String> = texts(db, &sql).await.into_iter().collect();
            let handled: BTreeSet<String> =
                ruled.handles().into_iter().map(|(table, column)| format!("{table}.{column}")).collect();
            assert_eq!(there, handled, "{code}");
        }
    }
}

#[test]
fn no_installation_begins_with_less_than_the_documents_ask() {
    let mut codes = BTreeSet::new();
    for class in all() {
        assert!(codes.insert(class.code), "{} is there twice", class.code);
        if let Fate::Ruled(ruled) = &class.fate {
            assert!(ruled.floor.usual.reaches(ruled.floor.least), "{}", class.code);
            assert!(ruled.floor.document.contains('《'), "{}", class.code);
            assert_eq!(class.tables[0], class.code, "the subjects' table is the first");
        }
    }
}
