//! Lines of the journal in the database.

use chrono::{DateTime, Utc};
use parvis_kernel::{Result, activity::Line, args, db};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

/// What the journal is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// A kind that a module declared.
    pub kind: Option<&'static str>,
    /// One person, or with `Some(None)` whoever has no account.
    pub who: Option<Option<Uuid>>,
    /// A project.
    pub project: Option<Uuid>,
    /// Not before.
    pub from: Option<DateTime<Utc>>,
    /// Before.
    pub until: Option<DateTime<Utc>>,
}

/// The newest lines before `before`, newest first, that answer to the filter.
///
/// # Errors
/// When the database refuses.
pub async fn latest(
    c: &impl ConnectionTrait,
    filter: &Filter,
    before: Option<Uuid>,
    limit: usize,
) -> Result<Vec<Line>> {
    let mut args = args![i64::try_from(limit).unwrap_or(50), before.unwrap_or(Uuid::max())];
    let mut sql = "SELECT id, at, actor_id, kind, subject_kind, subject_id, project_id, detail FROM activity \
                   WHERE id < $2"
        .to_owned();
    let mut and = |condition: &str, value: Value| {
        args.push(value);
        sql += &format!(" AND {condition} ${}", args.len());
    };
    if let Some(kind) = filter.kind {
        and("kind =", kind.into());
    }
    if let Some(Some(person)) = filter.who {
        and("actor_id =", person.into());
    }
    if let Some(project) = filter.project {
        and("project_id =", project.into());
    }
    if let Some(from) = filter.from {
        and("at >=", from.into());
    }
    if let Some(until) = filter.until {
        and("at <", until.into());
    }
    if filter.who == Some(None) {
        sql += " AND actor_id IS NULL";
    }
    db::all(c, &format!("{sql} ORDER BY id DESC LIMIT $1"), args).await
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
            let t = TestDb::open(engine, &parvis_kernel::settings::MIGRATIONS).await;
            let moment = Moment::new(clock().now(), Arc::new(SeededEntropy::new(2)));
            t.db.write(move |tx| {
                let moment = moment.clone();
                Box::pin(async move {
                    for i in 0..5 {
                        let kind = if i % 2 == 0 { "page.changed" } else { "settings.changed" };
                        let detail = i.to_string();
                        let entry = Entry {
                            actor: (i > 2).then(|| Uuid::from_u128(1)),
                            kind,
                            subject_kind: "x",
                            subject: None,
                            project: (i == 1 || i == 4).then(|| Uuid::from_u128(2)),
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
            let first = latest(c, &Filter::default(), None, 3).await.unwrap();
            let rest = latest(c, &Filter::default(), first.last().map(|l| l.id), 3).await.unwrap();
            assert_eq!((details(&first), details(&rest)), ("432".into(), "10".into()));
            let at = |seconds: i64| Some(clock().now() + TimeDelta::seconds(seconds));
            let all = Filter::default();
            for (filter, found) in [
                (Filter { kind: Some("page.changed"), ..all }, "420"),
                (Filter { who: Some(Some(Uuid::from_u128(1))), ..all }, "43"),
                (Filter { who: Some(None), ..all }, "210"),
                (Filter { who: Some(Some(Uuid::from_u128(9))), ..all }, ""),
                (Filter { project: Some(Uuid::from_u128(2)), ..all }, "41"),
                (Filter { from: at(1), until: at(3), ..all }, "21"),
                (Filter { from: at(3), until: at(1), ..all }, ""),
                (Filter { kind: Some("page.changed"), who: Some(None), from: at(1), ..all }, "2"),
            ] {
                assert_eq!(details(&latest(c, &filter, None, 9).await.unwrap()), found, "{filter:?}");
            }
            // Each page begins where the last one ended, whatever the filter.
            let who = Filter { who: Some(None), ..all };
            let first = latest(c, &who, None, 2).await.unwrap();
            let rest = latest(c, &who, first.last().map(|l| l.id), 2).await.unwrap();
            assert_eq!((details(&first), details(&rest)), ("21".into(), "0".into()));
        }
    }
}
