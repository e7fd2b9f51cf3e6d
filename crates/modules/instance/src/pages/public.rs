//! The pages as anybody reads them.

use askama::Template;
use axum::{extract::Path, response::Response};
use parvis_kernel::{Ctx, Error, Result, words::Lang};
use parvis_ui::{Page, SafeHtml, html};

use super::{Values, fill, known, original, store};

/// A page's text, formatted, in the typography of its own language.
#[must_use]
pub fn formatted(markdown: &str, lang: Lang) -> SafeHtml {
    let html = SafeHtml::from_page_markdown(markdown);
    if lang == Lang::Fr { html.french() } else { html }
}

#[derive(Template)]
#[template(path = "pages/show.html")]
struct Show<'a> {
    p: &'a Page,
    body: SafeHtml,
    /// The language of the text, when it is not the reader's.
    other: Option<Lang>,
    /// When the team last changed it.
    changed: Option<chrono::DateTime<chrono::Utc>>,
}

/// A page of the foot. Anybody. The team's text in the reader's language, else in another, else the program's.
///
/// # Errors
/// `NotFound` for a page that does not exist.
pub async fn show(ctx: Ctx, Path(slug): Path<String>) -> Result<Response> {
    let slug = known(&slug).ok_or(Error::NotFound)?;
    let own = store::of_page(ctx.app.db.read(), slug).await?;
    let chosen = own.iter().find(|o| o.lang() == ctx.lang).or_else(|| own.first());
    let lang = chosen.map_or(ctx.lang, store::Own::lang);
    let values = Values::of(&ctx.settings, lang);
    let text = chosen.map_or_else(|| original(slug, lang, &values), |o| fill(&o.body, &values));
    let title = ctx.t(&format!("page-{slug}"));
    let page = Page::new(&ctx, title.clone())
        .described(ctx.t(&format!("page-{slug}.about")))
        .crumb(ctx.t("home-crumb"), "/")
        .crumb(title, "");
    html(&Show {
        p: &page,
        body: formatted(&text, lang),
        other: (lang != ctx.lang).then_some(lang),
        changed: chosen.map(|o| o.updated_at),
    })
}
