//! The map of the site for search engines (sitemaps.org): its pages, public projects and ideas online.

use axum::{extract::Path, http::HeaderMap, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{Ctx, Error, Result, args, db};
use sea_orm::{FromQueryResult, Value};
use std::fmt::Write as _;
use uuid::Uuid;

use super::{
    conditional,
    xml::{escape, iso},
};
use crate::{seen, urls};

/// Ideas of one part: far under the 50,000 addresses that a file may hold.
const PART: i64 = 10_000;
const KIND: &str = "application/xml; charset=utf-8";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

async fn public(ctx: &Ctx) -> Result<Vec<seen::Seen>> {
    seen::public(ctx).await
}

/// The greatest number of an idea anybody may read, 0 without any.
async fn last_number(ctx: &Ctx, projects: &[Uuid]) -> Result<i64> {
    if projects.is_empty() {
        return Ok(0);
    }
    let sql = format!(
        "SELECT coalesce(max(number), 0) FROM contribution WHERE kind = 'idea' AND visible = TRUE AND project_id IN ({})",
        db::placeholders(1, projects.len())
    );
    db::count(ctx.app.db.read(), &sql, projects.iter().map(|id| Value::from(*id)).collect()).await
}

/// The parts of the map. Public.
///
/// # Errors
/// When the database refuses.
pub async fn index(ctx: Ctx, headers: HeaderMap) -> Result<Response> {
    let ids: Vec<Uuid> = public(&ctx).await?.iter().map(|s| s.project.id).collect();
    let parts = (last_number(&ctx, &ids).await? + PART - 1) / PART;
    let base = escape(ctx.app.base_url(&ctx.settings));
    let mut out = format!("{HEAD}<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
    for page in 0..=parts {
        let _ = write!(out, "\n<sitemap><loc>{base}{}</loc></sitemap>", urls::SitemapPart { page });
    }
    out.push_str("</sitemapindex>\n");
    Ok(conditional::answer(&headers, KIND, out))
}

#[derive(FromQueryResult)]
struct Row {
    number: i64,
    created_at: DateTime<Utc>,
    published_at: Option<DateTime<Utc>>,
    answered_at: Option<DateTime<Utc>>,
}

/// One part: the pages and projects, or a range of ideas. Public.
///
/// # Errors
/// `NotFound` beyond the last, or when the database refuses.
pub async fn part(ctx: Ctx, headers: HeaderMap, Path(page): Path<i64>) -> Result<Response> {
    let seen = public(&ctx).await?;
    let base = ctx.app.base_url(&ctx.settings).to_owned();
    let mut out = format!("{HEAD}<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
    let mut add = |path: String, at: Option<DateTime<Utc>>| {
        let at = at.map_or_else(String::new, |at| format!("<lastmod>{}</lastmod>", iso(at)));
        let _ = write!(out, "\n<url><loc>{}</loc>{at}</url>", escape(&format!("{base}{path}")));
    };
    if page == 0 {
        let own = [urls::Home {}.to_string(), urls::Projects {}.to_string(), urls::Ideas {}.to_string()];
        let more = [urls::Answers {}.to_string(), urls::Moderation {}.to_string()];
        own.into_iter().chain(more).for_each(|path| add(path, None));
        parvis_ui::page::FOOT.iter().for_each(|slug| add(format!("/pages/{slug}"), None));
        seen.iter().for_each(|s| add(urls::Project { slug: s.project.slug.clone() }.to_string(), None));
    } else {
        let ids: Vec<Uuid> = seen.iter().map(|s| s.project.id).collect();
        let first = page.checked_sub(1).filter(|p| *p >= 0).and_then(|p| p.checked_mul(PART)).ok_or(Error::NotFound)?;
        if first >= last_number(&ctx, &ids).await? {
            return Err(Error::NotFound);
        }
        let sql = format!(
            "SELECT number, created_at, published_at, answered_at FROM contribution WHERE kind = 'idea' \
             AND visible = TRUE AND number > $1 AND number <= $2 AND project_id IN ({}) ORDER BY number",
            db::placeholders(3, ids.len())
        );
        let mut keys = args![first, first + PART];
        keys.extend(ids.iter().map(|id| Value::from(*id)));
        let rows: Vec<Row> = db::all(ctx.app.db.read(), &sql, keys).await?;
        for r in rows {
            let at = r.answered_at.or(r.published_at).unwrap_or(r.created_at);
            add(urls::Idea { number: r.number }.to_string(), Some(at));
        }
    }
    out.push_str("</urlset>\n");
    Ok(conditional::answer(&headers, KIND, out))
}
