//! The first page of the desk: what waits, what changed, where projects stand.

use askama::Template;
use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Ctx, Result,
    activity::{self, Line},
    args, db,
    permission::Right,
};
use parvis_people::{
    directory::{self, Filter as Filtered, Reach},
    persons, told,
};
use parvis_ui::{Page, SafeHtml, html};
use sea_orm::Value;
use uuid::Uuid;

use super::{
    holds, mails, notes,
    queue::{self, Counts, Filter, Order, Tab, Waiting},
    visits, with_param,
};
use crate::{
    home::FEWEST,
    links,
    projects::{self, Phase, Project, admin_store, phases},
    urls,
};

/// Lines of the journal shown.
const LINES: usize = 3;

/// One reason to act, with its button.
#[derive(Default)]
pub(super) struct Entry {
    pub since: DateTime<Utc>,
    pub title: String,
    pub detail: String,
    pub late: String,
    pub href: String,
    pub verb: String,
    /// The rest of the button's name, for who does not see the line.
    pub about: String,
    pub first: bool,
}

/// A sentence of "since yesterday".
struct Since {
    n: i64,
    words: String,
    href: String,
    link: String,
}

/// Where a project stands.
struct Running {
    title: String,
    href: String,
    now: String,
    /// Share of the phase that is over, in percent; nothing for an open-ended one.
    done: Option<i64>,
    ideas: String,
    next: String,
    plan: bool,
}

#[derive(Template)]
#[template(path = "desk/today.html")]
struct Show<'a> {
    p: &'a Page,
    name: String,
    /// When they were here before, in words; empty on a first visit.
    last: String,
    waits: Vec<Entry>,
    counts: Counts,
    /// Where a telephone finds the site, as an address and a code, as long as nobody has written anything.
    reached: Option<(String, SafeHtml)>,
    since: Vec<Since>,
    running: Vec<Running>,
    journal: Vec<(String, String)>,
    /// What colleagues wrote to this person: words, address, since when.
    mentions: Vec<(String, String, String)>,
}

/// Today. Permission: read; a moderator's own projects.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let p = Page::team(&ctx, ctx.t("today-title")).await?;
    let c = ctx.app.db.read();
    let all: Vec<Project> = projects::store::all(c).await?.into_iter().filter(|x| holds(&ctx.actor, x.id)).collect();
    // "Léa M." is greeted as "Léa".
    let name = p.who().split_whitespace().next().unwrap_or_default().to_owned();
    let last = visits::before(&ctx).await?;
    let from = last.unwrap_or_else(|| ctx.now() - TimeDelta::hours(24));
    let ((waits, counts), reached, since, running, journal, mentions) = futures::try_join!(
        waits(&ctx, &p),
        reached(&ctx, &p),
        since(&ctx, &p, from),
        running(&ctx, &p, &all),
        latest(&ctx, &p),
        mentions(&ctx, &p)
    )?;
    let last = last.map_or_else(String::new, |at| was_here(&p, at));
    let show = Show { p: &p, name, last, waits, counts, reached, since, running, journal, mentions };
    html(&show)
}

/// What waits, the longest first, and how much of each.
async fn waits(ctx: &Ctx, p: &Page) -> Result<(Vec<Entry>, Counts)> {
    let (c, own) = (ctx.app.db.read(), ctx.actor.projects());
    let filter = Filter { scope: own.map(<[Uuid]>::to_vec), lang: "fr", ..Filter::default() };
    let oldest = |tab| queue::page(c, &filter, tab, Order::Longest, 1, 0);
    let (mut counts, check, answer, reported, publish, late) = futures::try_join!(
        queue::counts(c, own),
        queue::to_check(c, own),
        oldest(Tab::Answer),
        oldest(Tab::Reported),
        oldest(Tab::Publish),
        queue::late(c, own, ctx.settings.answer_days, ctx.now())
    )?;
    counts.check = check;
    let may = ctx.may(Right::Moderate, None);
    let mut entries = Vec::new();
    for (tab, page, late) in [(Tab::Answer, answer, late), (Tab::Reported, reported, 0), (Tab::Publish, publish, 0)] {
        let n = counts.of(tab).unwrap_or(0);
        let Some(oldest) = page.lines.first().filter(|_| n > 0) else { continue };
        let mut entry = entry(ctx, p, tab, n, oldest, late, may);
        if tab == Tab::Publish && check > 0 {
            entry.title = p.t2("today-wait-a-publier-found", "n", n, "check", check);
        }
        entries.push(entry);
    }
    entries.extend(mails::waits(ctx, p).await?);
    entries.sort_by_key(|e| e.since);
    if let Some(first) = entries.first_mut() {
        first.first = true;
    }
    Ok((entries, counts))
}

/// The address of the site for a telephone in the same network, with its code, while there is nothing to read. Nothing where
/// the program only listens to the machine itself.
async fn reached(ctx: &Ctx, p: &Page) -> Result<Option<(String, SafeHtml)>> {
    let address = ctx.app.base_url(&ctx.settings);
    let any = "SELECT count(*) FROM (SELECT 1 FROM contribution LIMIT 1) AS c";
    if ctx.app.is_here_alone(&ctx.settings) || db::count(ctx.app.db.read(), any, args![]).await? > 0 {
        return Ok(None);
    }
    Ok(Some((address.to_owned(), links::desk::drawing(address, &p.t("links-qr"))?)))
}

fn entry(ctx: &Ctx, p: &Page, tab: Tab, n: i64, oldest: &Waiting, late: i64, may: bool) -> Entry {
    let code = tab.code();
    let title = p.text(&oldest.c.heading());
    let detail = match tab {
        Tab::Publish => p.t1("today-detail-a-publier", "n", ctx.settings.review_hours),
        Tab::Reported => p.t1("today-detail-signalees", "title", title),
        _ if oldest.c.author_name.is_empty() => p.t1("today-detail-a-repondre-anonymous", "title", title),
        _ => p.t2("today-detail-a-repondre", "title", title, "name", p.text(&oldest.c.author_name)),
    };
    let list = with_param(&urls::Queue {}.to_string(), "file", code);
    let answer_it = may && tab == Tab::Answer && ctx.may(Right::Moderate, Some(oldest.c.project_id));
    Entry {
        since: oldest.since,
        title: p.t1(&format!("today-wait-{code}"), "n", n),
        detail,
        late: if late > 0 { p.t1("today-late", "n", late) } else { String::new() },
        href: if answer_it { urls::AnswerForm { number: oldest.c.number }.to_string() } else { list },
        verb: p.t(&if may { format!("today-verb-{code}") } else { "today-verb-read".into() }),
        about: p.t(&format!("today-about-{code}")),
        first: false,
    }
}

/// `Vous étiez là hier à 18 h 40.`
fn was_here(p: &Page, at: DateTime<Utc>) -> String {
    let (day, time) = (p.local(&at), p.time(&at));
    match (p.ctx.today() - day).num_days() {
        0 => p.t1("today-last-same-day", "time", time),
        1 => p.t1("today-last-yesterday", "time", time),
        _ => p.t2("today-last-day", "day", p.day(&day), "time", time),
    }
}

async fn since(ctx: &Ctx, p: &Page, from: DateTime<Utc>) -> Result<Vec<Since>> {
    let c = ctx.app.db.read();
    let (scope, values) = scope(ctx, from);
    let new =
        db::count(c, &format!("SELECT count(*) FROM contribution c WHERE c.created_at >= $1{scope}"), values.clone())
            .await?;
    let sql = format!(
        "SELECT a.signer FROM answer a JOIN contribution c ON c.id = a.contribution_id WHERE a.published_at >= $1{scope} \
         ORDER BY a.published_at LIMIT 200"
    );
    let answers: Vec<String> = db::column(c, &sql, values).await?;
    let mut found = Vec::new();
    if new > 0 {
        let href = with_param(&urls::Queue {}.to_string(), "tri", "recentes");
        found.push(Since { n: new, words: p.t1("today-new", "n", new), href, link: p.t("today-new-link") });
    }
    if !answers.is_empty() {
        let mut names = answers.clone();
        names.sort();
        names.dedup();
        let n = i64::try_from(answers.len()).unwrap_or(i64::MAX);
        let words = p.t2("today-answers", "n", n, "names", names.join(", "));
        found.push(Since { n, words, href: urls::Answers {}.to_string(), link: p.t("today-answers-link") });
    }
    found.extend(people_since(ctx, p, from).await?);
    Ok(found)
}

/// Who came and who took an accord back: with the list of them for whoever opens the directory, as a figure about the whole
/// town for whoever reads the whole town.
async fn people_since(ctx: &Ctx, p: &Page, from: DateTime<Utc>) -> Result<Vec<Since>> {
    let c = ctx.app.db.read();
    if ctx.actor.projects().is_some() {
        return Ok(Vec::new());
    }
    let opens = ctx.may(Right::Persons, None);
    let line = |n: i64, key: &str, filter: Filtered| Since {
        n,
        words: p.t1(key, "n", n),
        href: if opens { filter.address() } else { String::new() },
        link: if opens { p.t("today-people-link") } else { String::new() },
    };
    let mut found = Vec::new();
    let came = persons::confirmed_since(c, from).await?;
    if came > 0 && (opens || came >= FEWEST) {
        let filter = Filtered { origin: Some("web"), role: Some("aucun"), since: Some(from), ..Filtered::default() };
        found.push(line(came, "today-people", filter));
    }
    if opens {
        let filter = Filtered { reach: Some(Reach::Left), since: Some(from), ..Filtered::default() };
        let left = directory::store::count(c, &filter).await?;
        if left > 0 {
            found.push(line(left, "today-left", filter));
        }
    }
    Ok(found)
}

/// The condition of a moderator's projects, with `from` as its first parameter.
fn scope(ctx: &Ctx, from: DateTime<Utc>) -> (String, Vec<Value>) {
    let mut values = args![from];
    let Some(own) = ctx.actor.projects() else { return (String::new(), values) };
    values.extend(own.iter().map(|id| Value::from(*id)));
    let sql = match own.len() {
        0 => " AND FALSE".into(),
        n => format!(" AND c.project_id IN ({})", db::placeholders(2, n)),
    };
    (sql, values)
}

async fn running(ctx: &Ctx, p: &Page, all: &[Project]) -> Result<Vec<Running>> {
    let c = ctx.app.db.read();
    let every = projects::store::all_phases(c).await?;
    let counts = admin_store::ideas(c).await?;
    let today = ctx.today();
    Ok(all
        .iter()
        .filter(|x| x.state == "published")
        .filter_map(|project| {
            let own: Vec<Phase> =
                every.iter().filter(|(id, _)| *id == project.id).map(|(_, phase)| phase.clone()).collect();
            let phase = phases::current(&own, today)?;
            let next = own.iter().filter(|x| x.starts_on > today).min_by_key(|x| x.starts_on);
            let title = p.text(&phase.title);
            let now = match phase.ends_on {
                Some(end) => p.t3("today-phase", "phase", title, "n", (end - today).num_days(), "date", p.day(&end)),
                None => p.t1("today-phase-open", "phase", title),
            };
            let share = phase.ends_on.map(|end| {
                let length = (end - phase.starts_on).num_days() + 1;
                ((today - phase.starts_on).num_days() + 1) * 100 / length.max(1)
            });
            let n = counts.iter().find(|x| x.id == project.id).map_or(0, |x| x.ideas);
            Some(Running {
                title: p.text(&project.title),
                href: urls::DeskProject { slug: project.slug.clone() }.to_string(),
                now,
                done: share,
                ideas: p.t1("desk-projects-ideas", "n", n),
                next: match next {
                    Some(x) => p.t2("today-next", "phase", p.text(&x.title), "date", p.day(&x.starts_on)),
                    None if phase.ends_on.is_some() => p.t("today-next-none"),
                    None => String::new(),
                },
                plan: next.is_none() && phase.ends_on.is_some() && ctx.may(Right::ManageProjects, None),
            })
        })
        .collect())
}

/// Notes that mention this person and were not opened yet, in the projects they still read.
async fn mentions(ctx: &Ctx, p: &Page) -> Result<Vec<(String, String, String)>> {
    let Some(me) = ctx.actor.person() else { return Ok(Vec::new()) };
    let unread = notes::unread(ctx.app.db.read(), me, 10).await?;
    let who: Vec<Uuid> = unread.iter().filter_map(|m| m.author_id).collect();
    let names = ctx.app.identity.names(&ctx.app.db, &who).await?;
    Ok(unread
        .iter()
        .filter(|m| holds(&ctx.actor, m.project_id))
        .map(|m| {
            let name = m.author_id.and_then(|id| names.get(&id)).filter(|n| !n.is_empty()).cloned();
            let name = name.unwrap_or_else(|| p.t("today-somebody"));
            let body: String = m.body.chars().take(160).collect();
            let href = format!("{}#notes", urls::Handle { number: m.number });
            (p.t2("today-mention", "who", name, "text", p.text(&body)), href, p.ago(&m.at))
        })
        .collect())
}

/// The last lines of the journal that this person's projects hold: sentence and time.
async fn latest(ctx: &Ctx, p: &Page) -> Result<Vec<(String, String)>> {
    // What was only looked at changed nothing, and would hide what did.
    let lines: Vec<Line> = activity::latest(&ctx.app.db, &directory::LOOKS, 60)
        .await?
        .into_iter()
        .filter(|l| ctx.actor.projects().is_none_or(|own| l.project_id.is_some_and(|id| own.contains(&id))))
        .take(LINES)
        .collect();
    let told = told::lines(ctx, &lines).await?;
    Ok(lines.iter().zip(told).map(|(l, told)| (p.text(&told.sentence), p.ago(&l.at))).collect())
}
