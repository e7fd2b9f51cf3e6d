//! The team's own texts in the database.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Tx},
    words::Lang,
};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// A text of the team.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Own {
    /// Which page.
    pub slug: String,
    /// Language.
    pub lang: String,
    /// Markdown.
    pub body: String,
    /// Last change.
    pub updated_at: DateTime<Utc>,
}

impl Own {
    /// Language of the text.
    #[must_use]
    pub fn lang(&self) -> Lang {
        Lang::parse(&self.lang).unwrap_or_default()
    }
}

/// The team's texts of a page, one per language at most.
///
/// # Errors
/// When the database refuses.
pub async fn of_page(c: &impl ConnectionTrait, slug: &str) -> Result<Vec<Own>> {
    db::all(c, "SELECT slug, lang, body, updated_at FROM page WHERE slug = $1 ORDER BY lang", args![slug]).await
}

/// When each text was last changed, without the texts.
///
/// # Errors
/// When the database refuses.
pub async fn written(c: &impl ConnectionTrait) -> Result<Vec<Own>> {
    db::all(c, "SELECT slug, lang, '' AS body, updated_at FROM page ORDER BY slug, lang", vec![]).await
}

/// Writes the team's text of a page in one language.
///
/// # Errors
/// When the database refuses.
pub async fn set(tx: &Tx, moment: &Moment, slug: &str, lang: Lang, body: &str) -> Result<()> {
    db::run(
        tx,
        "INSERT INTO page (slug, lang, body, updated_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (slug, lang) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at",
        args![slug, lang.code(), body, moment.now],
    )
    .await?;
    Ok(())
}

/// Writes the team's text unless somebody else wrote it since `seen` (its last change then, 0 for none). Says whether
/// it was written.
///
/// # Errors
/// When the database refuses.
pub async fn set_if_seen(tx: &Tx, moment: &Moment, slug: &str, lang: Lang, body: &str, seen: i64) -> Result<bool> {
    if version(tx, slug, lang).await? != seen {
        return Ok(false);
    }
    set(tx, moment, slug, lang, body).await?;
    Ok(true)
}

/// Goes back to the text that comes with the program. Says whether there was another.
///
/// # Errors
/// When the database refuses.
pub async fn restore(tx: &Tx, slug: &str, lang: Lang) -> Result<bool> {
    Ok(db::run(tx, "DELETE FROM page WHERE slug = $1 AND lang = $2", args![slug, lang.code()]).await? > 0)
}

/// The last change of a text, in microseconds, 0 when there is none: what a form carries to notice another's change.
///
/// # Errors
/// When the database refuses.
pub async fn version(c: &impl ConnectionTrait, slug: &str, lang: Lang) -> Result<i64> {
    let sql = "SELECT updated_at FROM page WHERE slug = $1 AND lang = $2";
    let at: Option<DateTime<Utc>> = db::scalar(c, sql, args![slug, lang.code()]).await?;
    Ok(at.map_or(0, |t| t.timestamp_micros()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use parvis_kernel::{clock::Clock, random::SeededEntropy};
    use parvis_testing::{TestDb, clock, engines};
    use std::sync::Arc;

    const MIGRATIONS: &[db::Migration] = &[
        parvis_kernel::settings::MIGRATIONS[0],
        db::Migration { id: "instance/0001_instance", sql: include_str!("../../migrations/0001_instance.sql") },
    ];

    #[tokio::test]
    async fn a_text_is_written_noticed_and_put_back() {
        for engine in engines() {
            let t = TestDb::open(engine, MIGRATIONS).await;
            let moment = Moment::new(clock().now(), Arc::new(SeededEntropy::new(5)));
            let try_set = |body: &'static str, seen: i64, later: i64| {
                let moment = moment.at(moment.now + TimeDelta::seconds(later));
                t.db.write(move |tx| {
                    let moment = moment.clone();
                    Box::pin(async move { set_if_seen(tx, &moment, "charte", Lang::Fr, body, seen).await })
                })
            };
            assert!(try_set("un", 0, 1).await.unwrap());
            assert!(!try_set("deux", 0, 2).await.unwrap(), "somebody wrote it meanwhile");
            let seen = version(t.db.read(), "charte", Lang::Fr).await.unwrap();
            assert!(try_set("trois", seen, 3).await.unwrap());
            let own = of_page(t.db.read(), "charte").await.unwrap();
            assert_eq!((own.len(), own[0].body.as_str(), own[0].lang()), (1, "trois", Lang::Fr));
            assert!(of_page(t.db.read(), "aide").await.unwrap().is_empty());
            let restored = || t.db.write(|tx| Box::pin(restore(tx, "charte", Lang::Fr)));
            assert!(restored().await.unwrap() && !restored().await.unwrap());
            assert!(written(t.db.read()).await.unwrap().is_empty());
        }
    }
}
