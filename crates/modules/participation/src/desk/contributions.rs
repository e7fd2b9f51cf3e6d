//! The page of the queue, and what its buttons do.

use std::collections::HashMap;

use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::TimeDelta;
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    form::{self, Form},
    permission::Right,
};
use parvis_people::areas::{self, Area};
use parvis_ui::{Page, html_with, redirect};
use uuid::Uuid;

use super::{
    back_to, query,
    queue::{self, Counts, Filter, Order, PER_PAGE, Tab, Wait, Waiting},
    with_parameter,
};
use crate::{
    ideas::{Contribution, Status},
    moderation::{
        self, Action, NOT_IN_THIS_STATE, State, TAKEN_BACK,
        store::{By, Decision, ReportLine, open_reports},
    },
    projects::{self, Project},
    urls,
};

/// Reasons offered for a refusal; each but the last has a sentence ready.
pub(crate) const MOTIVES: [&str; 5] = ["recognisable", "hurtful", "off_topic", "advertising", "other"];
/// Longest message to an author, in characters.
const MAX_REASON: usize = 2_000;

/// A line of the queue as the page shows it.
#[derive(Debug)]
pub(crate) struct Line {
    pub c: Contribution,
    pub wait: Wait,
    pub heading: String,
    pub href: String,
    pub project: String,
    pub area: String,
    /// Words about how long it waits.
    pub delay: String,
    /// Whether the promise is broken.
    pub late: bool,
    /// Reasons of its reports, with how many.
    pub reports: String,
    /// Whether this person moderates its project.
    pub may: bool,
    pub ticked: bool,
}

impl Line {
    /// Whether a button of this code is worth showing.
    pub fn can(&self, action: &str) -> bool {
        self.may && Action::parse(action).is_some_and(|a| moderation::possible(State::of(&self.c), a).is_ok())
    }
}

/// What was just done, with the way back.
#[derive(Debug, Default)]
pub(crate) struct Done {
    pub words: String,
    /// Numbers and versions, for the undo; empty when there is none.
    pub lot: String,
    pub skipped: i64,
}

#[derive(Template)]
#[template(path = "desk/contributions.html")]
struct Show<'a> {
    p: &'a Page,
    f: &'a Form,
    post: &'a Form,
    tab: Tab,
    counts: Counts,
    lines: Vec<Line>,
    projects: Vec<&'a Project>,
    areas: &'a [Area],
    tags: Vec<String>,
    filters: usize,
    page: i64,
    more: bool,
    done: Done,
    may: bool,
}

impl Show<'_> {
    fn tab_href(&self, tab: &Tab) -> String {
        with_parameter(&urls::Queue {}.to_string(), "file", tab.code())
    }

    fn count(&self, tab: &Tab) -> String {
        self.counts.of(*tab).map_or_else(String::new, |n| self.p.num(&n))
    }

    fn page_href(&self, page: i64) -> String {
        let kept = ["file", "projet", "theme", "quartier", "etat", "q", "tri"];
        let mut href = urls::Queue {}.to_string();
        for name in kept.into_iter().filter(|n| !self.f.get(n).is_empty()) {
            href = with_parameter(&href, name, self.f.get(name));
        }
        if page > 1 { with_parameter(&href, "page", &page.to_string()) } else { href }
    }

    /// Where to come back to after a decision: the page asked, not the address of the form.
    fn here(&self) -> String {
        self.page_href(self.page)
    }

    /// The end of the name of the field in error: that of the line whose button was pressed.
    fn error_suffix(&self, field: &str) -> String {
        match self.post.get("refuser").parse::<i64>() {
            Ok(number) if field == "message" => format!("-{number}"),
            _ => String::new(),
        }
    }

    fn can_bulk(&self) -> bool {
        self.lines.iter().any(|l| l.can("publier") || l.can("refuser"))
    }
}

/// The queue. Permission: read, in one's projects.
pub async fn show(ctx: Ctx) -> Result<Response> {
    render(&ctx, query(&ctx), Form::new(), StatusCode::OK).await
}

fn filter_of(ctx: &Ctx, f: &Form, projects: &[&Project]) -> Filter {
    Filter {
        scope: ctx.actor.projects().map(<[Uuid]>::to_vec),
        project: projects.iter().find(|p| p.slug == f.get("projet")).map(|p| p.id),
        tag: Some(f.get("theme").to_owned()).filter(|t| !t.is_empty()),
        area: f.get("quartier").parse().ok(),
        status: Status::parse(f.get("etat")),
        search: f.text("q").chars().take(200).collect(),
        lang: ctx.lang.code(),
    }
}

async fn render(ctx: &Ctx, f: Form, post: Form, status: StatusCode) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let c = ctx.app.db.read();
    let all = projects::store::all(c).await?;
    let own: Vec<&Project> = all.iter().filter(|p| super::holds(&ctx.actor, p.id)).collect();
    let filter = filter_of(ctx, &f, &own);
    let tab = Tab::parse(f.get("file"));
    let number: i64 = f.get("page").parse().unwrap_or(1).clamp(1, 5_000);
    let page = queue::page(c, &filter, tab, Order::parse(f.get("tri")), PER_PAGE, (number - 1) * PER_PAGE).await?;
    let frame = Page::team(ctx, ctx.t("queue-title")).await?;
    let area_list = areas::all(c).await?;
    let ids: Vec<Uuid> = own.iter().map(|p| p.id).collect();
    let show = Show {
        tags: queue::tags(c, &ids).await?,
        counts: queue::counts(c, ctx.actor.projects()).await?,
        lines: lines(ctx, &frame, &all, &area_list, &post, page.lines).await?,
        filters: filter.set(),
        more: page.more,
        done: done(ctx, &frame, &f),
        may: ctx.may(Right::Moderate, None),
        projects: own,
        areas: &area_list,
        page: number,
        p: &frame,
        f: &f,
        post: &post,
        tab,
    };
    html_with(status, &show)
}

/// The sentence about what was just decided, from the address that the decision led to.
pub(crate) fn done(ctx: &Ctx, p: &Page, f: &Form) -> Done {
    let Some(action) = Action::parse(f.get("decide")) else { return Done::default() };
    let lot = pairs_of(f.get("lot"));
    let skipped = f.get("sautes").parse().unwrap_or(0);
    if lot.is_empty() && skipped == 0 {
        return Done::default();
    }
    let words = p.t1(&format!("queue-done-{}", action.code()), "n", lot.len());
    let undo = matches!(action, Action::Publish | Action::Refuse) && ctx.may(Right::Moderate, None);
    Done { words, lot: if undo { joined(&lot) } else { String::new() }, skipped }
}

/// `12.3-13.1`: numbers and versions. Anything else in it is dropped.
fn pairs_of(lot: &str) -> Vec<(i64, i64)> {
    lot.split('-')
        .filter_map(|pair| pair.split_once('.'))
        .filter_map(|(n, v)| Some((n.parse().ok()?, v.parse().ok()?)))
        .take(50)
        .collect()
}

fn joined(lot: &[(i64, i64)]) -> String {
    lot.iter().map(|(n, v)| format!("{n}.{v}")).collect::<Vec<_>>().join("-")
}

/// What an idea is called on the desk: erased at its author's request, it has no word of its own left.
fn called(p: &Page, idea: &Contribution) -> String {
    if idea.body.is_empty() { p.t("gone-erased") } else { p.text(&idea.heading()) }
}

/// The lines of a page, with the names they need: a fixed number of queries whatever the page holds.
pub(crate) async fn lines(
    ctx: &Ctx,
    p: &Page,
    projects: &[Project],
    areas: &[Area],
    post: &Form,
    waiting: Vec<Waiting>,
) -> Result<Vec<Line>> {
    let c = ctx.app.db.read();
    let parents: Vec<Uuid> = waiting.iter().filter_map(|w| w.c.idea_id).collect();
    let parents: HashMap<Uuid, String> =
        queue::by_ids(c, &parents).await?.into_iter().map(|i| (i.id, called(p, &i))).collect();
    let reported: Vec<Uuid> = waiting.iter().filter(|w| w.c.reports > 0).map(|w| w.c.id).collect();
    let reports = open_reports(c, &reported).await?;
    Ok(waiting
        .into_iter()
        .map(|w| {
            let heading = match w.c.idea_id.and_then(|id| parents.get(&id)) {
                Some(title) => p.t1("queue-comment-under", "title", title),
                None => called(p, &w.c),
            };
            let (delay, late) = delay(ctx, p, &w);
            Line {
                heading,
                href: urls::Handle { number: w.c.number }.to_string(),
                project: projects
                    .iter()
                    .find(|x| x.id == w.c.project_id)
                    .map_or_else(String::new, |x| p.text(&x.title)),
                area: area_name(p, areas, w.c.area_id),
                delay,
                late,
                reports: reasons(p, &reports, w.c.id),
                may: ctx.may(Right::Moderate, Some(w.c.project_id)),
                ticked: post.is("c", &w.c.number.to_string()),
                wait: w.wait,
                c: w.c,
            }
        })
        .collect())
}

pub(crate) fn area_name(p: &Page, areas: &[Area], id: Option<Uuid>) -> String {
    areas.iter().find(|a| Some(a.id) == id).map_or_else(String::new, |a| p.text(&a.name))
}

/// How long it waits in words, and whether that is longer than promised.
pub(crate) fn delay(ctx: &Ctx, p: &Page, w: &Waiting) -> (String, bool) {
    let wait = p.wait(&w.since);
    match w.wait {
        Wait::Publish => (wait, ctx.now() - w.since > TimeDelta::hours(ctx.settings.review_hours)),
        Wait::Reported => (p.t2("queue-delay-reported", "wait", wait, "n", w.c.reports), false),
        Wait::Handled => (p.date(&w.c.created_at), false),
        Wait::Answer => {
            let due = p.local(&(w.c.created_at + TimeDelta::days(ctx.settings.answer_days)));
            let late = (ctx.today() - due).num_days();
            if late > 0 {
                (p.t2("queue-delay-late", "wait", wait, "n", late), true)
            } else {
                (p.t2("queue-delay-promised", "wait", wait, "date", p.day(&due)), false)
            }
        }
    }
}

/// `une personne reconnaissable (2), propos blessants (1)`.
fn reasons(p: &Page, reports: &[ReportLine], id: Uuid) -> String {
    let mut counted: Vec<(&str, i64)> = Vec::new();
    for report in reports.iter().filter(|r| r.contribution_id == id) {
        match counted.iter_mut().find(|(reason, _)| *reason == report.reason) {
            Some((_, n)) => *n += 1,
            None => counted.push((&report.reason, 1)),
        }
    }
    counted.sort_by_key(|(_, n)| -n);
    let words: Vec<String> =
        counted.iter().map(|(reason, n)| format!("{} ({})", p.t(&format!("desk-report-{reason}")), p.num(n))).collect();
    words.join(", ")
}

/// Decides on one line (its own button) or on the lines ticked. Permission: moderate, in each one's project.
pub async fn decide(ctx: Ctx, mut f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let Some((action, lot, single)) = asked(&f) else { return Err(Error::BadRequest("no action")) };
    let mut reason = String::new();
    if action == Action::Refuse {
        let suffix =
            if single { lot.first().map_or_else(String::new, |(n, _)| format!("-{n}")) } else { String::new() };
        match reason_of(&ctx, &f, &suffix) {
            Ok(text) => reason = text,
            Err(words) => {
                f.fail("message", words);
                return again(&ctx, f).await;
            }
        }
    }
    if lot.is_empty() {
        f.fail("tout", ctx.t("queue-error-none"));
        return again(&ctx, f).await;
    }
    let decisions: Vec<Decision> =
        lot.iter().map(|(n, v)| Decision { reason: reason.clone(), ..Decision::new(*n, *v, action) }).collect();
    let outcome = carry_out(&ctx, decisions, single).await?;
    let mut to = with_parameter(&back_to(f.get("retour")), "decide", action.code());
    to = with_parameter(&to, "lot", &joined(&outcome.done));
    if outcome.skipped > 0 {
        to = with_parameter(&to, "sautes", &outcome.skipped.to_string());
    }
    Ok(redirect(to))
}

/// The same page of the queue, with what is wrong and all that was typed.
async fn again(ctx: &Ctx, f: Form) -> Result<Response> {
    let back = back_to(f.get("retour"));
    let asked = Form::parse(back.split_once('?').map_or("", |(_, q)| q).as_bytes());
    render(ctx, asked, f, StatusCode::UNPROCESSABLE_ENTITY).await
}

type Lot = Vec<(i64, i64)>;

/// What the pressed button asks: the action, the lines with their versions, and whether it is a line's own button.
fn asked(f: &Form) -> Option<(Action, Lot, bool)> {
    if let Some(action) = Action::parse(f.get("faire")) {
        let undo = action == Action::Reconsider;
        if !undo && !matches!(action, Action::Publish | Action::Refuse) {
            return None;
        }
        return Some((action, if undo { pairs_of(f.get("lot")) } else { ticked(f) }, false));
    }
    let own = [Action::Publish, Action::Refuse, Action::Hide, Action::Show];
    let action = own.into_iter().find(|a| f.has(a.code()))?;
    let number: i64 = f.get(action.code()).parse().ok()?;
    let version: i64 = f.get(&format!("v{number}")).parse().ok()?;
    Some((action, vec![(number, version)], true))
}

fn ticked(f: &Form) -> Lot {
    let version = |number: &str| f.get(&format!("v{number}")).parse().ok();
    let boxes: Vec<String> = if f.has("tout") && f.all("c").next().is_none() {
        f.pairs().iter().filter_map(|(name, _)| name.strip_prefix('v')).map(str::to_owned).collect()
    } else {
        f.all("c").map(str::to_owned).collect()
    };
    boxes.iter().filter_map(|n| Some((n.parse().ok()?, version(n)?))).take(50).collect()
}

/// The reason as the author will read it: the message written, else the sentence of the motive.
pub(crate) fn reason_of(ctx: &Ctx, f: &Form, suffix: &str) -> std::result::Result<String, String> {
    let message = f.text(&format!("message{suffix}"));
    if message.chars().count() > MAX_REASON {
        return Err(ctx.app.words.with(ctx.lang, "desk-refuse-error-long", &[("n", &MAX_REASON)]));
    }
    if !form::is_blank(&message) {
        return Ok(message);
    }
    let motive = f.get(&format!("motif{suffix}")).to_owned();
    MOTIVES
        .into_iter()
        .find(|m| *m == motive && *m != "other")
        .map(|m| ctx.t(&format!("desk-refuse-text-{m}")))
        .ok_or_else(|| ctx.t("desk-refuse-error-empty"))
}

struct Outcome {
    done: Lot,
    skipped: i64,
}

async fn carry_out(ctx: &Ctx, decisions: Vec<Decision>, single: bool) -> Result<Outcome> {
    let ctx2 = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, decisions) = (ctx2.clone(), decisions.clone());
            Box::pin(async move {
                let mut outcome = Outcome { done: Vec::new(), skipped: 0 };
                for decision in &decisions {
                    match moderation::store::apply(tx, By::of(&ctx), decision).await {
                        Ok(after) => outcome.done.push((after.number, after.version)),
                        // In a lot, a line that somebody else handled meanwhile does not stop the others.
                        Err(Error::Refused(r)) if !single && is_overtaken(r) => outcome.skipped += 1,
                        Err(e) => return Err(e),
                    }
                }
                Ok(outcome)
            })
        })
        .await
}

fn is_overtaken(refusal: Refusal) -> bool {
    [Refusal::CHANGED_MEANWHILE, TAKEN_BACK, NOT_IN_THIS_STATE].contains(&refusal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_and_boxes() {
        let own = Form::of(&[("v12", "3"), ("v13", "1"), ("publier", "13"), ("c", "12")]);
        assert_eq!(asked(&own), Some((Action::Publish, vec![(13, 1)], true)));
        let lot = Form::of(&[("v12", "3"), ("v13", "1"), ("faire", "refuser"), ("c", "12")]);
        assert_eq!(asked(&lot), Some((Action::Refuse, vec![(12, 3)], false)));
        let all = Form::of(&[("v12", "3"), ("v13", "1"), ("faire", "publier"), ("tout", "1")]);
        assert_eq!(asked(&all), Some((Action::Publish, vec![(12, 3), (13, 1)], false)));
        let undo = Form::of(&[("faire", "reprendre"), ("lot", "12.4-x-13.2-9")]);
        assert_eq!(asked(&undo), Some((Action::Reconsider, vec![(12, 4), (13, 2)], false)));
        assert_eq!(asked(&Form::of(&[("faire", "repondre")])), None);
        assert_eq!(asked(&Form::of(&[("publier", "13")])), None, "without a version nothing is decided");
    }
}
