//! Posting, first screen: the text, and nothing else that must be filled in.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    db::Tx,
    form::{Form, clean, is_blank},
    rate::{self, Limit},
};
use parvis_people::blocks;
use parvis_ui::{Page, redirect};
use uuid::Uuid;

use super::{
    MAX_TEXT, closed,
    drafts::{self, Draft},
    own, store,
};
use crate::{
    links,
    projects::Act,
    seen::{self, Seen},
    urls,
};

/// Drafts from one browser.
const BY_HOLDER: Limit = Limit::per_minutes("draft", 60, 60);
/// Drafts from one address: a school or a library shares one.
const BY_ADDRESS: Limit = Limit::per_minutes("draft-address", 400, 60);
/// Longest word, in characters: a run without a space, which nothing can set on lines.
const MAX_WORD: usize = 200;
/// Longest address of a web page, in characters.
const MAX_ADDRESS: usize = 2_000;
/// Longest name of a place, in characters.
pub const MAX_PLACE: usize = 200;

#[derive(Template)]
#[template(path = "post/write.html")]
struct Write<'a> {
    p: &'a Page,
    f: &'a Form,
    projects: &'a [Seen],
    action: String,
    question: String,
    /// The language of the question.
    lang: &'static str,
}

/// The projects an idea may be posted in: the one named first.
///
/// # Errors
/// `NotFound` when the one named can't be seen.
async fn open(ctx: &Ctx, slug: &str) -> Result<(Vec<Seen>, Option<Seen>)> {
    let named = if slug.is_empty() { None } else { Some(seen::by_slug(ctx, slug).await?) };
    let mut open = match &named {
        // A project of a secret link stays alone: nobody ends up elsewhere by mistake.
        Some(s) if !s.project.is_public() => vec![s.clone()],
        _ => seen::public(ctx).await?,
    };
    open.retain(|s| s.may(ctx, Act::Post).is_ok());
    Ok((open, named))
}

/// The first screen. Public.
///
/// # Errors
/// `NotFound` for a project that can't be seen.
pub async fn write(ctx: Ctx) -> Result<Response> {
    let mut form = seen::query(&ctx);
    prefill(&ctx, &mut form).await?;
    page(&ctx, &form, StatusCode::OK).await
}

/// What was typed before: a draft of this browser, or an idea of its own that was refused.
async fn prefill(ctx: &Ctx, form: &mut Form) -> Result<()> {
    let db = ctx.app.db.read();
    if let Ok(id) = form.get("brouillon").parse::<Uuid>() {
        let draft = drafts::find(db, ctx.visitor, id).await?;
        let slug = crate::projects::store::find(db, draft.project_id).await?.slug;
        form.set("idee", draft.body);
        form.set("projet", slug);
        form.set("lien", draft.link.unwrap_or_default());
        form.set("lieu", draft.place);
        form.set("quartier", draft.area_id.map(|a| a.to_string()).unwrap_or_default());
    } else if let Ok(number) = form.get("corriger").parse::<i64>() {
        let c = store::by_number(db, number).await?;
        if !own::is_mine(ctx, &c) {
            // Its author may be on another device: signing in shows who asks.
            let signed_in = ctx.actor.person().is_some();
            return Err(if signed_in { Error::NotFound } else { Refusal::NOT_SIGNED_IN.into() });
        }
        let slug = crate::projects::store::find(db, c.project_id).await?.slug;
        form.set("idee", c.body);
        form.set("projet", slug);
        form.set("lieu", c.place);
        form.set("quartier", c.area_id.map(|a| a.to_string()).unwrap_or_default());
    }
    Ok(())
}

async fn page(ctx: &Ctx, form: &Form, status: StatusCode) -> Result<Response> {
    let (projects, named) = open(ctx, form.get("projet")).await?;
    if let Some(s) = named.as_ref().filter(|s| s.may(ctx, Act::Post).is_err()) {
        return closed::page(ctx, form, Some(s)).await;
    }
    if projects.is_empty() {
        return closed::page(ctx, form, None).await;
    }
    let mut form = form.clone();
    if form.get("projet").is_empty() {
        form.set("projet", projects.first().map_or("", |s| s.project.slug.as_str()));
    }
    let page = Page::new(ctx, ctx.t("post-title-1")).private().with(&form);
    let (question, lang) = match projects.as_slice() {
        [one] => (one.project.title.clone(), one.title_lang()),
        _ if ctx.settings.question.is_empty() => (ctx.t("home-question"), ctx.lang.code()),
        _ => (ctx.settings.question.clone(), ctx.settings.lang.code()),
    };
    let action = projects.first().map_or_else(String::new, |s| s.link(urls::Post {}));
    parvis_ui::html_with(status, &Write { p: &page, f: &form, projects: &projects, action, question, lang })
}

/// Checks a text: something in it, not too long, and no word too long. The words of the error stand beside the field.
pub fn check_text(ctx: &Ctx, form: &mut Form, field: &'static str, missing: &str) -> String {
    let text = form.text(field);
    let length = text.chars().count();
    if is_blank(&text) {
        form.fail(field, ctx.t(missing));
    } else if length > MAX_TEXT {
        form.fail(field, too_long(ctx, "text-too-long", length, MAX_TEXT));
    } else if let Some((length, most)) = long_word(&text) {
        form.fail(field, too_long(ctx, "text-word-too-long", length, most));
    }
    text
}

/// The first word that is too long, or address of a web page: its length, and the longest that is taken.
fn long_word(text: &str) -> Option<(usize, usize)> {
    text.split(|c: char| c.is_whitespace() || breaks(c)).find_map(|word| {
        let is_address = word.contains("://") || word.contains("www.");
        let most = if is_address { MAX_ADDRESS } else { MAX_WORD };
        let length = word.chars().count();
        (length > most).then_some((length, most))
    })
}

/// Signs of writings without spaces, after which a line may end: Thai, Lao, Tibetan, Burmese, Khmer, Chinese, Japanese, Korean, and
/// pictures.
const fn breaks(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}' | '\u{200b}'
        | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'
        | '\u{1f000}'..='\u{1faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Words that say how long something is, and how long it may be.
pub(super) fn too_long(ctx: &Ctx, key: &str, length: usize, most: usize) -> String {
    let n = i64::try_from(length).unwrap_or(i64::MAX);
    let max = i64::try_from(most).unwrap_or(i64::MAX);
    ctx.app.words.with(ctx.lang, key, &[("n", &n), ("max", &max)])
}

/// Reads a place. One that would be cut is an error beside its field.
#[must_use]
pub fn check_place(ctx: &Ctx, form: &mut Form, field: &'static str) -> String {
    let length = line(form.get(field)).chars().count();
    if length > MAX_PLACE {
        form.fail(field, too_long(ctx, "place-too-long", length, MAX_PLACE));
    }
    place(form.get(field))
}

/// The field that people never see: what fills it in is a program.
pub fn check_trap(ctx: &Ctx, form: &mut Form, field: &'static str) {
    if !form.get("site").is_empty() {
        form.set("site", "");
        form.fail(field, ctx.t("form-trap"));
    }
}

/// Keeps the text as a draft and goes on. Public.
///
/// # Errors
/// `too_many`, or when the database refuses.
pub async fn keep(ctx: Ctx, mut form: Form) -> Result<Response> {
    let body = check_text(&ctx, &mut form, "idee", "post-missing");
    check_trap(&ctx, &mut form, "idee");
    let (open, named) = open(&ctx, form.get("projet")).await?;
    if named.is_none() && open.len() > 1 {
        // Sent by a page that knew of one project only: it is asked which, and the text stands in its field.
        return page(&ctx, &form, StatusCode::OK).await;
    }
    let chosen = named.or_else(|| open.first().cloned());
    let Some(seen) = chosen.filter(|_| form.is_valid()) else {
        return page(&ctx, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if let Some(refused) = blocks::pages::refused(&ctx, false, &body).await? {
        return Ok(refused);
    }
    let draft = Draft {
        id: form.get("brouillon").parse().unwrap_or_else(|_| ctx.moment.id()),
        project_id: seen.project.id,
        body,
        place: place(form.get("lieu")),
        area_id: area(&ctx, form.get("quartier")).await?,
        link: links::store::known(ctx.app.db.read(), form.get("lien"), seen.project.id).await?,
        contribution_id: None,
    };
    let inner = ctx.clone();
    let id = ctx.app.db.write(move |tx| Box::pin(save(tx, inner.clone(), draft.clone()))).await?;
    if seen.may(&ctx, Act::Post).is_err() {
        // Too late, or too early: what was written is kept all the same, and the page says until when.
        form.set("brouillon", id.to_string());
        return closed::page(&ctx, &form, Some(&seen)).await;
    }
    Ok(redirect(seen.link(urls::Sign { draft: id })))
}

async fn save(tx: &Tx, ctx: Ctx, mut draft: Draft) -> Result<Uuid> {
    rate::hit(tx, BY_HOLDER, &ctx.visitor.to_string(), ctx.now()).await?;
    rate::hit(tx, BY_ADDRESS, &ctx.address, ctx.now()).await?;
    if !drafts::update(tx, ctx.visitor, &draft).await? {
        // Unknown, somebody else's, or an idea already: a draft of its own.
        draft.id = ctx.moment.id();
        drafts::insert(tx, &ctx, &draft).await?;
    }
    Ok(draft.id)
}

/// A text on one line, whole; empty when it says nothing.
#[must_use]
pub fn line(text: &str) -> String {
    let text = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if is_blank(&text) { String::new() } else { text }
}

/// A place as it is stored.
#[must_use]
pub fn place(text: &str) -> String {
    line(text).chars().take(MAX_PLACE).collect()
}

/// An area that exists, from its key.
///
/// # Errors
/// When the database refuses.
pub async fn area(ctx: &Ctx, id: &str) -> Result<Option<Uuid>> {
    let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
    Ok(parvis_people::areas::names(ctx.app.db.read()).await?.contains_key(&id).then_some(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_ends_somewhere_unless_it_is_an_address() {
        let long = |n: usize| "a".repeat(n);
        assert_eq!(long_word(&long(200)), None);
        assert_eq!(long_word(&format!("Un {} banc", long(201))), Some((201, 200)));
        assert_eq!(long_word(&"é".repeat(201)), Some((201, 200)), "characters, not bytes");
        assert_eq!(long_word(&"Un banc, une fontaine. ".repeat(800)), None);
        for address in ["https://exemple.fr/", "(http://exemple.fr/", "www.exemple.fr/"] {
            let rest = 2_000 - address.chars().count();
            assert_eq!(long_word(&format!("Voir {address}{}", long(rest))), None, "{address}");
            assert_eq!(long_word(&format!("{address}{}", long(rest + 1))), Some((2_001, 2_000)), "{address}");
        }
        for (signs, writing) in [("長椅子", "Chinese"), ("ベンチ", "Japanese"), ("ม้านั่ง", "Thai"), ("🌳", "pictures")]
        {
            assert_eq!(long_word(&signs.repeat(300)), None, "{writing} has no spaces");
        }
    }
}
