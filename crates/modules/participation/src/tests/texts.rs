//! What the analysis reads, in parts.

use chrono::TimeDelta;
use parvis_kernel::module::TextRow;
use parvis_testing::engines;

use super::town;
use crate::personal;

#[tokio::test]
async fn texts_come_once_each_in_parts_of_any_size() {
    for engine in engines() {
        let town = town(engine).await;
        // Several of one instant: their keys keep them apart.
        for i in 0..7 {
            town.idea(i, &format!("Un banc au soleil, numéro {i}")).await;
            if i % 3 == 2 {
                town.t.clock.advance(TimeDelta::minutes(1));
            }
        }
        let db = &town.t.app.db;
        let whole: Vec<i64> = personal::texts(db, None, 100).await.unwrap().iter().map(|t| t.number).collect();
        assert_eq!(whole.len(), 7);
        for most in [1, 2, 3, 7] {
            let (mut read, mut after) = (Vec::new(), None);
            loop {
                let part = personal::texts(db, after, most).await.unwrap();
                assert!(i64::try_from(part.len()).unwrap() <= most);
                let Some(last) = part.last() else { break };
                after = Some(TextRow::place(last));
                read.extend(part.iter().map(|t| t.number));
            }
            assert_eq!(read, whole, "parts of {most}");
        }
    }
}
