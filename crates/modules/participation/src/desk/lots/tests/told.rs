//! How many people an answer to many is announced to, before it is given.

use super::*;
use crate::follows;

/// What the page says before the button is what is written after it.
#[tokio::test]
async fn those_who_will_be_told_are_counted_once_and_are_those_who_are_told() {
    for engine in engines() {
        let mut d = Desk::open(engine).await;
        d.staffed().await;
        let (one, two, other) =
            (d.idea(Status::Proposed).await, d.idea(Status::Proposed).await, d.idea(Status::Proposed).await);
        let lea = d.follower(one.id, "lea@exemple.fr", true).await;
        assert_eq!(d.follower(two.id, "lea@exemple.fr", false).await, lea, "of both ideas");
        d.follower(two.id, "karim@exemple.fr", false).await;
        d.follower(other.id, "elsewhere@exemple.fr", false).await;
        let never = d.follower(one.id, "never@exemple.fr", false).await;
        let withdrew = d.follower(one.id, "withdrew@exemple.fr", false).await;
        let refused = d.follower(one.id, "refused@exemple.fr", false).await;
        let moment = d.later(1);
        d.db()
            .write(move |tx| {
                let moment = moment.clone();
                Box::pin(async move {
                    db::run(tx, "UPDATE follow SET rhythm = 'never' WHERE person_id = $1", args![never]).await?;
                    parvis_people::consents::record(tx, &moment, withdrew, "answers", "email", "withdrawn", "", "test")
                        .await?;
                    let sql = "INSERT INTO refused_address (address, person_id, code, reason, at) \
                               VALUES ('refused@exemple.fr', $1, 550, 'unknown', $2)";
                    db::run(tx, sql, args![refused, moment.now]).await
                })
            })
            .await
            .unwrap();
        let lot = d.lot(Act::Answer, detail(d.project), pairs(&[one, two])).await;
        assert_eq!(follows::told_of_lot(d.db().read(), lot, d.later(2).now).await.unwrap(), 2, "{engine:?}");
        d.part(lot, d.later(2), false).await;
        let written = "SELECT count(DISTINCT recipient) FROM mail WHERE state = 'waiting'";
        assert_eq!(db::count(d.db().read(), written, args![]).await.unwrap(), 2, "{engine:?}");
        let left = follows::told_of_lot(d.db().read(), lot, d.later(2).now).await.unwrap();
        assert_eq!(left, 0, "nothing of it waits any more");
    }
}
