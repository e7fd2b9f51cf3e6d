//! What becomes of ideas: those answered, the newest answer first.

use askama::Template;
use axum::response::Response;
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Result, args,
    db::{self, Dialect},
};
use parvis_ui::Page;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use std::collections::HashMap;
use uuid::Uuid;

use super::{Status, title_of};
use crate::{seen, urls};

/// Answers on a page.
const PER_PAGE: i64 = 20;

/// An idea that was answered.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Outcome {
    /// Public number.
    pub number: i64,
    title: String,
    body: String,
    status: String,
    /// First name shown; empty for anonymous.
    pub author_name: String,
    /// Area.
    pub area_id: Option<Uuid>,
    /// The decision in a few words.
    pub decision: String,
    answer: String,
    signer: String,
    /// When the answer was published.
    pub published_at: DateTime<Utc>,
}

impl Outcome {
    /// Its status.
    #[must_use]
    pub fn status(&self) -> Status {
        Status::parse(&self.status).unwrap_or(Status::Answered)
    }

    /// Its title.
    #[must_use]
    pub fn heading(&self) -> String {
        if self.title.is_empty() { title_of(&self.body) } else { self.title.clone() }
    }

    /// The answer, as it was written.
    #[must_use]
    pub fn answer(&self) -> &str {
        &self.answer
    }

    /// Who signed it.
    #[must_use]
    pub fn signer(&self) -> &str {
        &self.signer
    }

    /// The first sentence of the answer.
    #[must_use]
    pub fn says(&self) -> String {
        first_sentence(&self.answer)
    }

    /// The decision, for its reader.
    #[must_use]
    pub fn decided(&self, p: &Page) -> String {
        Status::read_again(&p.ctx, &self.decision)
    }

    /// Who proposed it, and where, in words.
    #[must_use]
    pub fn by(&self, p: &Page, areas: &HashMap<Uuid, String>) -> String {
        let who = if self.author_name.is_empty() { p.t("idea-anonymous") } else { self.author_name.clone() };
        match self.area_id.and_then(|id| areas.get(&id)) {
            Some(area) => format!("{who}, {area}"),
            None => who,
        }
    }
}

/// The first sentence of a text in Markdown, as plain words that end like a sentence.
#[must_use]
pub fn first_sentence(markdown: &str) -> String {
    let sentence = title_of(&plain(markdown));
    if sentence.is_empty() || sentence.ends_with(['.', '!', '?', '…']) { sentence } else { format!("{sentence}.") }
}

/// A text in Markdown as plain words: marks of emphasis, titles and lists go, links keep their words.
#[must_use]
pub fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        let line = line.trim_start_matches(['#', '>', ' ']);
        let mut rest = line.strip_prefix("* ").or_else(|| line.strip_prefix("- ")).unwrap_or(line);
        while let Some((before, after)) = rest.split_once("](") {
            let (text, words) = before.rsplit_once('[').unwrap_or((before, ""));
            out.push_str(&text.replace(['*', '_', '`'], ""));
            out.push_str(&words.replace(['*', '_', '`'], ""));
            rest = after.split_once(')').map_or("", |(_, r)| r);
        }
        out.push_str(&rest.replace("**", "").replace(['*', '`'], ""));
        out.push('\n');
    }
    out
}

/// Newest answers to visible ideas of these projects, those of one status only if it is named.
///
/// # Errors
/// When the database refuses.
pub async fn latest(
    c: &impl ConnectionTrait,
    projects: &[Uuid],
    status: Option<Status>,
    limit: i64,
    offset: i64,
) -> Result<Vec<Outcome>> {
    if projects.is_empty() {
        return Ok(Vec::new());
    }
    let n = projects.len();
    let mut keys: Vec<Value> = projects.iter().map(|id| Value::from(*id)).collect();
    keys.extend(args![limit, offset]);
    // The order's own index serves best, not each project's.
    let unindexed = Dialect::of(c.get_database_backend()).unindexed();
    let only = status.map_or_else(String::new, |s| {
        keys.push(s.code().into());
        format!("AND c.status = ${}", keys.len())
    });
    let sql = format!(
        "SELECT c.number, c.title, c.body, c.status, c.author_name, c.area_id, a.decision, a.body AS answer, a.signer, \
         a.published_at \
         FROM contribution c JOIN answer a ON a.contribution_id = c.id WHERE c.kind = 'idea' AND c.visible = TRUE \
         AND c.answered_at IS NOT NULL AND {unindexed}c.project_id IN ({}) {only} ORDER BY c.answered_at DESC, c.id DESC \
         LIMIT ${} OFFSET ${}",
        db::placeholders(1, n),
        n + 1,
        n + 2
    );
    db::all(c, &sql, keys).await
}

/// How many ideas of these projects are answered.
///
/// # Errors
/// When the database refuses.
pub async fn count(c: &impl ConnectionTrait, projects: &[Uuid]) -> Result<i64> {
    if projects.is_empty() {
        return Ok(0);
    }
    // One index holds all of this.
    let unindexed = Dialect::of(c.get_database_backend()).unindexed();
    let sql = format!(
        "SELECT count(*) FROM contribution c WHERE c.kind = 'idea' AND c.visible = TRUE AND c.answered_at IS NOT NULL \
         AND {unindexed}c.project_id IN ({})",
        db::placeholders(1, projects.len())
    );
    db::count(c, &sql, projects.iter().map(|id| Value::from(*id)).collect()).await
}

#[derive(Template)]
#[template(path = "ideas/answers.html")]
struct Answers<'a> {
    p: &'a Page,
    outcomes: Vec<Outcome>,
    areas: HashMap<Uuid, String>,
    total: i64,
    n: i64,
    pages: i64,
    before: String,
    after: String,
}

/// The answered ideas of all public projects. Public.
///
/// # Errors
/// When the database refuses.
pub async fn show(ctx: Ctx) -> Result<Response> {
    let db = ctx.app.db.read();
    let ids: Vec<Uuid> = seen::public(&ctx).await?.iter().map(|s| s.project.id).collect();
    let n = seen::query(&ctx).get("page").parse::<i64>().unwrap_or(1).clamp(1, 100_000);
    let total = count(db, &ids).await?;
    let pages = ((total + PER_PAGE - 1) / PER_PAGE).max(1);
    let mut page = Page::new(&ctx, ctx.t("answers-title")).described(ctx.t("answers-description"));
    page.image = urls::SiteCard {}.to_string();
    page.feeds = crate::feeds::of_answers(&ctx);
    let at = |n: i64| if (1..=pages).contains(&n) { format!("{}?page={n}", urls::Answers {}) } else { String::new() };
    let answers = Answers {
        p: &page,
        outcomes: latest(db, &ids, None, PER_PAGE, (n - 1) * PER_PAGE).await?,
        areas: parvis_people::areas::names(db).await?,
        total,
        n,
        pages,
        before: at(n - 1),
        after: at(n + 1),
    };
    parvis_ui::html(&answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_of_an_answer() {
        assert_eq!(first_sentence("**Oui, nous la ferons.** Le reste."), "Oui, nous la ferons.");
        assert_eq!(first_sentence("## Trop cher\n\n6 millions."), "Trop cher.");
        assert_eq!(first_sentence("Voir [le plan](https://exemple.fr). Merci."), "Voir le plan.");
        assert_eq!(first_sentence(""), "");
    }
}
