//! The standards that come with the program. All are examples (示例); a bureau puts its own document beside them.

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Fen;
use sea_orm::{ConnectionTrait, DbErr};

use super::{Occasion, Standard, store};
use crate::{
    aid::ProposalState,
    ids::{OutreachStandardId, RegionCode},
};

const SOURCE: &str = "示例：离退休干部走访慰问办法（以本单位文件为准）";

/// Occasion, whom, yuan, what the item is worth, visitors, days, told before.
type Example = (Occasion, &'static str, i64, i64, i32, i32, bool);

const EXAMPLES: [Example; 12] = [
    (Occasion::SpringFestival, "veteran", 1000, 200, 2, 3, true),
    (Occasion::SpringFestival, "age:90", 500, 200, 2, 3, true),
    (Occasion::SpringFestival, "hardship", 1000, 0, 2, 3, true),
    (Occasion::DoubleNinth, "veteran", 500, 0, 2, 3, true),
    (Occasion::DoubleNinth, "age:90", 300, 0, 2, 3, true),
    (Occasion::DoubleNinth, "age:80+alone", 300, 0, 2, 3, true),
    (Occasion::Winter, "hardship", 500, 0, 2, 30, true),
    (Occasion::Summer, "age:80+alone", 0, 200, 1, 30, true),
    (Occasion::Birthday, "age:80+tens", 0, 200, 1, 0, false),
    (Occasion::Birthday, "age:88+nominal_tens", 300, 200, 1, 0, false),
    (Occasion::Hospital, "veteran", 500, 0, 1, 3, false),
    (Occasion::Hospital, "everybody", 300, 0, 1, 5, false),
];

/// Adds the example rows of occasions that have none yet. Safe to repeat.
pub async fn load(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    let (Some(region), Some(valid_from)) = (RegionCode::parse("33"), NaiveDate::from_ymd_opt(2020, 1, 1))
    else {
        return Ok(());
    };
    for occasion in Occasion::ALL {
        if !store::standard::of_occasion(db, occasion).await?.is_empty() {
            continue;
        }
        for (_, who, yuan, worth, visitors, days, tells) in
            EXAMPLES.into_iter().filter(|(one, ..)| *one == occasion)
        {
            let Ok(who) = who.parse() else { continue };
            let row = Standard {
                id: OutreachStandardId::new(now),
                region: region.clone(),
                occasion,
                who,
                valid_from,
                valid_to: None,
                cash: Fen::yuan(yuan),
                item: (worth > 0).then(|| "慰问品".to_owned()),
                item_value: Fen::yuan(worth),
                visitors,
                days,
                tells,
                source: SOURCE.to_owned(),
                state: ProposalState::Agreed,
                proposed_by: None,
                proposed_at: now,
                decided_by: None,
                decided_at: None,
            };
            store::standard::insert(db, row).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{EXAMPLES, Occasion};
    use crate::outreach::Who;

    #[test]
    fn every_occasion_has_an_example_that_can_be_read() {
        for occasion in Occasion::ALL {
            let of = EXAMPLES.iter().filter(|(one, ..)| *one == occasion);
            let read: Vec<Who> = of.map(|(_, who, ..)| who.parse().unwrap()).collect();
            assert!(!read.is_empty(), "{occasion:?}");
        }
    }
}
