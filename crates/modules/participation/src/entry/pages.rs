//! The pages where the team enters what somebody said: one at a time, or a pile of sheets by the keyboard.

use std::sync::Arc;

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Error, Result,
    form::Form,
    permission::{Access, Right},
    routes::Routes,
    url,
};
use parvis_ui::{Page, html_with, redirect};
use uuid::Uuid;

use super::{
    Channel, FORM_USED, SHEET_TAKEN, SUPPORT_ENTERED,
    gathered::{self, Figure},
    read,
    store::{self, Entry},
};
use crate::{
    answers::store::TOO_LATE_TO_UNDO,
    caches::Caches,
    desk::{back_to, query, with_param},
    ideas::near::{self, Other},
    projects::Project,
    urls,
};

/// Entries shown beside the form.
const LAST: i64 = 5;
/// What stays from one entry to the next.
const KEPT: [&str; 6] = ["quoi", "projet", "canal", "ou", "le", "quartier"];

/// The routes of these pages.
pub(crate) fn routes(caches: &Arc<Caches>) -> Routes {
    let moderate = Access::Team(Right::Moderate);
    let (one, pile) = (Arc::clone(caches), Arc::clone(caches));
    Routes::new()
        .get(urls::Enter::ROUTE, moderate, |ctx: Ctx| show(ctx, false))
        .post(urls::Enter::ROUTE, moderate, move |ctx: Ctx, f: Form| save(ctx, one, f, false))
        .get(urls::EnterPile::ROUTE, moderate, |ctx: Ctx| show(ctx, true))
        .post(urls::EnterPile::ROUTE, moderate, move |ctx: Ctx, f: Form| save(ctx, pile, f, true))
        .post(urls::EnterUndo::ROUTE, moderate, undo)
}

#[derive(Template)]
#[template(path = "entry/form.html")]
struct Enter<'a> {
    p: &'a Page,
    f: &'a Form,
    pile: bool,
    support: bool,
    projects: Vec<Project>,
    areas: Vec<(Uuid, String)>,
    close: Vec<Other>,
    last: Vec<Entry>,
    figures: Vec<(&'static str, i64, i64)>,
}

impl Enter<'_> {
    fn chosen(&self, name: &str, id: &Uuid) -> bool {
        self.f.is(name, &id.to_string())
    }

    /// What tells the kept draft of this form from those of the others.
    fn draft(&self) -> &'static str {
        match (self.pile, self.support) {
            (true, _) => "saisie-pile",
            (false, true) => "saisie-soutien",
            (false, false) => "saisie-idee",
        }
    }

    fn action(&self) -> String {
        address(self.pile)
    }

    /// This page, or the other, with what was chosen.
    fn other(&self, pile: bool, what: &str) -> String {
        let mut f = self.f.clone();
        f.set("quoi", what);
        with_kept(&address(pile), &f)
    }

    fn here(&self) -> String {
        self.other(self.pile, if self.support { "soutien" } else { "" })
    }

    fn desk(&self, number: &i64) -> String {
        urls::Handle { number: *number }.to_string()
    }

    fn undo(&self, e: &Entry) -> String {
        urls::EnterUndo { entry: e.id }.to_string()
    }

    fn undoable(&self, e: &Entry) -> bool {
        e.may_undo(self.p.ctx.now())
    }
}

fn address(pile: bool) -> String {
    if pile { urls::EnterPile {}.to_string() } else { urls::Enter {}.to_string() }
}

/// An address that keeps what stays from one entry to the next.
fn with_kept(to: &str, f: &Form) -> String {
    let kept: Vec<String> = KEPT
        .iter()
        .filter(|name| !f.get(name).is_empty())
        .map(|name| format!("{name}={}", url::encode(f.get(name))))
        .collect();
    if kept.is_empty() { to.to_owned() } else { format!("{to}?{}", kept.join("&")) }
}

/// A form for what somebody said. Permission: moderate; a moderator enters in their projects.
pub(crate) async fn show(ctx: Ctx, pile: bool) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let asked = query(&ctx);
    let mut f = Form::new();
    for name in KEPT {
        f.set(name, asked.get(name));
    }
    if f.get("canal").is_empty() {
        f.set("canal", if pile { "paper" } else { "stand" });
    }
    if f.get("le").is_empty() {
        f.set("le", ctx.today().to_string());
    }
    page(&ctx, f, pile, Vec::new()).await
}

async fn page(ctx: &Ctx, mut f: Form, pile: bool, close: Vec<Other>) -> Result<Response> {
    let c = ctx.app.db.read();
    let projects = read::projects(ctx).await?;
    if f.get("projet").is_empty()
        && let Some(first) = projects.first()
    {
        f.set("projet", first.id.to_string());
    }
    if f.get("envoi").parse::<Uuid>().is_err() {
        f.set("envoi", ctx.moment.id().to_string());
    }
    if pile
        && f.get("feuille").is_empty()
        && let Some(project) = projects.iter().find(|x| f.is("projet", &x.id.to_string()))
    {
        let next = store::next(c, project.id, ctx.actor.person()).await?;
        f.set("propose", next.clone());
        f.set("feuille", next);
    }
    let title = ctx.t(if pile { "entry-title-pile" } else { "entry-title" });
    let p = Page::team(ctx, title).await?;
    let status = if f.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut last = store::last(c, ctx.actor.person(), LAST).await?;
    last.retain(|e| ctx.may(Right::Moderate, Some(e.project_id)));
    let enter = Enter {
        areas: parvis_people::areas::all(c).await?.into_iter().map(|a| (a.id, a.name)).collect(),
        figures: sums(&gathered::figures(c, ctx.now()).await?, &projects),
        support: f.is("quoi", "soutien"),
        p: &p,
        f: &f,
        pile,
        projects,
        close,
        last,
    };
    html_with(status, &enter)
}

/// Ideas and supports gathered by each channel, in the projects at hand.
fn sums(all: &[Figure], projects: &[Project]) -> Vec<(&'static str, i64, i64)> {
    let mine = |x: &&Figure| projects.iter().any(|p| p.id == x.project_id);
    Channel::ALL
        .into_iter()
        .map(|c| {
            let of = || all.iter().filter(mine).filter(move |x| x.channel == c.code());
            (c.code(), of().map(|x| x.ideas).sum::<i64>(), of().map(|x| x.supports).sum::<i64>())
        })
        .filter(|(_, ideas, supports)| ideas + supports > 0)
        .collect()
}

/// Saves what somebody said, or offers the close ideas first. Permission: moderate, in the project.
pub(crate) async fn save(ctx: Ctx, caches: Arc<Caches>, mut f: Form, pile: bool) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let Some(new) = read::read(&ctx, &mut f, pile).await? else { return page(&ctx, f, pile, Vec::new()).await };
    ctx.require(Right::Moderate, Some(new.project))?;
    let support = read::is_support(&f);
    let again = !new.proposed && store::of_sheet(ctx.app.db.read(), new.project, &new.sheet).await?.is_some();
    // A sheet that is entered already is told so, not what resembles it: its own idea.
    if !again && !support && !f.is("quand-meme", "1") {
        let close = near::of(&ctx, &caches, new.project).await?.close(f.get("idee"));
        let close = near::online(ctx.app.db.read(), close).await?;
        if !close.is_empty() {
            return page(&ctx, f, pile, close).await;
        }
    }
    let (inner, entered) = (ctx.clone(), new.clone());
    let stored = ctx.app.db.write(move |tx| {
        let (ctx, new) = (inner.clone(), entered.clone());
        Box::pin(async move { store::add(tx, &ctx, &new).await })
    });
    match stored.await {
        Ok(_) => {}
        // The same form, sent twice at once: the other one made the entry.
        Err(Error::Refused(r)) if r == parvis_kernel::Refusal::CHANGED_MEANWHILE => {}
        Err(Error::Refused(r)) if r == SHEET_TAKEN => {
            let words = taken(&ctx, new.project, &new.sheet).await?;
            f.fail("feuille", words);
            return page(&ctx, f, pile, Vec::new()).await;
        }
        Err(Error::Refused(r)) if r == FORM_USED => {
            f.set("envoi", ctx.moment.id().to_string());
            f.fail(if support { "soutenir" } else { "idee" }, ctx.t("refusal-form_used.next"));
            return page(&ctx, f, pile, Vec::new()).await;
        }
        Err(Error::Refused(r)) if r == SUPPORT_ENTERED => {
            f.fail("courriel", ctx.t("refusal-support_entered.why"));
            return page(&ctx, f, pile, Vec::new()).await;
        }
        Err(e) => return Err(e),
    }
    if support && !f.is("quoi", "soutien") {
        f.set("quoi", "");
    }
    let done = if support { "saisie-soutien" } else { "saisie-idee" };
    Ok(redirect(with_param(&with_kept(&address(pile), &f), "fait", done)))
}

/// Whose sheet that is, by name: "La feuille 12 est déjà saisie : idée n° 40, par Nadia".
async fn taken(ctx: &Ctx, project: Uuid, sheet: &str) -> Result<String> {
    let c = ctx.app.db.read();
    let Some(entry) = store::of_sheet(c, project, sheet).await? else { return Ok(ctx.t("refusal-sheet_taken.why")) };
    let ids: Vec<Uuid> = entry.actor_id.into_iter().collect();
    let names = ctx.app.identity.names(&ctx.app.db, &ids).await?;
    let who = ids.first().and_then(|id| names.get(id)).cloned().unwrap_or_else(|| ctx.t("entry-somebody"));
    let next = store::next(c, project, ctx.actor.person()).await?;
    let about = ctx.app.words.with(ctx.lang, "idea-number", &[("n", &entry.number)]);
    let args: [(&str, &dyn parvis_kernel::words::Word); 4] =
        [("sheet", &sheet), ("idea", &about), ("who", &who), ("next", &next)];
    Ok(ctx.app.words.with(ctx.lang, "entry-error-taken", &args))
}

/// Takes an entry back within ten minutes. Permission: moderate, in its project.
pub(crate) async fn undo(ctx: Ctx, Path(id): Path<Uuid>, f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let back = back_to(f.get("retour"));
    let entry = match store::find(ctx.app.db.read(), id).await {
        Ok(entry) => entry,
        // Undone already, by a second press.
        Err(Error::NotFound) => return Ok(redirect(with_param(&back, "fait", "saisie-annulee"))),
        Err(e) => return Err(e),
    };
    ctx.require(Right::Moderate, Some(entry.project_id))?;
    if !entry.may_undo(ctx.now()) {
        return Err(TOO_LATE_TO_UNDO.into());
    }
    let inner = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, entry) = (inner.clone(), entry.clone());
            Box::pin(async move { store::undo(tx, &ctx, &entry).await })
        })
        .await?;
    Ok(redirect(with_param(&back, "fait", "saisie-annulee")))
}
