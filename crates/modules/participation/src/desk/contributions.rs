//! The page of the queue.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{Ctx, Result, form::Form, permission::Right};
use parvis_people::{
    areas::{self, Area},
    persons::Person,
};
use parvis_ui::{Page, html_with};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    beside,
    done::{self, Done},
    handling,
    line::{self, Line},
    lots, place, query,
    queue::{self, Assigned, Counts, Filter, Order, PER_PAGE, Tab},
    recent::{self, Deed},
    searched, templates, views, with_param,
};
use crate::{
    ideas::Status,
    projects::{self, Project},
    urls,
};

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
    /// What the bar offers: some line of the page takes it.
    offered: Vec<&'static str>,
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

/// What the bar does that not every line takes; what a theme is given to is moved and united likewise.
const BAR: [&str; 7] = ["publier", "refuser", "repondre", "remettre", "masquer", "etat", "theme"];
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
        with_param(&urls::Queue {}.to_string(), "file", self.tab.code())
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
        let base = with_param("/equipe/exports", "liste", list);
        place::with(&with_param(&base, "file", self.tab.code()), self.f, place::FILTERS)
    }

    /// Where the reports themselves leave as a file; nothing but beside those that wait.
    fn reports_href(&self) -> Option<String> {
        let base = with_param("/equipe/exports", "liste", crate::reports::list::LIST.code);
        let base = with_param(&base, "file", self.tab.code());
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

    fn any_takes(&self, act: &str) -> bool {
        self.offered.contains(&act)
    }

    /// What the bar offers that a line does not take: ticked, it takes that off the bar.
    fn lacks(&self, line: &Line) -> String {
        self.offered.iter().filter(|act| !line.takes(act)).copied().collect::<Vec<_>>().join(" ")
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
        with_param(&urls::Lot { lot: lot.id }.to_string(), "retour", &self.here())
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
    let lines = line::lines(ctx, &frame, &all, &area_list, &f, &post, page.lines).await?;
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
        offered: BAR.into_iter().filter(|act| lines.iter().any(|l| l.takes(act))).collect(),
        lines,
        filters: filter.set(),
        more: page.more,
        recent: recent::of(ctx, &frame, None).await?,
        done: done::of(ctx, &frame, &f).await?,
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
