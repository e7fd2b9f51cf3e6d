//! Projects as citizens read them: all of them, and one with its timeline, its ideas and their map.

use std::sync::Arc;

use askama::Template;
use axum::{extract::Path, response::Response};
use chrono::Datelike;
use parvis_kernel::{Ctx, Refusal, Result, locale};
use parvis_ui::{Page, SafeHtml, safe_html::Picture};

use super::{
    Act, Phase, areas,
    media::{self, Media},
    preview::Bar,
    texts::Field,
};
use crate::{
    caches::Caches,
    follows::consultation::{self, pages},
    ideas::pages::{List, list},
    seen::{self, Seen},
    urls,
};

/// A project in the list of all.
struct Line {
    seen: Seen,
    url: String,
    phase: String,
    phase_lang: &'static str,
    posting: bool,
    ideas: i64,
}

#[derive(Template)]
#[template(path = "projects/all.html")]
struct All<'a> {
    p: &'a Page,
    open: Vec<Line>,
    /// Those of each folder, in the order of their first project.
    folders: Vec<(String, Vec<Line>)>,
    over: Vec<Line>,
}

/// All public projects. Public.
///
/// # Errors
/// When the database refuses.
pub async fn all(ctx: Ctx) -> Result<Response> {
    let seen = seen::public(&ctx).await?;
    let counts = super::store::counts(ctx.app.db.read()).await?;
    let lines = seen.into_iter().map(|s| Line {
        url: urls::Project { slug: s.project.slug.clone() }.to_string(),
        phase: s.phase(&ctx).map_or_else(String::new, |p| p.title.clone()),
        phase_lang: s.phase(&ctx).map_or(ctx.lang.code(), |p| s.spoken.lang(Field::Phase(p.id))),
        posting: s.may(&ctx, Act::Post).is_ok(),
        ideas: counts.iter().find(|c| c.project_id == s.project.id).map_or(0, |c| c.n),
        seen: s,
    });
    let today = ctx.today();
    let ended = |l: &Line| {
        l.seen.project.state == "archived" || l.seen.phases.iter().all(|p| p.ends_on.is_some_and(|e| e < today))
    };
    let (over, current): (Vec<Line>, Vec<Line>) = lines.partition(ended);
    let (open, folders) = super::by_folder(current, |l| &l.seen.project.folder);
    let mut page = Page::new(&ctx, ctx.t("projects-title")).described(ctx.t("projects-description"));
    page.image = urls::SiteCard {}.to_string();
    parvis_ui::html(&All { p: &page, open, folders, over })
}

/// A step of the timeline.
struct Step {
    title: String,
    lang: &'static str,
    when: String,
    current: bool,
}

/// `15 au 31 décembre`, `du 24 novembre au 14 décembre`, `à partir du 3 mars`.
fn when(ctx: &Ctx, phase: &Phase) -> String {
    let today = ctx.today();
    let day = |d| locale::day(ctx.lang, d, today);
    let words = &ctx.app.words;
    match phase.ends_on {
        None => words.with(ctx.lang, "phase-from", &[("date", &day(phase.starts_on))]),
        Some(end) if end == phase.starts_on => day(end),
        Some(end) => {
            let short = end.year() == phase.starts_on.year() && end.month() == phase.starts_on.month();
            let start = if short { phase.starts_on.day().to_string() } else { day(phase.starts_on) };
            words.with(ctx.lang, "phase-span", &[("start", &start), ("end", &day(end))])
        }
    }
}

#[derive(Template)]
#[template(path = "projects/one.html")]
struct One<'a> {
    p: &'a Page,
    seen: &'a Seen,
    steps: Vec<Step>,
    post: String,
    refused: Option<Refusal>,
    when: String,
    open_until: String,
    /// The areas it is about, in one line; empty for the whole town.
    places: String,
    easy: Vec<&'a str>,
    /// Who read that again; empty for nobody, and for a translation, which they did not read.
    easy_by: &'a str,
    /// The text, with the images it names.
    description: SafeHtml,
    /// Of a preview.
    bar: Option<Bar>,
    /// The first image, then the others, then the documents.
    cover: Option<&'a Media>,
    images: Vec<&'a Media>,
    documents: Vec<&'a Media>,
    l: &'a List,
    /// Whether whoever reads follows it.
    follows: bool,
}

impl One<'_> {
    fn file(&self, m: &Media) -> String {
        self.seen.link(urls::ProjectFile { slug: self.seen.project.slug.clone(), id: m.id })
    }

    fn follow_url(&self) -> String {
        pages::follow_url(self.seen)
    }

    fn why(&self) -> String {
        self.refused.map_or_else(String::new, |r| self.p.t(&format!("refusal-{}", r.code())))
    }
}

/// Until when posting is open, in words.
fn open_until(page: &Page, seen: &Seen) -> String {
    let Some(end) = seen.phase(&page.ctx).and_then(|p| p.ends_on) else { return String::new() };
    match (end - page.ctx.today()).num_days() {
        0 => page.t("project-last-day"),
        n => page.t2("project-open-until", "date", page.day(&end), "n", n),
    }
}

/// One project with its ideas. Public, or with its link's key, or for the team.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn one(ctx: Ctx, caches: Arc<Caches>, Path(slug): Path<String>) -> Result<Response> {
    let seen = seen::by_slug(&ctx, &slug).await?;
    render(&ctx, &caches, seen, None).await
}

/// The page of a project, or its preview.
///
/// # Errors
/// When the database refuses.
pub async fn render(ctx: &Ctx, caches: &Arc<Caches>, seen: Seen, bar: Option<Bar>) -> Result<Response> {
    let slug = seen.project.slug.clone();
    let address = urls::Project { slug: slug.clone() }.to_string();
    let mut list = list(ctx, caches, std::slice::from_ref(&seen), address).await?;
    list.csv = seen.link(list.asked.carried(&urls::ProjectCsv { slug }.to_string()));
    let mut page = Page::new(ctx, seen.project.title.clone())
        .described(seen.project.summary.clone())
        .crumb(ctx.t("home-crumb"), urls::Home {})
        .crumb(ctx.t("nav-projects"), urls::Projects {})
        .crumb_in(seen.title_lang(), seen.project.title.clone(), "");
    // What is only previewed is nowhere else yet.
    page.private = bar.is_some() || !seen.project.is_public();
    page.image = urls::ProjectCard { slug: seen.project.slug.clone() }.to_string();
    page.feeds = if bar.is_some() { Vec::new() } else { crate::feeds::of_project(ctx, &seen.project) };
    let steps = seen
        .phases
        .iter()
        .map(|phase| Step {
            title: phase.title.clone(),
            lang: seen.spoken.lang(Field::Phase(phase.id)),
            when: when(ctx, phase),
            current: phase.holds(ctx.today()),
        })
        .collect();
    let refused = seen.may(ctx, Act::Post).err();
    let media = media::store::of(ctx.app.db.read(), seen.project.id).await?;
    let (images, documents): (Vec<&Media>, Vec<&Media>) = media.iter().partition(|m| m.is_image());
    let pictures: Vec<Picture> = images.iter().map(|m| m.picture(&seen)).collect();
    // What the text shows is not shown a second time below.
    let below = |m: &&Media| !media::names(&seen.project.description, m);
    let one = One {
        description: page.markdown_with(&seen.project.description, &pictures),
        bar,
        cover: images.first().copied().filter(below),
        images: images.into_iter().skip(1).filter(below).collect(),
        documents,
        p: &page,
        seen: &seen,
        steps,
        post: seen.link(seen::with_param(&urls::Post {}.to_string(), "projet", &seen.project.slug)),
        refused,
        when: seen.when(ctx, Act::Post),
        open_until: open_until(&page, &seen),
        places: areas::names(&areas::of(ctx.app.db.read(), seen.project.id).await?),
        easy_by: if seen.spoken.lang(Field::Easy) == seen.spoken.own.code() { &seen.project.easy_by } else { "" },
        easy: seen.project.easy.lines().map(str::trim).filter(|l| !l.is_empty()).collect(),
        l: &list,
        follows: consultation::is_following(ctx, seen.project.id).await?,
    };
    parvis_ui::html(&one)
}
