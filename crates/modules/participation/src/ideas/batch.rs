//! Many contributions at once: imports, the demo, benchmarks, restored backups.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Dialect, Tx},
};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::store::{COUNTED, New, terms};

/// Rows of so many columns in one statement. PostgreSQL answers from afar, so that few cost a journey each. SQLite looks
/// each parameter up by its name in a list, so that many cost their square; and it copies each page that a statement of
/// several rows changes, so as to undo half of it: a wide table has many indexes, each row of which is another page.
const fn rows_at_once(dialect: Dialect, width: usize) -> usize {
    match dialect {
        Dialect::Sqlite if width > 20 => 1,
        Dialect::Sqlite => 600 / width,
        Dialect::Postgres => 6000 / width,
    }
}

/// A contribution with its key and number, and what it already gathered.
#[derive(Debug, Clone)]
pub struct Ready {
    /// Key.
    pub id: Uuid,
    /// Public number, taken before.
    pub number: i64,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// What it says.
    pub new: New,
    /// When it went online.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was officially answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Supports that count, each with its reaction.
    pub supports: i64,
    /// Oppositions that count.
    pub opposes: i64,
    /// Visible comments, when they are stored in the same go.
    pub comments: i64,
    /// Why it was refused.
    pub reason: String,
    /// The stemmed words it is found by, when they were computed before the transaction.
    pub terms: Option<String>,
}

impl Ready {
    /// A contribution written, and put online if its status says so, at `moment.now`.
    #[must_use]
    pub fn new(moment: &Moment, number: i64, new: New) -> Self {
        Self {
            id: moment.id(),
            number,
            at: moment.now,
            published_at: new.status.is_public().then_some(moment.now),
            new,
            answered_at: None,
            supports: 0,
            opposes: 0,
            comments: 0,
            reason: String::new(),
            terms: None,
        }
    }

    fn values(self, terms: &str) -> Vec<Value> {
        let new = self.new;
        args![
            self.id,
            self.number,
            if new.idea.is_some() { "comment" } else { "idea" },
            new.project,
            new.idea,
            new.reply_to,
            new.author,
            new.holder,
            new.author_name,
            new.office,
            new.pending_email,
            new.title,
            new.body,
            new.lang,
            new.tag,
            new.area,
            new.place,
            new.point.map(|p| p.0),
            new.point.map(|p| p.1),
            new.age,
            new.side,
            new.origin,
            new.external_id,
            new.status.code(),
            new.status.is_public(),
            self.at,
            self.published_at,
            self.answered_at,
            self.supports,
            new.brought,
            self.opposes,
            self.comments,
            self.reason,
            terms
        ]
    }
}

const COLUMNS: &str = "contribution (id, number, kind, project_id, idea_id, reply_to, author_id, holder, author_name, \
     office, pending_email, title, body, lang, tag, area_id, place, lon, lat, age, side, origin, external_id, status, \
     visible, created_at, published_at, answered_at, supports, brought, opposes, comments, reason, terms)";

/// Stores contributions, ideas before their comments. The caller keeps the ideas' counts of comments exact: in
/// [`Ready::comments`], or with [`add_comments`].
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, rows: Vec<Ready>) -> Result<()> {
    let mut values = Vec::with_capacity(rows.len());
    let mut found_by = Vec::with_capacity(rows.len());
    for mut row in rows {
        let terms = match row.terms.take() {
            Some(terms) => terms,
            None => terms(&row.new.title, &row.new.body, &row.new.place, &row.new.lang),
        };
        found_by.push(args![row.number, terms.clone()]);
        values.push(row.values(&terms));
    }
    insert_rows(tx, COLUMNS, values).await?;
    if Dialect::of(tx.get_database_backend()) == Dialect::Sqlite {
        insert_rows(tx, "contribution_search (rowid, terms)", found_by).await?;
    }
    Ok(())
}

/// Adds visible comments to the counts of their ideas.
///
/// # Errors
/// When the database refuses.
pub async fn add_comments(tx: &Tx, counts: &HashMap<Uuid, i64>) -> Result<()> {
    let mut sorted: Vec<(&Uuid, &i64)> = counts.iter().filter(|(_, n)| **n != 0).collect();
    // Always in the same order, so that two writers never wait for each other.
    sorted.sort_unstable();
    for (idea, n) in sorted {
        db::run(tx, "UPDATE contribution SET comments = comments + $2 WHERE id = $1", args![*idea, *n]).await?;
    }
    Ok(())
}

/// Counts the comments of these ideas anew, as [`COUNTED`] says.
///
/// # Errors
/// When the database refuses.
pub async fn recount_comments(tx: &Tx, ideas: &HashSet<Uuid>) -> Result<()> {
    let mut sorted: Vec<&Uuid> = ideas.iter().collect();
    sorted.sort_unstable();
    let sql = format!(
        "UPDATE contribution SET comments = (SELECT count(*) FROM contribution c WHERE c.idea_id = $1 AND {COUNTED}) \
         WHERE id = $1"
    );
    for idea in sorted {
        // Whoever writes under the same idea waits from here on, so that nobody is counted twice.
        db::run(tx, "UPDATE contribution SET comments = comments WHERE id = $1", args![*idea]).await?;
        db::run(tx, &sql, args![*idea]).await?;
    }
    Ok(())
}

/// Fills the search of SQLite again from the stored words. PostgreSQL keeps its own.
///
/// # Errors
/// When the database refuses.
pub async fn rebuild_search(tx: &Tx) -> Result<()> {
    if Dialect::of(tx.get_database_backend()) == Dialect::Sqlite {
        db::run(tx, "INSERT INTO contribution_search (contribution_search) VALUES ('delete-all')", vec![]).await?;
        let sql = "INSERT INTO contribution_search (rowid, terms) SELECT number, terms FROM contribution";
        db::run(tx, sql, vec![]).await?;
    }
    Ok(())
}

/// Inserts rows of equal width into `table (columns)`, as many to a statement as the database likes.
///
/// # Errors
/// When the database refuses.
pub async fn insert_rows(tx: &Tx, into: &str, rows: Vec<Vec<Value>>) -> Result<()> {
    insert_rows_or(tx, into, rows, "").await
}

/// The same, with what becomes of a row that is there already: `ON CONFLICT …`. PostgreSQL refuses to change a row twice in
/// one statement.
///
/// # Errors
/// When the database refuses.
pub async fn insert_rows_or(tx: &Tx, into: &str, rows: Vec<Vec<Value>>, known: &str) -> Result<()> {
    let width = rows.first().map_or(0, Vec::len);
    if width == 0 {
        return Ok(());
    }
    let per = rows_at_once(Dialect::of(tx.get_database_backend()), width).max(1);
    let mut rows = rows.into_iter();
    loop {
        let chunk: Vec<Value> = rows.by_ref().take(per).flatten().collect();
        if chunk.is_empty() {
            return Ok(());
        }
        let sql = format!("INSERT INTO {into} VALUES {} {known}", tuples(chunk.len() / width, width));
        db::run(tx, &sql, chunk).await?;
    }
}

/// `($1, $2), ($3, $4)`, …
fn tuples(rows: usize, width: usize) -> String {
    let tuple = |row: usize| format!("({})", db::placeholders(row * width + 1, width));
    (0..rows).map(tuple).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_across_rows() {
        assert_eq!(tuples(2, 2), "($1, $2), ($3, $4)");
    }
}
