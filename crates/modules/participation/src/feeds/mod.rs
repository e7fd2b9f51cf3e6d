//! What machines read of the public site: feeds of ideas and answers, and the map of the site for search engines. Only what
//! anybody finds: no draft, no secret link, nothing of the team alone, nothing hidden or taken back.

pub mod conditional;
pub mod sitemap;
pub mod xml;

use std::collections::HashMap;

use axum::{extract::Path, http::HeaderMap, response::Response};
use parvis_kernel::{Ctx, Error, Result};
use parvis_tables::mask;
use parvis_ui::{SafeHtml, french, page::Feed as Named};
use uuid::Uuid;

use crate::{
    answers,
    ideas::{
        Contribution,
        answers::{Outcome, latest},
        list::{self, Filter, Sort},
    },
    projects::Project,
    seen::{self, Seen},
    urls,
};
use xml::{Entry, Feed, Format};

/// Entries of a feed: the newest.
const ENTRIES: i64 = 30;

/// The feeds of the site's ideas, for the head and the foot of a page.
#[must_use]
pub fn of_site(ctx: &Ctx) -> Vec<Named> {
    named(ctx, "feed-ideas", &ctx.settings.name, urls::FeedIdeasAtom {}, urls::FeedIdeasRss {})
}

/// The feeds of the answers.
#[must_use]
pub fn of_answers(ctx: &Ctx) -> Vec<Named> {
    named(ctx, "feed-answers", &ctx.settings.name, urls::FeedAnswersAtom {}, urls::FeedAnswersRss {})
}

/// The feeds of a project; none for a project that is not public.
#[must_use]
pub fn of_project(ctx: &Ctx, project: &Project) -> Vec<Named> {
    if !project.is_public() {
        return Vec::new();
    }
    let slug = || project.slug.clone();
    let (atom, rss) = (urls::FeedProjectAtom { slug: slug() }, urls::FeedProjectRss { slug: slug() });
    named(ctx, "feed-project", &project.title, atom, rss)
}

fn named(ctx: &Ctx, key: &str, of: &str, atom: impl ToString, rss: impl ToString) -> Vec<Named> {
    let title = ctx.app.words.with(ctx.lang, key, &[("name", &of.to_owned())]);
    let one = |kind: &'static str, word: &'static str, href: String| Named { kind, word, title: title.clone(), href };
    vec![one("application/atom+xml", "Atom", atom.to_string()), one("application/rss+xml", "RSS", rss.to_string())]
}

/// The newest ideas of all public projects. Public.
///
/// # Errors
/// When the database refuses.
pub async fn ideas(ctx: Ctx, headers: HeaderMap, format: Format) -> Result<Response> {
    let seen = seen::public(&ctx).await?;
    let own = match format {
        Format::Atom => urls::FeedIdeasAtom {}.to_string(),
        Format::Rss => urls::FeedIdeasRss {}.to_string(),
    };
    let head = Head { key: "feed-ideas", name: ctx.settings.name.clone(), home: urls::Ideas {}.to_string(), own };
    let entries = newest(&ctx, &seen).await?;
    answer(&ctx, &headers, format, head, entries).await
}

/// The newest ideas of a public project. Public.
///
/// # Errors
/// `NotFound` for a project that is not public, whoever asks: a feed is copied by others.
pub async fn project(ctx: Ctx, headers: HeaderMap, Path(slug): Path<String>, format: Format) -> Result<Response> {
    let seen = seen::public(&ctx).await?.into_iter().find(|s| s.project.slug == slug).ok_or(Error::NotFound)?;
    let own = match format {
        Format::Atom => urls::FeedProjectAtom { slug: slug.clone() }.to_string(),
        Format::Rss => urls::FeedProjectRss { slug: slug.clone() }.to_string(),
    };
    let head =
        Head { key: "feed-project", name: seen.project.title.clone(), home: urls::Project { slug }.to_string(), own };
    let entries = newest(&ctx, std::slice::from_ref(&seen)).await?;
    answer(&ctx, &headers, format, head, entries).await
}

/// The newest official answers. Public.
///
/// # Errors
/// When the database refuses.
pub async fn answers(ctx: Ctx, headers: HeaderMap, format: Format) -> Result<Response> {
    let ids: Vec<Uuid> = seen::public(&ctx).await?.iter().map(|s| s.project.id).collect();
    let own = match format {
        Format::Atom => urls::FeedAnswersAtom {}.to_string(),
        Format::Rss => urls::FeedAnswersRss {}.to_string(),
    };
    let head = Head { key: "feed-answers", name: ctx.settings.name.clone(), home: urls::Answers {}.to_string(), own };
    let outcomes = latest(ctx.app.db.read(), &ids, None, ENTRIES, 0).await?;
    let entries = outcomes.iter().map(|o| of_outcome(&ctx, o)).collect();
    answer(&ctx, &headers, format, head, entries).await
}

/// What a feed is, but for its entries.
struct Head {
    key: &'static str,
    name: String,
    home: String,
    own: String,
}

async fn answer(ctx: &Ctx, headers: &HeaderMap, format: Format, head: Head, entries: Vec<Entry>) -> Result<Response> {
    // A feed is the same for everybody, so that it can be kept on the way: it speaks the instance's language.
    let lang = ctx.settings.lang;
    let base = ctx.app.base_url(&ctx.settings);
    let updated = entries.iter().map(|e| e.updated).max();
    let feed = Feed {
        title: ctx.app.words.with(lang, head.key, &[("name", &head.name)]),
        about: ctx.app.words.with(lang, &format!("{}.about", head.key), &[("name", &head.name)]),
        home: format!("{base}{}", head.home),
        own: format!("{base}{}", head.own),
        lang: lang.code(),
        updated: updated.or(ctx.settings.set_up_at).unwrap_or_default(),
        entries,
    };
    Ok(conditional::answer(headers, format.content_type(), feed.write(format)))
}

async fn newest(ctx: &Ctx, seen: &[Seen]) -> Result<Vec<Entry>> {
    let c = ctx.app.db.read();
    let projects: HashMap<Uuid, &str> = seen.iter().map(|s| (s.project.id, s.project.title.as_str())).collect();
    let filter =
        Filter { projects: projects.keys().copied().collect(), lang: ctx.settings.lang.code(), ..Filter::default() };
    let page = list::page(c, &filter, Sort::Recent, 0, ENTRIES, 0).await?;
    let title = |id: Uuid| projects.get(&id).map_or_else(String::new, |t| (*t).to_owned());
    Ok(page.ideas.iter().map(|i| of_idea(ctx, i, title(i.project_id))).collect())
}

/// Words with the typography of the feed's language.
fn text(ctx: &Ctx, words: &str) -> String {
    let words = mask(words);
    if ctx.settings.lang == parvis_kernel::words::Lang::Fr { french(&words) } else { words }
}

fn html(ctx: &Ctx, html: SafeHtml) -> String {
    let html = if ctx.settings.lang == parvis_kernel::words::Lang::Fr { html.french() } else { html };
    html.as_str().to_owned()
}

fn link(ctx: &Ctx, number: i64) -> String {
    format!("{}{}", ctx.app.base_url(&ctx.settings), urls::Idea { number })
}

fn of_idea(ctx: &Ctx, idea: &Contribution, project: String) -> Entry {
    let published = idea.published_at.unwrap_or(idea.created_at);
    Entry {
        link: link(ctx, idea.number),
        title: text(ctx, &idea.heading()),
        html: html(ctx, SafeHtml::from_plain_text(&mask(&idea.body))),
        author: text(ctx, &idea.author_name),
        categories: [project, idea.tag.clone()].into_iter().filter(|c| !c.is_empty()).collect(),
        published,
        updated: idea.answered_at.map_or(published, |a| a.max(published)),
    }
}

fn of_outcome(ctx: &Ctx, o: &Outcome) -> Entry {
    let status = ctx.app.words.get(ctx.settings.lang, &format!("status-{}", o.status().code()));
    let own = ctx.settings.status_words.get(o.status().code()).and_then(|w| w.get(&ctx.settings.lang));
    let status = own.filter(|w| !w.is_empty()).cloned().unwrap_or(status);
    Entry {
        link: format!("{}#reponse", link(ctx, o.number)),
        title: text(ctx, &format!("{status} : {}", o.heading())),
        html: html(ctx, SafeHtml::from_markdown(&answers::bold_start(o.answer()))),
        author: text(ctx, o.signer()),
        categories: vec![status],
        published: o.published_at,
        updated: o.published_at,
    }
}
