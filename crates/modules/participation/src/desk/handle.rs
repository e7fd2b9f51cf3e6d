//! One contribution on the desk: all that is known of it, and what may be done.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Ctx, Error, Result,
    form::{Form, is_blank},
    permission::Right,
};
use parvis_people::{
    areas::{self, Area},
    persons::Person,
};
use parvis_ui::{Page, SafeHtml, html_with, redirect};
use uuid::Uuid;

use super::{
    beside, blocking, contributions,
    decide::{self, Done, MAX_TAG, reason_of},
    done, done_at, handling, leaving,
    line::{self, Line},
    lots::{Act, Detail, single::One},
    merge, notes, place, query,
    queue::{self, Wait, Waiting},
    recent, templates, visits,
};
use crate::{
    answers,
    caches::Caches,
    ideas::{
        Contribution, Status, near,
        store::{self, StatusChange},
    },
    moderation::{
        self,
        store::{ReportLine, open_reports},
    },
    projects::{self, Project},
    urls,
};

/// A note as the page shows it.
struct NoteLine {
    note: notes::Note,
    who: String,
    mine: bool,
    /// Whom it reached.
    told: String,
    /// Whom its author believes it reached, and why it did not.
    missed: Vec<String>,
}

/// An idea that may say the same.
struct Close {
    heading: String,
    supports: i64,
    number: i64,
    /// The page that unites the two.
    href: String,
}

#[derive(Template)]
#[template(path = "desk/handle.html")]
struct Show<'a> {
    /// The short link by which it came.
    came: Option<crate::links::Link>,
    /// How the team gathered it and its supports.
    told: crate::entry::Told,
    p: &'a Page,
    /// Where in the queue it was opened from.
    place: Form,
    f: &'a Form,
    l: &'a Line,
    areas: &'a [Area],
    tags: &'a [String],
    history: &'a [StatusChange],
    reports: &'a [ReportLine],
    parent: Option<&'a Contribution>,
    kept: Option<Contribution>,
    united: Vec<Contribution>,
    templates: Vec<templates::Kept>,
    notes: Vec<NoteLine>,
    answer: Option<&'a answers::Answer>,
    /// Whose answer is being written, and since when; empty for none.
    draft: String,
    before: Option<i64>,
    after: Option<i64>,
    due: String,
    done: done::Done,
    /// Ideas that may say the same.
    close: Vec<Close>,
    /// What was decided on it minutes ago and can be taken back.
    recent: Vec<recent::Deed>,
    /// Whom it may be given to.
    team: Vec<Person>,
    /// Where it may be moved to.
    projects: Vec<&'a Project>,
    undoable: bool,
    undo_until: DateTime<Utc>,
    /// What its author replied to what was decided.
    reply: Option<moderation::appeals::Reply>,
    /// Whether its author is blocked, and the form that decides it.
    blocked: SafeHtml,
}

impl Show<'_> {
    fn href(&self, number: &i64) -> String {
        place::keeping(&urls::Handle { number: *number }.to_string(), &self.place)
    }

    /// The queue, as it was left.
    fn back(&self) -> String {
        place::queue(&self.place)
    }

    fn gathered(&self) -> String {
        self.p.text(&self.told.words(&self.p.ctx.app.words, self.p.ctx.lang))
    }

    fn is_me(&self, person: &Uuid) -> bool {
        self.p.ctx.actor.person() == Some(*person)
    }

    /// The two that would be united, but for the other.
    fn pair(&self) -> String {
        format!("{}.{}", self.l.c.number, self.l.c.version)
    }

    fn notes_href(&self) -> String {
        place::keeping(&urls::Notes { number: self.l.c.number }.to_string(), &self.place)
    }

    fn here(&self) -> String {
        self.l.href.clone()
    }

    /// Where the public reads it, when it is online.
    fn public(&self) -> String {
        let number = self.parent.map_or(self.l.c.number, |i| i.number);
        urls::Idea { number }.to_string()
    }

    fn status_words(&self, code: &str) -> String {
        Status::parse(code).map_or_else(String::new, |s| s.words(&self.p.ctx))
    }

    fn chosen_status(&self, status: &Status) -> bool {
        if self.f.has("statut") { self.f.is("statut", status.code()) } else { self.l.c.status == status.code() }
    }

    fn tag_value(&self) -> &str {
        if self.f.has("theme") { self.f.get("theme") } else { &self.l.c.tag }
    }

    fn chosen_area(&self, area: &Uuid) -> bool {
        if self.f.has("quartier") { self.f.is("quartier", &area.to_string()) } else { self.l.c.area_id == Some(*area) }
    }
}

/// One contribution. Permission: read, in its project.
pub(crate) async fn show(ctx: Ctx, caches: Arc<Caches>, Path(number): Path<i64>) -> Result<Response> {
    // Whoever has just decided is done with it.
    if !["fait", "lot", "fusion"].iter().any(|done| query(&ctx).has(done)) {
        hold(&ctx, number).await?;
    }
    read_notes(&ctx, number).await?;
    render(&ctx, Some(&caches), number, Form::new(), StatusCode::OK).await
}

/// Whoever opens a contribution has read what its notes tell them.
async fn read_notes(ctx: &Ctx, number: i64) -> Result<()> {
    let Some(me) = ctx.actor.person() else { return Ok(()) };
    let unread = notes::unread(ctx.app.db.read(), me, 50).await?;
    if !unread.iter().any(|m| m.number == number) {
        return Ok(());
    }
    let item = store::by_number(ctx.app.db.read(), number).await?;
    ctx.require(Right::Read, Some(item.project_id))?;
    let moment = ctx.moment.clone();
    ctx.app
        .db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move { notes::seen(tx, &moment, me, item.id).await })
        })
        .await
}

/// Whoever may decide on it holds it from now on, and the others see who.
pub(crate) async fn hold(ctx: &Ctx, number: i64) -> Result<()> {
    let item = store::by_number(ctx.app.db.read(), number).await?;
    let Some(me) = ctx.actor.person().filter(|_| ctx.may(Right::Moderate, Some(item.project_id))) else {
        return Ok(());
    };
    let moment = ctx.moment.clone();
    ctx.app
        .db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                visits::touch(tx, me, moment.now).await?;
                handling::hold(tx, &moment, me, item.id).await
            })
        })
        .await
}

async fn render(ctx: &Ctx, caches: Option<&Caches>, number: i64, f: Form, status: StatusCode) -> Result<Response> {
    let c = ctx.app.db.read();
    let item = store::by_number(c, number).await?;
    ctx.require(Right::Read, Some(item.project_id))?;
    let title = ctx.app.words.with(ctx.lang, "handle-title", &[("n", &item.number)]);
    let mut p = Page::team(ctx, title).await?;
    let (area_list, all) = (areas::all(c).await?, projects::store::all(c).await?);
    let parent = match item.idea_id {
        Some(id) => Some(store::find(c, id).await?),
        None => None,
    };
    let place = query(ctx);
    let (before, after) = beside::neighbours(c, &contributions::list_of(ctx, &place, &all), &item).await?;
    let waiting = Waiting { wait: Wait::of(&item), since: queue::since(c, &item).await?, c: item.clone() };
    let due = p.local(&(item.created_at + TimeDelta::days(ctx.settings.answer_days)));
    let lines = line::lines(ctx, &p, &all, &area_list, &place, &f, vec![waiting]).await?;
    let line = lines.first().ok_or(Error::NotFound)?;
    let answer = answers::store::find(c, item.id).await?;
    let undo_until = answer.as_ref().map_or(ctx.now(), |a| a.published_at + moderation::store::UNDO);
    if let Some(answer) = answer.as_ref().filter(|_| place.is("fait", "reponse")) {
        p.done = leaving::of_answer(&p, &item, answer).await?;
    }
    let mut united = merge::store::united_with(c, item.id).await?;
    united.retain(|u| ctx.may(Right::Read, Some(u.project_id)));
    let came = crate::links::store::of_idea(c, item.id).await?;
    let show = Show {
        told: crate::entry::gathered::told(c, &[item.id], ctx.now()).await?.remove(&item.id).unwrap_or_default(),
        reply: moderation::appeals::find(c, item.id).await?,
        blocked: blocking::section(ctx, &p, &f, &item).await?,
        came: came.filter(|l| ctx.may(Right::Read, Some(l.project_id))),
        undoable: answer.is_some() && ctx.now() <= undo_until,
        undo_until,
        history: &store::history(c, item.id).await?,
        reports: &open_reports(c, &[item.id]).await?,
        answer: answer.as_ref(),
        draft: draft_words(ctx, &item, line.may).await?,
        tags: &queue::tags(c, &[item.project_id]).await?,
        areas: &area_list,
        templates: templates::all(c).await?,
        notes: note_lines(ctx, &item).await?,
        kept: merge::store::kept_of(c, &item).await?.filter(|k| ctx.may(Right::Read, Some(k.project_id))),
        united,
        parent: parent.as_ref(),
        due: if Wait::of(&item) == Wait::Answer { p.day(&due) } else { String::new() },
        recent: recent::of(ctx, &p, Some(&item)).await?,
        team: if line.may { handling::deciders_of(c, item.project_id).await? } else { Vec::new() },
        projects: all.iter().filter(|x| x.id != item.project_id && ctx.may(Right::Moderate, Some(x.id))).collect(),
        done: done::of(ctx, &p, &place).await?,
        close: close(ctx, caches.filter(|_| line.may && line.can("classer")), &item, &line.href).await?,
        p: &p,
        place,
        f: &f,
        l: line,
        before,
        after,
    };
    html_with(status, &show)
}

/// Whose answer is being written, and since when, for whoever may go on with it.
async fn draft_words(ctx: &Ctx, item: &Contribution, may: bool) -> Result<String> {
    match answers::drafts::find(ctx.app.db.read(), item.id).await?.filter(|_| may) {
        Some(draft) => answers::pages::told(ctx, &draft, "handle-draft").await,
        None => Ok(String::new()),
    }
}

/// The ideas of its project that may say the same, each with the page that unites the two.
async fn close(ctx: &Ctx, caches: Option<&Caches>, item: &Contribution, here: &str) -> Result<Vec<Close>> {
    let Some(caches) = caches else { return Ok(Vec::new()) };
    let text = format!("{}\n{}", item.title, item.body);
    let found = near::of(ctx, caches, item.project_id).await?.close(&text);
    let numbers: Vec<i64> = found.iter().map(|o| o.number).filter(|n| *n != item.number).collect();
    let now = queue::by_numbers(ctx.app.db.read(), &numbers).await?;
    // The index is a minute old: what was united, moved or answered since is no longer offered, where neither can keep the other.
    let may = |kept: &Contribution, other: &Contribution| merge::possible(kept, std::slice::from_ref(other)).is_ok();
    let there = |n: &i64| now.iter().find(|c| c.number == *n && c.visible && (may(item, c) || may(c, item)));
    Ok(numbers
        .iter()
        .filter_map(there)
        .map(|c| Close {
            heading: c.heading(),
            supports: c.supports,
            number: c.number,
            href: merge::pages::address(&[(item.number, item.version), (c.number, c.version)], here),
        })
        .collect())
}

async fn note_lines(ctx: &Ctx, item: &Contribution) -> Result<Vec<NoteLine>> {
    let c = ctx.app.db.read();
    let notes = notes::of(c, item.id).await?;
    let reached = notes::reached(c, item.id).await?;
    let me = ctx.actor.person();
    let named = notes.iter().any(|n| n.author_id == me && n.body.contains('@'));
    let (readers, team) = match named {
        true => (notes::readers(c, item.project_id).await?, notes::team(c).await?),
        false => (Vec::new(), Vec::new()),
    };
    let who: Vec<Uuid> =
        notes.iter().filter_map(|n| n.author_id).chain(reached.iter().map(|(_, person)| *person)).collect();
    let names = if who.is_empty() { HashMap::new() } else { ctx.app.identity.names(&ctx.app.db, &who).await? };
    let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id)).filter(|n| !n.is_empty()).cloned();
    let line = |note: notes::Note| {
        let mine = note.author_id.is_some() && note.author_id == me;
        let told: Vec<Uuid> = reached.iter().filter(|(id, _)| *id == note.id).map(|(_, person)| *person).collect();
        let missed = if mine { notes::missed(&note.body, &told, &readers, &team) } else { Vec::new() };
        let say = |(name, why): &(String, notes::Missed)| {
            ctx.app.words.with(ctx.lang, &format!("note-missed-{}", why.code()), &[("name", name)])
        };
        NoteLine {
            who: name(note.author_id).unwrap_or_else(|| ctx.t("today-somebody")),
            told: told.iter().filter_map(|id| name(Some(*id))).collect::<Vec<_>>().join(", "),
            missed: missed.iter().map(say).collect(),
            mine,
            note,
        }
    };
    Ok(notes.into_iter().map(line).collect())
}

/// The page again, with a form to correct.
pub(super) async fn again(ctx: &Ctx, number: i64, f: Form) -> Result<Response> {
    render(ctx, None, number, f, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// Decides on one contribution. Permission: moderate, in its project.
pub async fn decide(ctx: Ctx, Path(number): Path<i64>, mut f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let item = store::by_number(ctx.app.db.read(), number).await?;
    ctx.require(Right::Moderate, Some(item.project_id))?;
    let Ok(version) = f.get("version").parse() else { return Err(Error::BadRequest("no version")) };
    let masked = f.is("faire", decide::MASKED);
    let act = if masked { Some(Act::Publish) } else { Act::parse(f.get("faire")) };
    let act = act.filter(|a| *a != Act::Answer).ok_or(Error::BadRequest("no action"))?;
    let (detail, person) = asked(&ctx, &item, act, &mut f).await?;
    let detail = Detail { masked, ..detail };
    if !f.is_valid() {
        return render(&ctx, None, number, f, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    match decide::one(&ctx, One { number, version, act, detail, person }, &f).await? {
        Done::Told(page) => Ok(page),
        Done::Lot(id) => {
            let to = place::keeping(&urls::Handle { number }.to_string(), &query(&ctx));
            Ok(redirect(done_at(&to, "lot", id)))
        }
    }
}

/// What is decided, as the forms of this page say.
async fn asked(ctx: &Ctx, item: &Contribution, act: Act, f: &mut Form) -> Result<(Detail, Option<Uuid>)> {
    let mut detail = Detail::default();
    match act {
        Act::Status => {
            let status = Status::parse(f.get("statut")).filter(|s| s.is_public());
            detail.status = status.ok_or(Error::BadRequest("no such status"))?.code().into();
        }
        Act::Classify => {
            let tag = f.text("theme");
            if tag.chars().count() > MAX_TAG {
                f.fail("f-theme", ctx.app.words.with(ctx.lang, "handle-error-tag", &[("n", &MAX_TAG)]));
            }
            detail.tag = if is_blank(&tag) { String::new() } else { tag };
            detail.area = area(ctx, f.get("quartier")).await?;
        }
        Act::Refuse => match reason_of(ctx, f, "").await? {
            Ok(reason) => (detail.reason, detail.motive) = (reason.words, reason.motive),
            Err(words) => f.fail("lot-message", words),
        },
        Act::Hide => match decide::hiding_of(ctx, item, f) {
            Ok(reason) => (detail.reason, detail.motive) = (reason.words, reason.motive),
            Err(words) => f.fail("f-pourquoi", words),
        },
        Act::Reconsider => {}
        _ => return decide::detail(ctx, act, f).await,
    }
    Ok((detail, None))
}

async fn area(ctx: &Ctx, chosen: &str) -> Result<Option<Uuid>> {
    let Ok(id) = chosen.parse::<Uuid>() else { return Ok(None) };
    Ok(areas::all(ctx.app.db.read()).await?.into_iter().find(|a| a.id == id).map(|a| a.id))
}
