//! The undo of an import: what it made goes, as long as nobody built on it. Part by part in the background; a part is one
//! transaction, so that a kill loses nothing and the next worker goes on.

use std::{collections::HashMap, sync::Arc};

use futures::future::BoxFuture;
use parvis_kernel::{
    Result,
    activity::{self, Entry},
    app::App,
    args,
    brought::Row,
    db::{self, Dialect, Tx},
    jobs::{self, Failure},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::files::Own;
use crate::ideas::{batch, store};

/// The job that takes an import back.
pub(super) const JOB: &str = "participation.import_undo";
/// What the journal notes.
pub const ACTIVITY: &str = "import.undone";
/// Contributions taken away in one transaction.
const PART: i64 = 500;

/// Tables whose lines say that somebody built on a contribution.
const BUILT: &[&str] = &[
    "reaction",
    "entry",
    "follow",
    "asked_follow",
    "notice",
    "report",
    "note",
    "lot_item",
    "merging_part",
    "merging_row",
    "author_reply",
    "answer_draft",
    "moderation_event",
];
/// Tables whose lines the import made itself, or that only say who looked: they go with the contribution.
/// An answer of the team is another version of its contribution: only one that came with the file goes.
const OWN: &[&str] = &["answer", "status_change", "handling", "screening", "text_key", "contact_text"];

/// Whether a contribution, by its alias, is of this file: `$1`.
fn inside(x: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM import_range g WHERE g.file_id = $1 AND {x}.number BETWEEN g.first_number AND g.last_number)"
    )
}

/// Whether somebody built on a contribution, by its alias.
fn built(x: &str) -> String {
    let lines = BUILT.iter().map(|t| format!(" OR EXISTS (SELECT 1 FROM {t} b WHERE b.contribution_id = {x}.id)"));
    format!(
        "({x}.version - {x}.import_changes > 1 OR {x}.author_id IS NOT NULL OR {x}.merged_into IS NOT NULL{} \
         OR EXISTS (SELECT 1 FROM handling b WHERE b.contribution_id = {x}.id AND (b.assignee_id IS NOT NULL OR b.acted_at IS NOT NULL)) \
         OR EXISTS (SELECT 1 FROM merging b WHERE b.kept_id = {x}.id) \
         OR EXISTS (SELECT 1 FROM contribution b WHERE b.merged_into = {x}.id))",
        lines.collect::<String>()
    )
}

/// Whether a contribution stays: somebody built on it, or on what stands under it, or wrote there.
fn stays() -> String {
    let (inside, built_on) = (inside("k"), built("k"));
    format!(
        "({} OR EXISTS (SELECT 1 FROM contribution k WHERE k.idea_id = c.id AND (NOT {inside} OR {built_on})) \
         OR EXISTS (SELECT 1 FROM contribution k WHERE k.reply_to = c.id AND (NOT {inside} OR {built_on})))",
        built("c")
    )
}

const ROWS: &str =
    "import_range r JOIN contribution c ON c.number BETWEEN r.first_number AND r.last_number WHERE r.file_id = $1";

/// What an undo would do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Preview {
    pub ideas: i64,
    pub comments: i64,
    pub kept: i64,
}

impl Preview {
    /// All that would go.
    pub(super) const fn goes(self) -> i64 {
        self.ideas + self.comments
    }
}

#[derive(FromQueryResult)]
struct Tally {
    kind: String,
    stays: i64,
    n: i64,
}

/// What an undo would do now.
pub(super) async fn preview(c: &impl ConnectionTrait, file: Uuid) -> Result<Preview> {
    let sql = format!(
        "SELECT kind, stays, count(*) AS n FROM (SELECT c.kind, CAST(CASE WHEN {} THEN 1 ELSE 0 END AS BIGINT) AS stays FROM {ROWS}) t \
         GROUP BY kind, stays",
        stays()
    );
    let mut preview = Preview::default();
    for line in db::all::<Tally>(c, &sql, args![file]).await? {
        match (line.stays, line.kind.as_str()) {
            (1, _) => preview.kept += line.n,
            (_, "idea") => preview.ideas += line.n,
            _ => preview.comments += line.n,
        }
    }
    Ok(preview)
}

/// A contribution that stays, and why.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Stays {
    pub number: i64,
    pub idea_number: Option<i64>,
    pub title: String,
    pub body: String,
    answered: bool,
    supported: bool,
    commented: bool,
    followed: bool,
    reported: bool,
}

impl Stays {
    /// The first reason, as the words know it.
    pub(super) const fn why(&self) -> &'static str {
        match self {
            Self { answered: true, .. } => "answered",
            Self { supported: true, .. } => "supported",
            Self { commented: true, .. } => "commented",
            Self { followed: true, .. } => "followed",
            Self { reported: true, .. } => "reported",
            _ => "changed",
        }
    }
}

/// The first of those that stay.
pub(super) async fn kept(c: &impl ConnectionTrait, file: Uuid, most: i64) -> Result<Vec<Stays>> {
    let has = |table: &str| format!("EXISTS (SELECT 1 FROM {table} w WHERE w.contribution_id = c.id)");
    let sql = format!(
        "SELECT c.number, (SELECT i.number FROM contribution i WHERE i.id = c.idea_id) AS idea_number, c.title, c.body, \
         ({} AND c.version - c.import_changes > 1) AS answered, ({} OR {}) AS supported, {} AS followed, {} AS reported, \
         EXISTS (SELECT 1 FROM contribution w WHERE w.idea_id = c.id OR w.reply_to = c.id) AS commented \
         FROM {ROWS} AND {} ORDER BY c.number LIMIT $2",
        has("answer"),
        has("reaction"),
        has("entry"),
        has("follow"),
        has("report"),
        stays()
    );
    db::all(c, &sql, args![file, most]).await
}

/// What the job is to do.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Order {
    pub id: Uuid,
    pub actor: Option<Uuid>,
}

/// Whether there is something to take back of an import.
pub(super) fn can(row: &Row<Own>) -> bool {
    row.state == "done" && row.own.undo_state.is_empty() && row.own.known
}

/// Asks for the undo of a file that was imported; `false` when it was asked before, or is past.
pub(super) async fn ask(app: &Arc<App>, order: Order) -> Result<bool> {
    let moment = app.moment();
    let (id, actor) = (order.id, order.actor);
    app.db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                let sql = "UPDATE import_file SET undo_state = 'asked', undone = 0, beat_at = $2 \
                           WHERE id = $1 AND state = 'done' AND undo_state = ''";
                let asked = db::run(tx, sql, args![id, moment.now]).await? == 1;
                if asked {
                    jobs::enqueue(tx, &moment, JOB, &Order { id, actor }, None, moment.now).await?;
                }
                Ok(asked)
            })
        })
        .await
}

/// Runs the job: replies first, then what they answer, then the ideas.
pub(super) fn job(app: Arc<App>, payload: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        let order: Order = jobs::payload(&payload)?;
        for which in ["c.reply_to IS NOT NULL", "c.kind = 'comment' AND c.reply_to IS NULL", "c.kind = 'idea'"] {
            let mut after = 0;
            while let Some(last) = part(&app, order.id, which, after).await? {
                after = last;
            }
        }
        Ok(end(&app, order).await?)
    })
}

#[derive(FromQueryResult)]
struct Gone {
    id: Uuid,
    number: i64,
    idea_id: Option<Uuid>,
    /// Whether it counts among the comments of its idea.
    counted: bool,
}

/// Takes some away; the number of the last one, or nothing when none is left.
pub(super) async fn part(app: &App, file: Uuid, which: &'static str, after: i64) -> Result<Option<i64>> {
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let sql = format!(
                    "SELECT c.id, c.number, c.idea_id, {} AS counted FROM {ROWS} AND c.number > $2 AND {which} AND NOT {} \
                     ORDER BY c.number LIMIT {PART}",
                    store::COUNTED,
                    stays()
                );
                let gone: Vec<Gone> = db::all(tx, &sql, args![file, after]).await?;
                let Some(last) = gone.last().map(|g| g.number) else { return Ok(None) };
                take_away(tx, &gone).await?;
                let sql =
                    "UPDATE import_file SET undone = undone + $2, beat_at = $3 WHERE id = $1 AND undo_state = 'asked'";
                let n = i64::try_from(gone.len()).unwrap_or(0);
                db::run(tx, sql, args![file, n, now]).await?;
                Ok(Some(last))
            })
        })
        .await
}

async fn take_away(tx: &Tx, gone: &[Gone]) -> Result<()> {
    let ids: Vec<Value> = gone.iter().map(|g| Value::from(g.id)).collect();
    let list = db::placeholders(1, ids.len());
    for table in OWN {
        db::run(tx, &format!("DELETE FROM {table} WHERE contribution_id IN ({list})"), ids.clone()).await?;
    }
    let mut counts: HashMap<Uuid, i64> = HashMap::new();
    for comment in gone.iter().filter(|g| g.counted) {
        if let Some(idea) = comment.idea_id {
            *counts.entry(idea).or_default() -= 1;
        }
    }
    batch::add_comments(tx, &counts).await?;
    if Dialect::of(tx.get_database_backend()) == Dialect::Sqlite {
        let numbers = gone.iter().map(|g| Value::from(g.number)).collect();
        db::run(tx, &format!("DELETE FROM contribution_search WHERE rowid IN ({list})"), numbers).await?;
    }
    db::run(tx, &format!("DELETE FROM contribution WHERE id IN ({list})"), ids).await?;
    Ok(())
}

/// Notes the end, in the journal too. What stays is no longer looked at.
async fn end(app: &App, order: Order) -> Result<()> {
    let moment = app.moment();
    let Order { id, actor } = order;
    app.db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                let sql = "UPDATE import_file SET undo_state = 'done' WHERE id = $1 AND undo_state = 'asked'";
                if db::run(tx, sql, args![id]).await? == 0 {
                    return Ok(());
                }
                db::run(tx, "DELETE FROM import_range WHERE file_id = $1", args![id]).await?;
                let name: Option<String> =
                    db::scalar(tx, "SELECT file_name FROM import_file WHERE id = $1", args![id]).await?;
                let entry = Entry {
                    actor,
                    kind: ACTIVITY,
                    subject_kind: "import",
                    subject: Some(id),
                    project: None,
                    detail: name.as_deref().unwrap_or_default(),
                };
                activity::record(tx, &moment, entry).await
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table that another capability adds must say whether its lines keep a contribution.
    #[test]
    fn every_table_that_points_to_a_contribution_is_looked_at() {
        use parvis_kernel::module::Module;
        let mut table = String::new();
        for migration in crate::Participation::default().migrations() {
            for line in migration.sql.lines() {
                if let Some(name) = line.strip_prefix("CREATE TABLE ") {
                    table = name.trim_end_matches(" (").to_owned();
                }
                if line.contains("REFERENCES contribution (id)") && !line.starts_with("ALTER TABLE contribution") {
                    let known = BUILT.contains(&table.as_str()) || OWN.contains(&table.as_str());
                    assert!(known || ["contribution", "merging"].contains(&table.as_str()), "{table}");
                }
            }
        }
    }
}
