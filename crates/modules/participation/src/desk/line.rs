//! A line of the queue: what it tells of a contribution before anybody opens it.

use std::collections::HashMap;

use chrono::TimeDelta;
use parvis_kernel::{Ctx, Result, form::Form, permission::Right};
use parvis_people::areas::Area;
use parvis_ui::Page;
use uuid::Uuid;

use super::{
    handling,
    lots::Act,
    place,
    queue::{self, Wait, Waiting},
};
use crate::{
    ideas::{Contribution, shorten},
    moderation::{
        self, Action, State,
        appeals::Reply,
        store::{ReportLine, open_reports},
    },
    projects::Project,
    screening, urls,
};

/// A line of the queue as the page shows it.
#[derive(Debug)]
pub(crate) struct Line {
    pub c: Contribution,
    pub wait: Wait,
    pub heading: String,
    pub href: String,
    /// Where it is answered.
    pub answer: String,
    pub project: String,
    pub area: String,
    /// Words about how long it waits.
    pub delay: String,
    /// Whether the promise is broken.
    pub late: bool,
    /// Reasons of its reports, with how many.
    pub reports: String,
    /// Why it waits although its phase publishes at once.
    pub why: String,
    /// Whether that is a telephone number or a mail address, among others.
    pub masks: bool,
    /// What its author replied to a decision; empty for nothing that waits.
    pub reply: String,
    /// Whether this person moderates its project.
    pub may: bool,
    /// Whom it is given to; empty for nobody.
    pub assignee: String,
    /// Who else has it open; empty for nobody.
    pub held: String,
    pub ticked: bool,
}

impl Line {
    /// Whether a button of this code is worth showing.
    pub fn can(&self, action: &str) -> bool {
        self.may && Action::parse(action).is_some_and(|a| moderation::possible(State::of(&self.c), a).is_ok())
    }

    /// Whether a lot does this to it, see [`Act::is_possible`].
    pub fn takes(&self, act: &str) -> bool {
        self.may && Act::parse(act).is_some_and(|a| a.is_possible(State::of(&self.c)))
    }
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
    asked: &Form,
    post: &Form,
    waiting: Vec<Waiting>,
) -> Result<Vec<Line>> {
    let known = Known::of(ctx, p, &waiting).await?;
    Ok(waiting
        .into_iter()
        .map(|w| {
            let (delay, late) = delay(ctx, p, &w);
            let project = projects.iter().find(|x| x.id == w.c.project_id);
            Line {
                heading: known.heading(p, &w.c),
                href: place::keeping(&urls::Handle { number: w.c.number }.to_string(), asked),
                answer: place::keeping(&urls::AnswerForm { number: w.c.number }.to_string(), asked),
                project: project.map_or_else(String::new, |x| p.text(&x.title)),
                area: area_name(p, areas, w.c.area_id),
                delay,
                late,
                reports: reasons(p, &known.reports, w.c.id),
                reply: known.reply(w.c.id),
                masks: known.screened(w.c.id).iter().any(|k| k.why == screening::contact::CODE),
                why: screened(p, known.screened(w.c.id)),
                may: ctx.may(Right::Moderate, Some(w.c.project_id)),
                assignee: known.who.assignee(w.c.id),
                held: known.who.holder(ctx, w.c.id),
                ticked: post.is("c", &w.c.number.to_string()),
                wait: w.wait,
                c: w.c,
            }
        })
        .collect())
}

/// What is known of the contributions of a page beside themselves.
struct Known {
    /// What the ideas are called that their comments stand under.
    parents: HashMap<Uuid, String>,
    reports: Vec<ReportLine>,
    replies: Vec<Reply>,
    screened: HashMap<Uuid, Vec<screening::store::Kept>>,
    who: Who,
}

impl Known {
    async fn of(ctx: &Ctx, p: &Page, waiting: &[Waiting]) -> Result<Self> {
        let c = ctx.app.db.read();
        let ids = |of: fn(&Waiting) -> bool| waiting.iter().filter(|w| of(w)).map(|w| w.c.id).collect::<Vec<_>>();
        let parents: Vec<Uuid> = waiting.iter().filter_map(|w| w.c.idea_id).collect();
        let parents = queue::by_ids(c, &parents).await?;
        Ok(Self {
            parents: parents.into_iter().map(|idea| (idea.id, called(p, &idea))).collect(),
            reports: open_reports(c, &ids(|w| w.c.reports > 0)).await?,
            replies: moderation::appeals::of(c, &ids(|w| w.c.appeal)).await?,
            screened: screening::store::reasons(c, &ids(|w| w.wait == Wait::Publish)).await?,
            who: Who::of(ctx, &ids(|_| true)).await?,
        })
    }

    fn heading(&self, p: &Page, c: &Contribution) -> String {
        match c.idea_id.and_then(|id| self.parents.get(&id)) {
            Some(title) => p.t1("queue-comment-under", "title", title),
            None => called(p, c),
        }
    }

    fn reply(&self, id: Uuid) -> String {
        let reply = self.replies.iter().find(|r| r.contribution_id == id);
        reply.map_or_else(String::new, |r| shorten(&r.body, 180))
    }

    fn screened(&self, id: Uuid) -> &[screening::store::Kept] {
        self.screened.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// Names of those who hold contributions, or were given them.
struct Who {
    handled: HashMap<Uuid, handling::Handling>,
    names: HashMap<Uuid, String>,
}

impl Who {
    async fn of(ctx: &Ctx, ids: &[Uuid]) -> Result<Self> {
        let handled = handling::of(ctx.app.db.read(), ids).await?;
        let who: Vec<Uuid> = handled.values().flat_map(|h| [h.assignee_id, h.holder_id]).flatten().collect();
        let names = if who.is_empty() { HashMap::new() } else { ctx.app.identity.names(&ctx.app.db, &who).await? };
        Ok(Self { handled, names })
    }

    fn name(&self, person: Option<Uuid>) -> String {
        person.and_then(|id| self.names.get(&id)).cloned().unwrap_or_default()
    }

    fn assignee(&self, id: Uuid) -> String {
        self.name(self.handled.get(&id).and_then(|h| h.assignee_id))
    }

    fn holder(&self, ctx: &Ctx, id: Uuid) -> String {
        self.name(self.handled.get(&id).and_then(|h| h.held_by_another(ctx.actor.person(), ctx.now())))
    }
}

/// The name of an area; empty for none.
pub(crate) fn area_name(p: &Page, areas: &[Area], id: Option<Uuid>) -> String {
    areas.iter().find(|a| Some(a.id) == id).map_or_else(String::new, |a| p.text(&a.name))
}

/// How long it waits in words, and whether that is longer than promised.
fn delay(ctx: &Ctx, p: &Page, w: &Waiting) -> (String, bool) {
    let wait = p.wait(&w.since);
    match w.wait {
        Wait::Publish => (wait, ctx.now() - w.since > TimeDelta::hours(ctx.settings.review_hours)),
        Wait::Reported if w.c.reports == 0 => (wait, false),
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

/// `mot de la liste : abruti, liens : 4`.
fn screened(p: &Page, kept: &[screening::store::Kept]) -> String {
    let words = kept.iter().map(|k| {
        let key = format!("screening-why-{}", k.why);
        p.t1(&key, "detail", p.text(&k.detail))
    });
    words.collect::<Vec<_>>().join(", ")
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
