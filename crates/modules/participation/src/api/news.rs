//! What happened in public, for programs that are told: numbers, codes and addresses, no text.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result,
    app::App,
    args, db,
    news::{News, NewsKind},
};
use sea_orm::FromQueryResult;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{ideas::store::PUBLIC, moderation::store::UNDO, urls};

/// Things of one kind told in one turn; the rest is told in the next.
const AT_ONCE: i64 = 1_000;

#[derive(FromQueryResult)]
struct Row {
    key: Uuid,
    at: DateTime<Utc>,
    status: String,
    number: i64,
    kind: String,
    idea: Option<i64>,
    project: String,
}

impl Row {
    fn news(self, kind: NewsKind, base: &str) -> News {
        News { kind, subject: format!("{}/{}", kind.code(), self.key), at: self.at, data: self.data(base) }
    }

    fn data(&self, base: &str) -> Value {
        let idea = self.idea.unwrap_or(self.number);
        let path = urls::Idea { number: idea };
        let url = if self.idea.is_some() { format!("{base}{path}#c{}", self.number) } else { format!("{base}{path}") };
        json!({
            "number": self.number,
            "kind": self.kind,
            "idea": idea,
            "project": self.project,
            "status": self.status,
            "url": url,
            "api": format!("{base}/api/v1/ideas/{idea}"),
        })
    }
}

/// What could be told from `since` to `until`. What can be undone within ten minutes is told after them: an answer that
/// was taken back is never told.
///
/// # Errors
/// When the database refuses.
pub async fn since(app: &App, since: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<News>> {
    let settings = app.settings().await?;
    let base = app.base_url(&settings);
    let mut all = Vec::new();
    for (kind, what, from, at, wait) in [
        (
            NewsKind::Published,
            "c.id AS key, c.published_at AS at, c.status",
            // A file of thousands is no news, and its texts are old.
            "contribution c WHERE c.origin <> 'import'",
            "c.published_at",
            chrono::TimeDelta::zero(),
        ),
        (
            NewsKind::Status,
            "s.id AS key, s.at, s.status",
            // The change that put it online is told as such.
            "status_change s JOIN contribution c ON c.id = s.contribution_id WHERE s.at <> c.published_at",
            "s.at",
            UNDO,
        ),
        (
            NewsKind::Answer,
            "a.id AS key, a.published_at AS at, a.status",
            "answer a JOIN contribution c ON c.id = a.contribution_id WHERE c.kind = 'idea'",
            "a.published_at",
            UNDO,
        ),
    ] {
        let sql = format!(
            "SELECT {what}, c.number, c.kind, (SELECT o.number FROM contribution o WHERE o.id = c.idea_id) AS idea, \
             (SELECT j.slug FROM project j WHERE j.id = c.project_id) AS project FROM {from} AND {at} > $1 AND {at} <= $2 \
             AND {PUBLIC} ORDER BY {at} LIMIT $3"
        );
        let rows: Vec<Row> = db::all(app.db.read(), &sql, args![since - wait, until - wait, AT_ONCE]).await?;
        all.extend(rows.into_iter().map(|r| r.news(kind, base)));
    }
    Ok(all)
}
