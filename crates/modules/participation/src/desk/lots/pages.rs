//! The pages of a lot: what is about to be done, how far it is, what became of it.

use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use chrono::{DateTime, Utc};
use parvis_kernel::{Ctx, Error, Refusal, Result, db::Tx, form::Form, permission::Right};
use parvis_ui::{Page, SafeHtml, html, html_with, redirect, remaining};
use uuid::Uuid;

use super::{
    AT_ONCE, Act, Counts, Detail, Lot, NAME_FIELDS, PUBLIC_FIELDS, State, fields, filled, job, plain, step, step_back,
    store::{self, NewLot},
};
use crate::{
    answers::{
        DECISIONS, Funding, drafts,
        pages::{self as answer_pages, Fragment},
        preview as answer_preview,
        signers::{self, Signers},
        store::TOO_LATE_TO_UNDO,
    },
    desk::{
        back_to, done_at, handling, query,
        queue::{self, PER_PAGE},
        with_param,
    },
    follows,
    ideas::Contribution,
    moderation::store::By,
    urls,
};

/// Contributions named on a lot's page.
const NAMED: i64 = 50;
/// Titles shown before a lot begins: all that a page of the queue can tick. Of more, the list they come from has the rest.
const SHOWN: i64 = PER_PAGE;

/// A contribution that was left alone, and why.
#[derive(Debug)]
pub(crate) struct Left {
    pub href: String,
    pub words: String,
}

#[derive(Template)]
#[template(path = "desk/lot.html")]
struct Show<'a> {
    p: &'a Page,
    f: &'a Form,
    lot: &'a Lot,
    act: Act,
    counts: Counts,
    about: String,
    first: Vec<Contribution>,
    left: Vec<Left>,
    preview: SafeHtml,
    /// How many people an answer will be told to.
    told: i64,
    /// How many of the ideas have a draft, which the answer takes the place of.
    drafts: i64,
    progress: SafeHtml,
    back: String,
    may_undo: bool,
    who: Signers,
}

impl Show<'_> {
    fn href(&self) -> String {
        let to = urls::Lot { lot: self.lot.id }.to_string();
        with_param(&to, "retour", &self.back)
    }

    fn is(&self, state: &str) -> bool {
        self.lot.state == state
    }

    fn key(&self, start: &str) -> String {
        format!("{start}-{}", self.act.code())
    }

    fn others(&self) -> i64 {
        self.counts.all() - i64::try_from(self.first.len()).unwrap_or(0)
    }

    /// The list that all of them were chosen from, filtered as it was.
    fn list(&self) -> String {
        with_param(&self.back, "page", "1")
    }

    /// Contributions that were left alone and are not named.
    fn left_unnamed(&self) -> i64 {
        self.counts.left() - i64::try_from(self.left.len()).unwrap_or(0)
    }
}

#[derive(Template)]
#[template(path = "desk/lot_progress.html")]
struct Progress<'a> {
    p: &'a Page,
    counts: Counts,
    /// When it began, of one that is being done.
    began: Option<DateTime<Utc>>,
    undoing: bool,
}

impl Progress<'_> {
    const fn reached(&self) -> i64 {
        if self.undoing { self.counts.undone + self.counts.kept } else { self.counts.all() - self.counts.waiting }
    }

    const fn total(&self) -> i64 {
        if self.undoing { self.counts.undone + self.counts.kept + self.counts.done } else { self.counts.all() }
    }

    fn remaining(&self) -> String {
        remaining::words(self.p, self.began, self.reached(), self.total())
    }
}

/// The lot of an address, for whoever decided it and whoever sees all projects.
async fn lot_of(ctx: &Ctx, id: Uuid) -> Result<Lot> {
    let lot = store::find(ctx.app.db.read(), id).await?;
    if lot.actor_id != ctx.actor.person() && ctx.actor.projects().is_some() {
        return Err(Refusal::NOT_ALLOWED.into());
    }
    Ok(lot)
}

/// A lot. Permission: moderate; whoever decided it, or who sees all projects.
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let lot = lot_of(&ctx, id).await?;
    if headers.contains_key("x-parvis-fragment") {
        let p = Page::new(&ctx, "");
        return html(&Fragment { html: progress(&ctx, &p, &lot).await?, saved: String::new() });
    }
    let f = if lot.act() == Some(Act::Answer) { answer_pages::first(&ctx, 0).await? } else { Form::new() };
    render(&ctx, &lot, f, StatusCode::OK).await
}

async fn progress(ctx: &Ctx, p: &Page, lot: &Lot) -> Result<SafeHtml> {
    if !matches!(lot.state(), State::Running | State::Undoing) {
        return Ok(SafeHtml::default());
    }
    let counts = store::counts(ctx.app.db.read(), lot.id).await?;
    let undoing = lot.state() == State::Undoing;
    let progress = Progress { p, counts, began: lot.started_at.filter(|_| !undoing), undoing };
    SafeHtml::from_template(&progress).map_err(Error::other)
}

async fn render(ctx: &Ctx, lot: &Lot, f: Form, status: StatusCode) -> Result<Response> {
    let c = ctx.app.db.read();
    let act = lot.act().ok_or(Error::NotFound)?;
    let counts = store::counts(c, lot.id).await?;
    let code = act.code();
    let title = match lot.state() {
        State::Draft => ctx.app.words.with(ctx.lang, &format!("lot-ask-{code}"), &[("n", &counts.all())]),
        State::Running => ctx.t("lot-running"),
        State::Undoing => ctx.t("lot-undoing"),
        State::Undone => ctx.t("lot-undone"),
        State::Done | State::Cancelled => {
            ctx.app.words.with(ctx.lang, &format!("queue-done-{code}"), &[("n", &counts.done)])
        }
    };
    let p = Page::team(ctx, title).await?;
    let draft = lot.state() == State::Draft;
    let keys: Vec<Uuid> = match draft {
        true => store::items(c, lot.id, "waiting", SHOWN).await?.into_iter().map(|i| i.contribution_id).collect(),
        false => Vec::new(),
    };
    let mut first = queue::by_ids(c, &keys).await?;
    // What may not be acted on is not shown either: a lot takes any number that a form sends.
    first.retain(|i| ctx.may(Right::Moderate, Some(i.project_id)));
    first.sort_by_key(|i| i.number);
    let preview = match (draft && act == Act::Answer, first.first()) {
        (true, Some(idea)) => preview_of(&p, idea, &f)?,
        _ => SafeHtml::default(),
    };
    let told = if draft && act == Act::Answer { follows::told_of_lot(c, lot.id, ctx.now()).await? } else { 0 };
    let drafts = if draft && act == Act::Answer { drafts::count_of_lot(c, lot.id).await? } else { 0 };
    let team = if draft && act == Act::Answer { signers::team(ctx).await? } else { Vec::new() };
    let show = Show {
        who: signers::shown(&f, team),
        about: about(ctx, &p, lot, act).await?,
        left: left(ctx, &p, lot.id, NAMED).await?,
        progress: progress(ctx, &p, lot).await?,
        back: back_to(query(ctx).get("retour")),
        may_undo: lot.may_undo(ctx.now()) && counts.done > 0,
        p: &p,
        f: &f,
        lot,
        act,
        counts,
        first,
        preview,
        told,
        drafts,
    };
    html_with(status, &show)
}

/// What is decided, in words: the reason, the status, the name.
async fn about(ctx: &Ctx, p: &Page, lot: &Lot, act: Act) -> Result<String> {
    let detail = lot.detail();
    Ok(match act {
        Act::Publish | Act::Reconsider | Act::Hide | Act::Show | Act::Answer => String::new(),
        Act::Refuse => p.text(&detail.reason),
        Act::Status => detail.status().map(|s| s.words(ctx)).unwrap_or_default(),
        Act::Theme | Act::Classify => p.text(&detail.tag),
        Act::Area => {
            let areas = parvis_people::areas::all(ctx.app.db.read()).await?;
            crate::desk::line::area_name(p, &areas, detail.area)
        }
        Act::Project => match detail.project {
            Some(id) => p.text(&crate::projects::store::find(ctx.app.db.read(), id).await?.title),
            None => String::new(),
        },
        Act::Assign => match lot.person_id {
            Some(id) => name(ctx, Some(id)).await?,
            None => p.t("queue-assigned-nobody"),
        },
    })
}

async fn name(ctx: &Ctx, person: Option<Uuid>) -> Result<String> {
    let Some(id) = person else { return Ok(ctx.t("today-somebody")) };
    let names = ctx.app.identity.names(&ctx.app.db, &[id]).await?;
    Ok(names.get(&id).filter(|n| !n.is_empty()).cloned().unwrap_or_else(|| ctx.t("today-somebody")))
}

/// Contributions of a lot that were left alone: each named, with why and who changed it.
pub(crate) async fn left(ctx: &Ctx, p: &Page, lot: Uuid, most: i64) -> Result<Vec<Left>> {
    let c = ctx.app.db.read();
    let rows = store::left_alone(c, lot, most).await?;
    let ids: Vec<Uuid> = rows.iter().map(|(id, _)| *id).collect();
    let found = queue::by_ids(c, &ids).await?;
    let handled = handling::of(c, &ids).await?;
    let who: Vec<Uuid> = handled.values().flat_map(|h| [h.actor_id, h.holder_id]).flatten().collect();
    let names = ctx.app.identity.names(&ctx.app.db, &who).await?;
    let mut left = Vec::new();
    for (id, state) in rows {
        let Some(item) = found.iter().find(|i| i.id == id) else { continue };
        // A foreign project's title is nothing to read here.
        let title = if state == "refused" { String::new() } else { p.text(&item.heading()) };
        let who = handled.get(&id).and_then(|h| if state == "held" { h.holder_id } else { h.actor_id });
        let who = who.and_then(|id| names.get(&id)).filter(|n| !n.is_empty());
        let who = who.cloned().unwrap_or_else(|| p.t("today-somebody"));
        left.push(Left {
            href: if state == "refused" { String::new() } else { urls::Handle { number: item.number }.to_string() },
            words: ctx.app.words.with(
                ctx.lang,
                &format!("lot-left-{state}"),
                &[("number", &item.number), ("title", &title), ("who", &who)],
            ),
        });
    }
    Ok(left)
}

/// Starts, stops, undoes or abandons a lot. Permission: moderate; whoever decided it, or who sees all projects.
pub async fn act(ctx: Ctx, Path(id): Path<Uuid>, headers: HeaderMap, mut f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let lot = lot_of(&ctx, id).await?;
    let retour = if f.has("retour") { f.get("retour").to_owned() } else { query(&ctx).get("retour").to_owned() };
    let back = back_to(&retour);
    signers::settle(&ctx, &mut f).await?;
    if headers.contains_key("x-parvis-fragment") || f.is("faire", "apercu") {
        return preview(&ctx, &lot, f, headers.contains_key("x-parvis-fragment")).await;
    }
    let here = with_param(&urls::Lot { lot: id }.to_string(), "retour", &back);
    match f.get("faire") {
        "demarrer" if lot.state() == State::Draft => {
            let mut detail = lot.detail();
            if lot.act() == Some(Act::Answer) {
                match answer(&ctx, &mut f, detail) {
                    Some(whole) => detail = whole,
                    None => return render(&ctx, &lot, f, StatusCode::UNPROCESSABLE_ENTITY).await,
                }
            }
            write(&ctx, lot, move |ctx, lot, tx| {
                let (ctx, lot, detail) = (ctx.clone(), lot.clone(), detail.clone());
                Box::pin(async move {
                    store::set_detail(tx, lot.id, &detail).await?;
                    start(tx, &ctx, &lot).await
                })
            })
            .await?;
            Ok(redirect(here))
        }
        "abandonner" if lot.state() == State::Draft => {
            to_state(&ctx, lot, State::Cancelled).await?;
            Ok(redirect(back))
        }
        "arreter" if lot.state() == State::Running => {
            to_state(&ctx, lot, State::Cancelled).await?;
            Ok(redirect(here))
        }
        "reprendre" => {
            write(&ctx, lot, |ctx, lot, tx| {
                let (moment, id) = (ctx.moment.clone(), lot.id);
                Box::pin(async move { job::enqueue(tx, &moment, id).await })
            })
            .await?;
            Ok(redirect(here))
        }
        "defaire" => {
            undo(&ctx, lot).await?;
            Ok(redirect(if f.has("retour") { done_at(&back, "lot", id) } else { here }))
        }
        // Pressed twice, or from an older page: the page says where the lot stands.
        _ => Ok(redirect(here)),
    }
}

async fn preview(ctx: &Ctx, lot: &Lot, f: Form, fragment: bool) -> Result<Response> {
    if !fragment {
        return render(ctx, lot, f, StatusCode::OK).await;
    }
    let c = ctx.app.db.read();
    let keys: Vec<Uuid> = store::items(c, lot.id, "waiting", 1).await?.into_iter().map(|i| i.contribution_id).collect();
    let first = queue::by_ids(c, &keys).await?.into_iter().find(|i| ctx.may(Right::Moderate, Some(i.project_id)));
    let first = first.ok_or(Error::NotFound)?;
    let preview = preview_of(&Page::new(ctx, ""), &first, &f)?;
    html(&Fragment { html: preview, saved: String::new() })
}

/// The answer as everybody will read it under the first idea: with its number and its title.
fn preview_of(p: &Page, idea: &Contribution, f: &Form) -> Result<SafeHtml> {
    let mut shown = f.clone();
    shown.set("texte", filled(&f.text("texte"), "", idea.number, &plain(&idea.heading())));
    answer_preview::html(p, idea, &shown)
}

/// Says beside its field what of an answer to many nothing would replace. Everybody reads the answer: no name goes there.
fn check_fields(ctx: &Ctx, f: &mut Form) {
    let words = |key: &str, field: &str| ctx.app.words.with(ctx.lang, key, &[("field", &field)]);
    for name in ["decision", "texte", "cout", "suite", "signataire", "fonction"] {
        let text = f.text(name);
        let wrong = fields(&text).into_iter().find(|field| name != "texte" || !PUBLIC_FIELDS.contains(field));
        match wrong {
            Some(field) if NAME_FIELDS.contains(&field) => f.fail(name, words("lot-field-name", field)),
            Some(field) if name == "texte" => f.fail(name, words("lot-field-unknown", field)),
            Some(field) => f.fail(name, words("lot-field-elsewhere", field)),
            None => {}
        }
    }
}

fn answer(ctx: &Ctx, f: &mut Form, detail: Detail) -> Option<Detail> {
    let new = answer_pages::read(ctx, 0, f);
    check_fields(ctx, f);
    let new = new.filter(|_| f.is_valid())?;
    Some(Detail {
        status: new.status.code().into(),
        decision: new.decision,
        body: new.body,
        cost: new.cost,
        next: new.next,
        next_on: new.next_on.map(|day| day.to_string()),
        funding: new.funding.map_or("", Funding::code).into(),
        signer: new.signer,
        office: new.office,
        ..detail
    })
}

async fn to_state(ctx: &Ctx, lot: Lot, to: State) -> Result<()> {
    write(ctx, lot, move |ctx, lot, tx| {
        let (lot, now) = (lot.clone(), ctx.now());
        Box::pin(async move { store::set_state(tx, &lot, to, now).await })
    })
    .await
}

async fn write<F>(ctx: &Ctx, lot: Lot, work: F) -> Result<()>
where
    F: for<'a> Fn(&Ctx, &Lot, &'a Tx) -> futures::future::BoxFuture<'a, Result<()>> + Send + Sync + 'static,
{
    let ctx2 = ctx.clone();
    ctx.app.db.write(move |tx| work(&ctx2, &lot, tx)).await
}

/// Begins: at once, or by the worker when there is much to do.
async fn start(tx: &Tx, ctx: &Ctx, lot: &Lot) -> Result<()> {
    store::set_state(tx, lot, State::Running, ctx.now()).await?;
    if store::counts(tx, lot.id).await?.all() > AT_ONCE {
        return job::enqueue(tx, &ctx.moment, lot.id).await;
    }
    while step(tx, By::of(ctx), lot.id).await? {}
    Ok(())
}

async fn undo(ctx: &Ctx, lot: Lot) -> Result<()> {
    // Undone already, by a second press of the button.
    if matches!(lot.state(), State::Undoing | State::Undone) {
        return Ok(());
    }
    if !lot.may_undo(ctx.now()) {
        return Err(TOO_LATE_TO_UNDO.into());
    }
    write(ctx, lot, |ctx, lot, tx| {
        let (ctx, lot) = (ctx.clone(), lot.clone());
        Box::pin(async move {
            store::set_state(tx, &lot, State::Undoing, ctx.now()).await?;
            if store::counts(tx, lot.id).await?.done > AT_ONCE {
                return job::enqueue(tx, &ctx.moment, lot.id).await;
            }
            while step_back(tx, By::of(&ctx), lot.id).await? {}
            Ok(())
        })
    })
    .await
}

/// Keeps a lot, and begins it when nothing is left to ask. Says which lot, and whether it began.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn begin(ctx: &Ctx, new: NewLot, at_once: bool) -> Result<Uuid> {
    let ctx2 = ctx.clone();
    let person = ctx.person()?;
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, new) = (ctx2.clone(), new.clone());
            Box::pin(async move {
                let id = store::create(tx, &ctx.moment, person, &new).await?;
                if at_once {
                    let lot = store::find(tx, id).await?;
                    start(tx, &ctx, &lot).await?;
                }
                Ok(id)
            })
        })
        .await
}
