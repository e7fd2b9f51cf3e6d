//! The citizens' side of the module: its routes, its words, its background work, and what it knows of a person.

use std::sync::Arc;

use axum::http::HeaderMap;
use chrono::TimeDelta;
use parvis_kernel::{
    Ctx,
    form::Form,
    jobs::JobKind,
    permission::{Access, Right},
    routes::Routes,
    words::{Lang, WordsFile},
};

use crate::{
    caches::Caches, comments, feeds, feeds::xml::Format, follows, home, ideas, links, moderation, own_space, projects,
    reactions, reports, sharing, urls, widget,
};

/// The routes of citizens' pages. All of them are open to anybody: what each shows and does is decided inside.
#[must_use]
pub fn citizens_routes(caches: &Arc<Caches>) -> Routes {
    pages(caches).and(pictures(caches)).and(machines()).and(posting(caches)).and(forms(caches))
}

/// Hands the caches to a page that needs nothing else.
macro_rules! with {
    ($caches:expr, $handler:path) => {{
        let caches = Arc::clone($caches);
        move |ctx: Ctx| $handler(ctx, caches)
    }};
    ($caches:expr, $handler:path, $($name:ident: $extractor:ty),+) => {{
        let caches = Arc::clone($caches);
        move |ctx: Ctx, $($name: $extractor),+| $handler(ctx, caches, $($name),+)
    }};
}

type Part<T> = axum::extract::Path<T>;

fn pages(caches: &Arc<Caches>) -> Routes {
    Routes::new()
        .get(urls::Home::ROUTE, Access::Public, with!(caches, home::show))
        .get(urls::Projects::ROUTE, Access::Public, projects::pages::all)
        .get(urls::Project::ROUTE, Access::Public, with!(caches, projects::pages::one, slug: Part<String>))
        .get(
            urls::DeskProjectPreview::ROUTE,
            Access::Team(Right::Read),
            with!(caches, projects::preview::show, part: Part<(String, String)>),
        )
        .get(urls::ProjectCsv::ROUTE, Access::Public, with!(caches, projects::csv::download, slug: Part<String>))
        .get(urls::ProjectFile::ROUTE, Access::Public, projects::media::serve::one)
        .get(urls::Ideas::ROUTE, Access::Public, with!(caches, ideas::pages::everywhere))
        .get(urls::Moderation::ROUTE, Access::Public, moderation::log::show)
        .get(urls::ModerationCsv::ROUTE, Access::Public, moderation::log::csv)
        .get(urls::Answers::ROUTE, Access::Public, ideas::answers::show)
        .get(urls::Idea::ROUTE, Access::Public, with!(caches, ideas::view::show, number: Part<i64>))
}

/// The pictures shown with links elsewhere.
fn pictures(caches: &Arc<Caches>) -> Routes {
    Routes::new()
        .get(urls::SiteCard::ROUTE, Access::Public, with!(caches, sharing::site))
        .get(urls::ProjectCard::ROUTE, Access::Public, with!(caches, sharing::project, slug: Part<String>))
        .get(urls::IdeaCard::ROUTE, Access::Public, with!(caches, sharing::idea, number: Part<i64>))
}

/// What machines read, and the frame for other sites.
fn machines() -> Routes {
    let atom_and_rss = [Format::Atom, Format::Rss];
    let mut routes = Routes::new()
        .get(urls::Sitemap::ROUTE, Access::Public, feeds::sitemap::index)
        .get(urls::SitemapPart::ROUTE, Access::Public, feeds::sitemap::part)
        .get(urls::Widget::ROUTE, Access::Public, widget::show);
    for format in atom_and_rss {
        let (ideas, project, answers) = match format {
            Format::Atom => (urls::FeedIdeasAtom::ROUTE, urls::FeedProjectAtom::ROUTE, urls::FeedAnswersAtom::ROUTE),
            Format::Rss => (urls::FeedIdeasRss::ROUTE, urls::FeedProjectRss::ROUTE, urls::FeedAnswersRss::ROUTE),
        };
        routes = routes
            .get(ideas, Access::Public, move |ctx: Ctx, h: HeaderMap| feeds::ideas(ctx, h, format))
            .get(answers, Access::Public, move |ctx: Ctx, h: HeaderMap| feeds::answers(ctx, h, format))
            .get(project, Access::Public, move |ctx: Ctx, h: HeaderMap, slug: Part<String>| {
                feeds::project(ctx, h, slug, format)
            });
    }
    routes
}

fn posting(caches: &Arc<Caches>) -> Routes {
    Routes::new()
        .get(urls::Short::ROUTE, Access::Public, links::visit::open)
        .get(urls::Post::ROUTE, Access::Public, ideas::post::write)
        .post(urls::Post::ROUTE, Access::Public, ideas::post::keep)
        .get(urls::Sign::ROUTE, Access::Public, with!(caches, ideas::sign::show, draft: Part<uuid::Uuid>))
        .post(
            urls::Sign::ROUTE,
            Access::Public,
            with!(caches, ideas::sign::publish, draft: Part<uuid::Uuid>, form: Form),
        )
        .get(urls::Thanks::ROUTE, Access::Public, ideas::thanks::show)
}

fn forms(caches: &Arc<Caches>) -> Routes {
    Routes::new()
        .post(urls::Support::ROUTE, Access::Public, reactions::pages::support)
        .post(urls::Oppose::ROUTE, Access::Public, reactions::pages::oppose)
        .get(urls::ConfirmSupports::ROUTE, Access::Public, reactions::confirm::show)
        .post(urls::ConfirmSupports::ROUTE, Access::Public, reactions::confirm::ask)
        .post(urls::Comment::ROUTE, Access::Public, with!(caches, comments::write, number: Part<i64>, form: Form))
        .get(urls::Report::ROUTE, Access::Public, reports::show)
        .post(urls::Report::ROUTE, Access::Public, reports::send)
        .get(urls::AuthorReply::ROUTE, Access::Public, moderation::appeals::show)
        .post(urls::AuthorReply::ROUTE, Access::Public, moderation::appeals::reply)
        .post(urls::Withdraw::ROUTE, Access::Public, ideas::own::change)
        .get(urls::Follow::ROUTE, Access::Public, follows::pages::show)
        .post(urls::Follow::ROUTE, Access::Public, follows::pages::follow)
        .get(urls::FollowProject::ROUTE, Access::Public, follows::consultation::pages::show)
        .post(urls::FollowProject::ROUTE, Access::Public, follows::consultation::pages::follow)
        .post(urls::Rhythms::ROUTE, Access::SignedIn, own_space::save)
        .get(urls::Unsubscribe::ROUTE, Access::Public, follows::pages::leave)
        .post_sealed(urls::Unsubscribe::ROUTE, follows::pages::left)
        .get(urls::ChangeRhythm::ROUTE, Access::Public, follows::rhythm::show)
        .post(urls::ChangeRhythm::ROUTE, Access::Public, follows::rhythm::change)
}

/// The words of citizens' pages.
#[must_use]
pub const fn words() -> [WordsFile; 4] {
    [
        WordsFile { lang: Lang::Fr, name: "citizens.ftl", source: include_str!("../locales/fr/citizens.ftl") },
        WordsFile { lang: Lang::En, name: "citizens.ftl", source: include_str!("../locales/en/citizens.ftl") },
        WordsFile { lang: Lang::Fr, name: "follows.ftl", source: include_str!("../locales/fr/follows.ftl") },
        WordsFile { lang: Lang::En, name: "follows.ftl", source: include_str!("../locales/en/follows.ftl") },
    ]
}

/// The letters about followed consultations and the summaries of followed ideas, which look each hour whether their hour has come, what undoing needed, the drafts
/// whose day has come, and the content of files taken away.
#[must_use]
pub fn jobs() -> [JobKind; 7] {
    [
        JobKind {
            name: follows::consultation::letter::JOB,
            run: follows::consultation::letter::run,
            every: Some(TimeDelta::hours(1)),
        },
        JobKind { name: "participation.daily", run: follows::digest::daily, every: Some(TimeDelta::hours(1)) },
        JobKind { name: "participation.weekly", run: follows::digest::weekly, every: Some(TimeDelta::hours(1)) },
        JobKind { name: "participation.sweep", run: crate::desk::sweep, every: Some(TimeDelta::days(1)) },
        JobKind { name: "participation.opening", run: projects::opening::run, every: Some(TimeDelta::minutes(5)) },
        JobKind { name: follows::late::JOB, run: follows::late::run, every: None },
        JobKind { name: projects::media::store::AWAY, run: projects::media::store::away, every: None },
    ]
}

/// The kinds of activity that citizens cause.
pub const ACTIVITY: [&str; 6] =
    ["idea.posted", "idea.changed", "idea.withdrawn", "idea.restored", "comment.posted", "contribution.reported_away"];
