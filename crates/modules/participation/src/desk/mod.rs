//! The team's desk: today, the queue, one contribution.

pub mod beside;
pub mod blocking;
pub(crate) mod conflict;
pub mod contributions;
pub mod decide;
pub(crate) mod done;
pub(crate) mod filter;
pub(crate) mod found;
pub mod handle;
pub mod handling;
mod leaving;
pub(crate) mod line;
pub mod lists;
pub mod lots;
mod mails;
pub mod merge;
pub mod morning;
pub mod notes;
#[cfg(test)]
mod page_tests;
pub(crate) mod place;
pub mod queue;
#[cfg(test)]
mod queue_tests;
pub(crate) mod recent;
mod searched;
#[cfg(test)]
mod shown_tests;
#[cfg(test)]
mod store_tests;
pub mod templates;
pub mod today;
pub mod views;
pub mod visits;

use axum::extract::Path;
use parvis_documents::poster::Sheet;
use std::sync::Arc;

use futures::future::BoxFuture;
use parvis_kernel::{
    Ctx, Result,
    app::App,
    db::Db,
    form::Form,
    jobs::Failure,
    module::NavEntry,
    permission::{Access, Actor, Right},
    routes::Routes,
};
use uuid::Uuid;

pub(crate) use parvis_kernel::url::with_param;

use crate::{
    answers,
    caches::Caches,
    links,
    links::print,
    moderation,
    projects::{admin, languages, media, opening},
    screening, urls, widget,
};

/// The routes of the desk.
pub(crate) fn desk_routes(caches: &Arc<Caches>) -> Routes {
    let near = Arc::clone(caches);
    let read = Access::Team(Right::Read);
    let moderate = Access::Team(Right::Moderate);
    let manage = Access::Team(Right::ManageProjects);
    Routes::new()
        .get(urls::Desk::ROUTE, read, today::show)
        .get(urls::Queue::ROUTE, read, contributions::show)
        .post(urls::Queue::ROUTE, moderate, decide::decide)
        .get(urls::Handle::ROUTE, read, |ctx: Ctx, number: Path<i64>| handle::show(ctx, near, number))
        .post(urls::Handle::ROUTE, moderate, handle::decide)
        .post(urls::Notes::ROUTE, moderate, notes::post)
        .post(urls::BlockAuthor::ROUTE, moderate, blocking::change)
        .get(urls::ReplyTemplates::ROUTE, moderate, templates::show)
        .post(urls::ReplyTemplates::ROUTE, moderate, templates::create)
        .post(urls::ReplyTemplate::ROUTE, moderate, templates::change)
        .post(urls::Views::ROUTE, read, views::save)
        .get(urls::Merge::ROUTE, moderate, merge::pages::show)
        .post(urls::Merge::ROUTE, moderate, merge::pages::unite)
        .post(urls::MergeUndo::ROUTE, moderate, merge::pages::undo)
        .post(urls::MorningLetter::ROUTE, moderate, morning::pages::save)
        .get(urls::Lot::ROUTE, moderate, lots::pages::show)
        .post(urls::Lot::ROUTE, moderate, lots::pages::act)
        .get(urls::AnswerForm::ROUTE, moderate, answers::pages::form)
        .post(urls::AnswerForm::ROUTE, moderate, answers::pages::publish)
        .post(urls::AnswerPreview::ROUTE, moderate, answers::pages::preview)
        .post(urls::AnswerDraft::ROUTE, moderate, answers::pages::start_again)
        .post(urls::AnswerReread::ROUTE, moderate, answers::reread::ask)
        .post(urls::AnswerUndo::ROUTE, moderate, answers::pages::undo)
        .get(urls::DeskProjects::ROUTE, read, admin::list)
        .get(urls::NewProject::ROUTE, manage, admin::new)
        .post(urls::NewProject::ROUTE, manage, admin::create)
        .get(urls::DeskProject::ROUTE, read, admin::show)
        .post(urls::DeskProject::ROUTE, manage, admin::save)
        .get(urls::DeskProjectLanguages::ROUTE, manage, languages::show)
        .post(urls::DeskProjectLanguages::ROUTE, manage, languages::save)
        .post(urls::DeskProjectLink::ROUTE, manage, admin::make_link)
        .get(urls::DeskProjectMedia::ROUTE, manage, media::desk::show)
        .post(urls::DeskProjectMedia::ROUTE, manage, media::desk::add)
        .post(urls::DeskProjectFile::ROUTE, manage, media::desk::change)
        .get(urls::Screening::ROUTE, Access::Team(Right::Administer), screening::pages::show)
        .post(urls::Screening::ROUTE, Access::Team(Right::Administer), screening::pages::save)
        .get(urls::DeskWidget::ROUTE, read, widget::desk::show)
        .post(urls::DeskWidget::ROUTE, Access::Team(Right::Administer), widget::desk::save)
        .get(urls::DeskLinks::ROUTE, read, links::desk::list)
        .post(urls::DeskLinks::ROUTE, manage, links::desk::make)
        .get(urls::DeskLink::ROUTE, read, links::desk::show)
        .post(urls::DeskLink::ROUTE, manage, links::desk::change)
        .get(urls::DeskLinkSvg::ROUTE, read, links::desk::svg)
        .get(urls::DeskLinkPng::ROUTE, read, links::desk::png)
        .get(urls::DeskPosterA4::ROUTE, read, |ctx: Ctx, code: Path<String>| print::pdf(ctx, code, Sheet::A4))
        .get(urls::DeskPosterA3::ROUTE, read, |ctx: Ctx, code: Path<String>| print::pdf(ctx, code, Sheet::A3))
        .get(urls::DeskTearOff::ROUTE, read, |ctx: Ctx, code: Path<String>| print::pdf(ctx, code, Sheet::TearOff))
}

/// The desk's entries in the team's navigation.
pub const NAVIGATION: [NavEntry; 5] = [
    NavEntry { path: "/equipe", key: "desk-nav-today", icon: "home", right: Right::Read, order: 10 },
    NavEntry { path: "/equipe/contributions", key: "desk-nav-queue", icon: "list", right: Right::Read, order: 20 },
    NavEntry { path: "/equipe/projets", key: "desk-nav-projects", icon: "layers", right: Right::Read, order: 30 },
    NavEntry { path: "/equipe/liens", key: "desk-nav-links", icon: "link", right: Right::Read, order: 35 },
    NavEntry { path: "/equipe/importer", key: "import-title", icon: "up", right: Right::ManageProjects, order: 75 },
];

/// Kinds of activity recorded here.
#[must_use]
pub fn activity_kinds() -> Vec<&'static str> {
    let mut kinds = moderation::store::ACTIVITY.to_vec();
    kinds.extend(answers::store::ACTIVITY);
    kinds.extend(moderation::appeals::ACTIVITY);
    kinds.extend(merge::store::ACTIVITY);
    kinds.extend(templates::ACTIVITY);
    kinds.extend(["lot.done", "lot.undone", "contribution.moved", "contribution.undone"]);
    kinds.extend(admin::ACTIVITY);
    kinds.extend(media::desk::ACTIVITY);
    kinds.push(opening::ACTIVITY);
    kinds.extend(links::ACTIVITY);
    kinds.extend(crate::entry::ACTIVITY);
    kinds.extend(widget::desk::ACTIVITY);
    kinds.extend(screening::pages::ACTIVITY);
    kinds.extend(screening::contact::ACTIVITY);
    kinds
}

/// How many contributions wait for this actor.
///
/// # Errors
/// When the database refuses.
pub async fn waiting(db: &Db, actor: &Actor) -> Result<Option<(&'static str, i64)>> {
    if !actor.is_staff() {
        return Ok(None);
    }
    let counts = queue::counts(db.read(), actor.projects()).await?;
    Ok(Some(("/equipe/contributions", counts.all())))
}

/// Each quarter of an hour: what a masked text said goes once its publication can't be undone, before it is in a backup.
#[must_use]
pub fn forget_masked(app: Arc<App>, _: String) -> BoxFuture<'static, std::result::Result<(), Failure>> {
    Box::pin(async move {
        let before = app.clock.now() - crate::moderation::store::UNDO * 3;
        app.db.write(move |tx| Box::pin(screening::contact::sweep(tx, before))).await?;
        Ok(())
    })
}

/// Each day: what was kept to undo goes, once the undo is long over.
#[must_use]
pub fn sweep(app: Arc<App>, _: String) -> BoxFuture<'static, std::result::Result<(), Failure>> {
    Box::pin(async move {
        let now = app.clock.now();
        app.db
            .write(move |tx| {
                Box::pin(async move {
                    lots::store::sweep(tx, now).await?;
                    screening::store::sweep(tx, now).await?;
                    merge::store::sweep(tx, now).await
                })
            })
            .await?;
        Ok(())
    })
}

/// The query of an address, read as a form.
pub(crate) fn query(ctx: &Ctx) -> Form {
    Form::parse(ctx.uri.split_once('?').map_or("", |(_, q)| q).as_bytes())
}

/// Whether a moderator's desk holds this project.
pub(crate) fn holds(actor: &Actor, project: Uuid) -> bool {
    actor.projects().is_none_or(|own| own.contains(&project))
}

/// A desk address to go back to, without what was just done; the queue for anything else.
pub(crate) fn back_to(address: &str) -> String {
    let path = parvis_kernel::url::local_path(address).filter(|p| p.starts_with("/equipe"));
    let Some(path) = path else { return urls::Queue {}.to_string() };
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !["fait=", "lot=", "sautes=", "fusion="].iter().any(|p| pair.starts_with(p)))
        .collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// A page that says what was just done, at the place that says so: whoever works by keyboard goes on from there.
pub(crate) fn done_at(address: &str, what: &str, id: uuid::Uuid) -> String {
    format!("{}#fait", with_param(address, what, &id.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_back_stays_on_the_desk() {
        assert_eq!(
            back_to("/equipe/contributions?file=signalees&fait=x&lot=1.2"),
            "/equipe/contributions?file=signalees"
        );
        assert_eq!(back_to("/equipe/contributions/4?sautes=2"), "/equipe/contributions/4");
        for foreign in ["https://evil.example", "//evil.example", "/deconnexion", ""] {
            assert_eq!(back_to(foreign), "/equipe/contributions");
        }
        assert_eq!(with_param("/a?b=1", "fait", "ça"), "/a?b=1&fait=%C3%A7a");
    }
}
