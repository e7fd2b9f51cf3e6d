//! Where nothing can be posted: why, the text kept and given back, and the way to send it by mail instead.

use askama::Template;
use axum::response::Response;
use chrono::{Days, NaiveDate};
use parvis_kernel::{Ctx, Result, form::Form, locale, retention, settings::Kind, url};
use parvis_ui::Page;

use super::drafts;
use crate::{
    personal::DRAFTS,
    projects::{Act, PHASE_CLOSED},
    seen::Seen,
    urls,
};

/// Bytes that the text of a mail may take in an address: some mail programs open none that is longer.
const MOST_IN_ADDRESS: usize = 1_800;

#[derive(Template)]
#[template(path = "post/closed.html")]
struct Closed<'a> {
    p: &'a Page,
    title: String,
    why: String,
    next: String,
    when: String,
    back: String,
    /// What was written.
    text: String,
    /// The last day it is kept.
    until: Option<NaiveDate>,
    /// A new mail to the team with the text in it; empty without an address to write to.
    mailto: String,
    /// Whether the text is too long to stand in that address.
    long: bool,
}

/// The page that stands where the form was, with the text kept.
pub(super) async fn page(ctx: &Ctx, form: &Form, seen: Option<&Seen>) -> Result<Response> {
    let refusal = seen.and_then(|s| s.may(ctx, Act::Post).err()).unwrap_or(PHASE_CLOSED);
    let code = refusal.code();
    let page = Page::new(ctx, ctx.t(&format!("refusal-{code}"))).private();
    let (text, until) = kept(ctx, form, seen).await?;
    // Lines of a mail end with both signs.
    let encoded = url::encode(&text.replace('\n', "\r\n"));
    let long = encoded.len() > MOST_IN_ADDRESS;
    let closed = Closed {
        title: page.title.clone(),
        why: ctx.t(&format!("refusal-{code}.why")),
        next: ctx.t(&format!("refusal-{code}.next")),
        when: seen.map_or_else(String::new, |s| s.when(ctx, Act::Post)),
        back: seen
            .map_or_else(|| urls::Ideas {}.to_string(), |s| s.link(urls::Project { slug: s.project.slug.clone() })),
        mailto: if text.is_empty() { String::new() } else { mailto(ctx, seen, if long { "" } else { &encoded }) },
        text,
        until,
        long,
        p: &page,
    };
    parvis_ui::html_with(refusal.status(), &closed)
}

/// What was written, now or before in this browser, and the last day it is kept.
async fn kept(ctx: &Ctx, form: &Form, seen: Option<&Seen>) -> Result<(String, Option<NaiveDate>)> {
    let typed = form.get("idee").to_owned();
    let Some(seen) = seen else { return Ok((typed, None)) };
    let id = form.get("brouillon").parse().ok();
    if id.is_none() && !typed.is_empty() {
        return Ok((typed, None));
    }
    let db = ctx.app.db.read();
    let Some(draft) = drafts::kept(db, ctx.visitor, seen.project.id, id).await? else { return Ok((typed, None)) };
    let days = u64::try_from(retention::days(db, &DRAFTS).await?).unwrap_or(0);
    let until = locale::local_day(draft.created_at, ctx.settings.tz()).checked_add_days(Days::new(days));
    Ok((if typed.is_empty() { draft.body } else { typed }, until))
}

fn mailto(ctx: &Ctx, seen: Option<&Seen>, body: &str) -> String {
    if ctx.settings.contact.is_empty() {
        return String::new();
    }
    let about = seen.map_or(ctx.settings.name.as_str(), |s| s.project.title.as_str());
    let subject = ctx.app.words.with(ctx.lang, "closed-send-subject", &[("about", &about)]);
    let to = url::encode(&ctx.settings.contact).replace("%40", "@");
    let body = if body.is_empty() { String::new() } else { format!("&body={body}") };
    format!("mailto:{to}?subject={}{body}", url::encode(&subject))
}

impl Closed<'_> {
    fn send_words(&self) -> &'static str {
        if self.p.ctx.settings.kind == Kind::TownHall { "closed-send-town" } else { "closed-send-team" }
    }
}
