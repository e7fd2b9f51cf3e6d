//! Lines of the journal in the database.

use parvis_kernel::{Result, activity::Line, args, db};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// The newest lines before `before`, newest first, of one kind or all.
///
/// # Errors
/// When the database refuses.
pub async fn latest(
    c: &impl ConnectionTrait,
    kind: Option<&'static str>,
    before: Option<Uuid>,
    limit: usize,
) -> Result<Vec<Line>> {
    let sql = "SELECT id, at, actor_id, kind, subject_kind, subject_id, project_id, detail FROM activity \
               WHERE id < $1 AND (CAST($2 AS TEXT) = '' OR kind = $2) ORDER BY id DESC LIMIT $3";
    let limit = i64::try_from(limit).unwrap_or(50);
    db::all(c, sql, args![before.unwrap_or(Uuid::max()), kind.unwrap_or_default(), limit]).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use parvis_kernel::{
        activity::{self, Entry},
        clock::Clock,
        context::Moment,
        random::SeededEntropy,
    };
    use parvis_testing::{TestDb, clock, engines};
    use std::sync::Arc;

    #[tokio::test]
    async fn pages_and_filters_without_missing_a_line() {
        for engine in engines() {
            let t = TestDb::open(engine, &[parvis_kernel::settings::MIGRATION]).await;
            let moment = Moment::new(clock().now(), Arc::new(SeededEntropy::new(2)));
            t.db.write(move |tx| {
                let moment = moment.clone();
                Box::pin(async move {
                    for i in 0..5 {
                        let kind = if i % 2 == 0 { "page.changed" } else { "settings.changed" };
                        let detail = i.to_string();
                        let entry = Entry {
                            actor: None,
                            kind,
                            subject_kind: "x",
                            subject: None,
                            project: None,
                            detail: &detail,
                        };
                        activity::record(tx, &moment.at(moment.now + TimeDelta::seconds(i)), entry).await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
            let c = t.db.read();
            let details = |lines: &[Line]| lines.iter().map(|l| l.detail.clone()).collect::<String>();
            let first = latest(c, None, None, 3).await.unwrap();
            let rest = latest(c, None, first.last().map(|l| l.id), 3).await.unwrap();
            assert_eq!((details(&first), details(&rest)), ("432".into(), "10".into()));
            assert_eq!(details(&latest(c, Some("page.changed"), None, 9).await.unwrap()), "420");
        }
    }
}
