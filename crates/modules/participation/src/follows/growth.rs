//! What grew around one's own idea, for the weekly letter: supports, and comments of others, since the last one.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result,
    app::App,
    args,
    db::{self, Tx},
    words::Lang,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::ideas::store::PUBLIC;

/// SQL: how many comments of others are online under the idea of a follow.
const COMMENTS: &str = "(SELECT count(*) FROM contribution m WHERE m.idea_id = f.contribution_id AND m.visible \
                        AND (m.author_id IS NULL OR m.author_id <> f.person_id))";
/// SQL: supports of the idea of a follow, those an import brought included.
const SUPPORTS: &str = "(SELECT s.supports + s.brought FROM contribution s WHERE s.id = f.contribution_id)";

/// An own idea, and what it has more than when its author was last told.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Grown {
    /// Its author.
    pub person_id: Uuid,
    /// Their confirmed address.
    pub email: String,
    /// Language of their mails.
    pub lang: String,
    /// The idea.
    pub contribution_id: Uuid,
    /// Its public number.
    pub number: i64,
    /// Visibility of its project.
    pub visibility: String,
    /// What opens its project when that is by a secret link.
    pub secret: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: String,
    /// Its status.
    pub status: String,
    /// Supports now.
    pub supports: i64,
    /// Comments of others now.
    pub comments: i64,
    /// Supports at the last letter.
    pub told_supports: i64,
    /// Comments of others at the last letter.
    pub told_comments: i64,
}

impl Grown {
    /// What came since, in words; empty when nothing did.
    #[must_use]
    pub fn words(&self, app: &App, lang: Lang) -> String {
        let mut parts = Vec::new();
        let (supports, comments) = (self.supports - self.told_supports, self.comments - self.told_comments);
        if supports > 0 {
            let args: [(&str, &dyn parvis_kernel::words::Word); 2] = [("n", &supports), ("total", &self.supports)];
            parts.push(app.words.with(lang, "letter-grown-supports", &args));
        }
        if comments > 0 {
            parts.push(app.words.with(lang, "letter-grown-comments", &[("n", &comments)]));
        }
        parts.join(" ")
    }
}

/// Begins to count for whoever chose the weekly letter since the last look.
///
/// # Errors
/// When the database refuses.
pub async fn begin(tx: &Tx, now: DateTime<Utc>) -> Result<()> {
    let sql = format!(
        "UPDATE follow AS f SET told_supports = {SUPPORTS}, told_comments = {COMMENTS}, told_at = $1 \
         WHERE f.rhythm = 'weekly' AND f.told_at IS NULL AND EXISTS \
         (SELECT 1 FROM contribution c WHERE c.id = f.contribution_id AND c.author_id = f.person_id)"
    );
    db::run(tx, &sql, args![now]).await?;
    Ok(())
}

/// The own ideas that grew and whose authors chose the weekly letter, when it is its turn: due at `until`.
///
/// # Errors
/// When the database refuses.
pub async fn waiting(app: &App, until: DateTime<Utc>) -> Result<Vec<Grown>> {
    let may = super::may_be_written_to(super::PURPOSE, 2, "1 = 0");
    let sql = format!(
        "SELECT * FROM (SELECT f.person_id, p.email, p.lang, f.contribution_id, c.number, j.visibility, j.secret, c.title, \
         c.body, c.status, c.supports + c.brought AS supports, {COMMENTS} AS comments, f.told_supports, f.told_comments \
         FROM follow f JOIN person p ON p.id = f.person_id \
         JOIN contribution c ON c.id = f.contribution_id AND c.author_id = f.person_id \
         JOIN project j ON j.id = c.project_id \
         WHERE f.rhythm = 'weekly' AND f.told_at < $1 AND {PUBLIC} AND {may}) g \
         WHERE g.supports > g.told_supports OR g.comments > g.told_comments ORDER BY g.person_id, g.number LIMIT 20000"
    );
    db::all(app.db.read(), &sql, args![until, app.clock.now()]).await
}

/// Notes that an author was told, so that the next letter says what came after.
///
/// # Errors
/// When the database refuses.
pub async fn told(tx: &Tx, grown: &Grown, now: DateTime<Utc>) -> Result<()> {
    let sql = "UPDATE follow SET told_supports = $3, told_comments = $4, told_at = $5 \
               WHERE contribution_id = $1 AND person_id = $2";
    let args = args![grown.contribution_id, grown.person_id, grown.supports, grown.comments, now];
    db::run(tx, sql, args).await?;
    Ok(())
}

/// This week's letters are written: what grows from now on is for the next.
///
/// # Errors
/// When the database refuses.
pub async fn over(tx: &Tx, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    let sql = "UPDATE follow SET told_at = $2 WHERE rhythm = 'weekly' AND told_at < $1";
    db::run(tx, sql, args![until, now]).await?;
    Ok(())
}
