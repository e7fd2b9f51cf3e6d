//! The page of the queue, and what its buttons do.

use std::collections::HashMap;

use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::TimeDelta;
use parvis_kernel::{Ctx, Result, form::Form, permission::Right};
use parvis_people::{
    areas::{self, Area},
    persons::Person,
};
use parvis_ui::{Page, html_with};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    beside, handling, leaving, lots, merge, place, query,
    queue::{self, Assigned, Counts, Filter, Order, PER_PAGE, Tab, Wait, Waiting},
    recent::{self, Deed},
    searched, templates, views, with_parameter,
};
use crate::{
    ideas::{Contribution, Status, shorten},
    moderation::{
        self, Action, State,
        store::{ReportLine, open_reports},
    },
    projects::{self, Project},
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
}

/// What was just done, with the way back.
#[derive(Debug, Default)]
pub(crate) struct Done {
    pub words: String,
    /// Address of the lot or of the union.
    pub href: String,
    /// Whether it can be undone.
    pub undo: bool,
    /// Those left alone, named.
    pub left: Vec<lots::pages::Left>,
}

#[derive(Template)]
#[template(path = "desk/contributions.html")]
struct Show<'a> {
    p: &'a Page,
    f: &'a Form,
    post: &'a Form,
    tab: Tab,
    counts: Counts,
    /// The same, with the filters.
    narrowed: Counts,
    lines: Vec<Line>,
    projects: Vec<&'a Project>,
    areas: &'a [Area],
    tags: Vec<String>,
    filters: usize,
    page: i64,
    more: bool,
    done: Done,
    recent: Vec<Deed>,
    may: bool,
    /// Members of the team who decide.
    team: Vec<Person>,
    me: Option<Uuid>,
    /// How many answer to the filters in this tab; `MOST` stands for "that many or more".
    matching: i64,
    running: Option<lots::Lot>,
    templates: Vec<templates::Kept>,
    views: Vec<views::View>,
}

/// Counting what answers to filters stops here.
const MOST: i64 = 1_000;

impl Show<'_> {
    fn tab_href(&self, tab: &Tab) -> String {
        place::tab(self.f, tab.code())
    }

    /// Whether a tab is offered: that of all texts beside words to find, which may stand in one that is handled.
    fn offers(&self, tab: &Tab) -> bool {
        *tab != Tab::Every || self.tab == Tab::Every || !self.f.get("q").is_empty()
    }

    /// The same tab without a filter.
    fn bare_href(&self) -> String {
        with_parameter(&urls::Queue {}.to_string(), "file", self.tab.code())
    }

    /// How many are in a tab, with the filters.
    fn count(&self, tab: &Tab) -> String {
        let most = if self.filters > 0 { MOST } else { i64::MAX };
        self.narrowed.of(*tab).map_or_else(String::new, |n| {
            let sign = if n >= most { "+" } else { "" };
            format!("{}{sign}", self.p.num(&n.min(most)))
        })
    }

    fn page_href(&self, page: i64) -> String {
        let mut f = self.f.clone();
        f.set("page", if page > 1 { page.to_string() } else { String::new() });
        place::queue(&f)
    }

    /// The page from which this list leaves as a file, narrowed the same way.
    fn export_href(&self) -> String {
        let list = if self.f.is("genre", "commentaires") { "commentaires" } else { "contributions" };
        let base = with_parameter("/equipe/exports", "liste", list);
        place::with(&with_parameter(&base, "file", self.tab.code()), self.f, place::FILTERS)
    }

    /// Where the reports themselves leave as a file; nothing but beside those that wait.
    fn reports_href(&self) -> Option<String> {
        let base = with_parameter("/equipe/exports", "liste", crate::reports::list::LIST.code);
        let base = with_parameter(&base, "file", self.tab.code());
        (self.tab == Tab::Reported).then(|| place::with(&base, self.f, ["projet"]))
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
        self.lines.iter().any(|l| l.may && !l.c.withdrawn)
    }

    fn any_can(&self, action: &str) -> bool {
        self.lines.iter().any(|l| l.can(action))
    }

    /// Whether all that match are more than those of this page.
    fn has_others(&self) -> bool {
        self.page > 1 || self.more
    }

    fn all_words(&self) -> String {
        let key = if self.matching >= MOST && self.filters > 0 { "queue-all-most" } else { "queue-all" };
        self.p.t1(key, "n", self.matching)
    }

    fn owns(&self, view: &views::View) -> bool {
        self.me == Some(view.owner_id)
    }

    fn is_me(&self, person: &Uuid) -> bool {
        self.me == Some(*person)
    }

    fn chosen_person(&self, person: &Uuid) -> bool {
        self.f.is("confiee", &person.to_string())
    }

    fn lot_href(&self, lot: &lots::Lot) -> String {
        with_parameter(&urls::Lot { lot: lot.id }.to_string(), "retour", &self.here())
    }
}

/// The queue. Permission: read, in one's projects.
pub async fn show(ctx: Ctx) -> Result<Response> {
    render(&ctx, query(&ctx), Form::new(), StatusCode::OK).await
}

/// What an address narrows the queue to, within the projects of whoever asks.
pub(super) fn filter_of(ctx: &Ctx, f: &Form, projects: &[&Project]) -> Filter {
    let assigned = match (f.get("confiee"), ctx.actor.person()) {
        ("moi", Some(me)) => Assigned::To(me),
        ("personne", _) => Assigned::Nobody,
        (id, _) => id.parse().map_or(Assigned::Any, Assigned::To),
    };
    Filter {
        scope: ctx.actor.projects().map(<[Uuid]>::to_vec),
        project: projects.iter().find(|p| p.slug == f.get("projet")).map(|p| p.id),
        tag: Some(f.get("theme").to_owned()).filter(|t| !t.is_empty()),
        area: f.get("quartier").parse().ok(),
        status: Status::parse(f.get("etat")),
        assigned,
        kind: match f.get("genre") {
            "idees" => Some("idea"),
            "commentaires" => Some("comment"),
            _ => None,
        },
        search: f.text("q").chars().take(200).collect(),
        lang: ctx.lang.code(),
    }
}

/// A page of the queue, and what each tab holds of what the filter leaves; `None` without a filter.
async fn found(
    c: &impl ConnectionTrait,
    filter: &Filter,
    tab: Tab,
    slice: (Order, i64, i64),
) -> Result<(queue::QueuePage, Option<Counts>)> {
    if tab == Tab::All
        && let Some((page, counts)) = searched::page(c, filter, slice, MOST).await?
    {
        return Ok((page, Some(counts)));
    }
    let (order, limit, offset) = slice;
    let narrowed = async { if filter.set() > 0 { queue::matching(c, filter, MOST).await.map(Some) } else { Ok(None) } };
    futures::try_join!(queue::page(c, filter, tab, order, limit, offset), narrowed)
}

pub(super) async fn render(ctx: &Ctx, f: Form, post: Form, status: StatusCode) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let c = ctx.app.db.read();
    let all = projects::store::all(c).await?;
    let own: Vec<&Project> = all.iter().filter(|p| super::holds(&ctx.actor, p.id)).collect();
    let filter = filter_of(ctx, &f, &own);
    let tab = Tab::parse(f.get("file"));
    let number: i64 = f.get("page").parse().unwrap_or(1).clamp(1, 5_000);
    let counts = async {
        let mut counts = queue::counts(c, ctx.actor.projects()).await?;
        counts.check = queue::to_check(c, ctx.actor.projects()).await?;
        Ok(counts)
    };
    let found = found(c, &filter, tab, (Order::parse(f.get("tri")), PER_PAGE, (number - 1) * PER_PAGE));
    let ((page, narrowed), counts) = futures::try_join!(found, counts)?;
    let narrowed = narrowed.unwrap_or(counts);
    let frame = Page::team(ctx, ctx.t("queue-title")).await?;
    let area_list = areas::all(c).await?;
    let ids: Vec<Uuid> = own.iter().map(|p| p.id).collect();
    let may = ctx.may(Right::Moderate, None);
    let others = may && (number > 1 || page.more);
    let show = Show {
        tags: queue::tags(c, &ids).await?,
        matching: match narrowed.of(tab) {
            Some(n) => n.min(if filter.set() == 0 { i64::MAX } else { MOST }),
            None if others => lots::store::count_matching(c, &filter, tab, MOST).await?,
            None => 0,
        },
        team: if may { handling::deciders(c).await? } else { Vec::new() },
        me: ctx.actor.person(),
        templates: if may { templates::all(c).await? } else { Vec::new() },
        views: match ctx.actor.person() {
            Some(me) => views::of(c, me).await?,
            None => Vec::new(),
        },
        running: match ctx.actor.person().filter(|_| may) {
            Some(me) => lots::store::unfinished(c, me).await?,
            None => None,
        },
        counts,
        narrowed,
        lines: lines(ctx, &frame, &all, &area_list, &f, &post, page.lines).await?,
        filters: filter.set(),
        more: page.more,
        recent: recent::of(ctx, &frame, None).await?,
        done: done(ctx, &frame, &f).await?,
        may,
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

/// The list of the queue that an address stands in.
pub(crate) fn list_of(ctx: &Ctx, f: &Form, projects: &[Project]) -> beside::List {
    let own: Vec<&Project> = projects.iter().filter(|p| super::holds(&ctx.actor, p.id)).collect();
    beside::List {
        filter: filter_of(ctx, f, &own),
        tab: f.has("file").then(|| Tab::parse(f.get("file"))),
        order: Order::parse(f.get("tri")),
    }
}

/// The sentence about what was just decided, from the address that the decision led to.
pub(crate) async fn done(ctx: &Ctx, p: &Page, f: &Form) -> Result<Done> {
    if let Ok(id) = f.get("lot").parse::<Uuid>() {
        return done_lot(ctx, p, id).await;
    }
    if let Ok(id) = f.get("fusion").parse::<Uuid>() {
        return done_merge(ctx, p, id).await;
    }
    Ok(Done::default())
}

async fn done_merge(ctx: &Ctx, p: &Page, id: Uuid) -> Result<Done> {
    let Ok(merging) = merge::store::find(ctx.app.db.read(), id).await else { return Ok(Done::default()) };
    let key = if merging.undone_at.is_some() { "merge-undone" } else { "merge-done" };
    Ok(Done {
        words: p.t(key),
        href: urls::MergeUndo { merging: id }.to_string(),
        undo: merging.may_undo(ctx.now()) && ctx.may(Right::Moderate, None),
        ..Done::default()
    })
}

async fn done_lot(ctx: &Ctx, p: &Page, id: Uuid) -> Result<Done> {
    let c = ctx.app.db.read();
    let Ok(lot) = lots::store::find(c, id).await else { return Ok(Done::default()) };
    let Some(act) = lot.act().filter(|_| lot.actor_id == ctx.actor.person()) else { return Ok(Done::default()) };
    let counts = lots::store::counts(c, id).await?;
    let words = match lot.state() {
        lots::State::Undone => p.t1("queue-undone", "n", counts.undone),
        lots::State::Done => match leaving::held(p, "refusal", lot.started_at.unwrap_or(lot.created_at)) {
            Some(when) if act == lots::Act::Refuse => p.t2("queue-refused-held", "n", counts.done, "when", when),
            _ => p.t1(&format!("queue-done-{}", act.code()), "n", counts.done),
        },
        _ => return Ok(Done::default()),
    };
    Ok(Done {
        words,
        href: urls::Lot { lot: id }.to_string(),
        undo: lot.may_undo(ctx.now()) && counts.done > 0,
        left: lots::pages::left(ctx, p, id, PER_PAGE).await?,
    })
}

/// `12.3-13.1`: numbers and versions. Anything else in it is dropped.
pub(super) fn pairs_of(lot: &str) -> Vec<(i64, i64)> {
    lot.split('-')
        .filter_map(|pair| pair.split_once('.'))
        .filter_map(|(n, v)| Some((n.parse().ok()?, v.parse().ok()?)))
        .take(50)
        .collect()
}

pub(super) fn joined(lot: &[(i64, i64)]) -> String {
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
    asked: &Form,
    post: &Form,
    waiting: Vec<Waiting>,
) -> Result<Vec<Line>> {
    let c = ctx.app.db.read();
    let parents: Vec<Uuid> = waiting.iter().filter_map(|w| w.c.idea_id).collect();
    let parents: HashMap<Uuid, String> =
        queue::by_ids(c, &parents).await?.into_iter().map(|i| (i.id, called(p, &i))).collect();
    let reported: Vec<Uuid> = waiting.iter().filter(|w| w.c.reports > 0).map(|w| w.c.id).collect();
    let reports = open_reports(c, &reported).await?;
    let replied: Vec<Uuid> = waiting.iter().filter(|w| w.c.appeal).map(|w| w.c.id).collect();
    let replies = moderation::appeals::of(c, &replied).await?;
    let waits: Vec<Uuid> = waiting.iter().filter(|w| w.wait == Wait::Publish).map(|w| w.c.id).collect();
    let screened_for = screening::store::reasons(c, &waits).await?;
    let who = Who::of(ctx, &waiting.iter().map(|w| w.c.id).collect::<Vec<_>>()).await?;
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
                href: place::keeping(&urls::Handle { number: w.c.number }.to_string(), asked),
                answer: place::keeping(&urls::AnswerForm { number: w.c.number }.to_string(), asked),
                project: projects
                    .iter()
                    .find(|x| x.id == w.c.project_id)
                    .map_or_else(String::new, |x| p.text(&x.title)),
                area: area_name(p, areas, w.c.area_id),
                delay,
                late,
                reports: reasons(p, &reports, w.c.id),
                reply: replies
                    .iter()
                    .find(|r| r.contribution_id == w.c.id)
                    .map_or_else(String::new, |r| shorten(&r.body, 180)),
                masks: screened_for
                    .get(&w.c.id)
                    .is_some_and(|all| all.iter().any(|k| k.why == screening::contact::CODE)),
                why: screened(p, screened_for.get(&w.c.id)),
                may: ctx.may(Right::Moderate, Some(w.c.project_id)),
                assignee: who.assignee(w.c.id),
                held: who.holder(ctx, w.c.id),
                ticked: post.is("c", &w.c.number.to_string()),
                wait: w.wait,
                c: w.c,
            }
        })
        .collect())
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

pub(crate) fn area_name(p: &Page, areas: &[Area], id: Option<Uuid>) -> String {
    areas.iter().find(|a| Some(a.id) == id).map_or_else(String::new, |a| p.text(&a.name))
}

/// How long it waits in words, and whether that is longer than promised.
pub(crate) fn delay(ctx: &Ctx, p: &Page, w: &Waiting) -> (String, bool) {
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
fn screened(p: &Page, kept: Option<&Vec<screening::store::Kept>>) -> String {
    let words = kept.into_iter().flatten().map(|k| {
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
