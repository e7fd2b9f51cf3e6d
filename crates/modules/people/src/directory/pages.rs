//! Looking somebody up.

use std::collections::HashMap;

use axum::response::Response;
use parvis_kernel::{Ctx, Result, app::App, deeds::Deed, form::Form, permission::Right, url::with_param};
use parvis_ui::{Page, html};
use uuid::Uuid;

use super::{
    Filter, ORIGINS, ROLES, Reach,
    store::{self, COUNTED, Found, Listed},
};
use crate::{
    areas::{self, Area},
    urls,
};

/// A person in the list.
pub struct Row {
    /// Address of the sheet, with what was looked for.
    pub href: String,
    /// Name, else address, else telephone.
    pub name: String,
    /// Where they live, and by what they may be reached.
    pub about: String,
    /// Role on the team, what they did in public and when they last came, else since when they are known.
    pub since: String,
    /// Whether they wait for an accord.
    pub waits: bool,
    /// Whether this sheet is open.
    pub current: bool,
}

/// The list beside a sheet, and alone.
pub struct Side {
    /// What was looked for, as typed.
    pub f: Form,
    /// Filters set.
    pub set: usize,
    /// Lines.
    pub rows: Vec<Row>,
    /// How many were found, in words.
    pub found: String,
    /// Since when, in words; empty for no matter when.
    pub since: String,
    /// How many wait for an accord, in words; empty when nobody does, or when the list shows them.
    pub waiting: String,
    /// The page from which this list leaves as a file, narrowed the same way; empty for whom it does not leave.
    pub export: String,
    /// What one may look for that people did: code and words.
    pub deeds: Vec<(&'static str, String)>,
    /// Areas to choose from.
    pub areas: Vec<Area>,
    /// Address of the page before, empty for none.
    pub previous: String,
    /// Address of the next page, empty for none.
    pub next: String,
    /// Address of the list as looked for.
    pub here: String,
    /// The query of what is looked for: the forms of a sheet carry it, so that the list stays when they come back.
    pub query: String,
}

impl Side {
    /// The codes of the filter by accord.
    pub fn reaches(&self) -> [&'static str; 7] {
        Reach::ALL.map(Reach::code)
    }

    /// The codes of the filter by role.
    pub fn roles(&self) -> [&'static str; 6] {
        ROLES
    }

    /// The codes of the filter by origin.
    pub fn origins(&self) -> [&'static str; 6] {
        ORIGINS
    }
}

#[derive(askama::Template)]
#[template(path = "directory/list.html")]
struct List<'a> {
    p: &'a Page,
    side: Side,
    intro: String,
}

/// Owners and administrators. A search is journaled with how many it found.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let filter = filter(&ctx).await?;
    let p = Page::team(&ctx, ctx.t("directory-title")).await?;
    let (side, n) = side(&p, &filter, None).await?;
    if filter.is_search() {
        store::searched(&ctx, n).await?;
    }
    let intro = p.t1("directory-known", "n", store::known(ctx.app.db.read()).await?);
    html(&List { side, intro, p: &p })
}

/// What the address looks for.
///
/// # Errors
/// When the database refuses.
pub async fn filter(ctx: &Ctx) -> Result<Filter> {
    let mut filter = Filter::of(&query(ctx), &deeds(&ctx.app));
    store::weigh(ctx.app.db.read(), &mut filter).await?;
    Ok(filter)
}

/// The query of what the address looks for, to be carried on; empty for everybody.
#[must_use]
pub fn searched(ctx: &Ctx) -> String {
    let filter = Filter::of(&query(ctx), &deeds(&ctx.app));
    filter.query_string(filter.page)
}

/// The address of a sheet that says what was done at a part of it, beside the list as it was looked for.
#[must_use]
pub fn done_on_sheet(ctx: &Ctx, id: Uuid, done: &str, part: &str) -> String {
    let part = if part.is_empty() { String::new() } else { format!("#{part}") };
    with_param(&format!("{}{}{part}", urls::Sheet { id }, searched(ctx)), "fait", done)
}

/// What people do in public, from every module.
pub fn deeds(app: &App) -> Vec<Deed> {
    app.modules.iter().flat_map(|m| m.deeds()).collect()
}

/// What each of these people did, in words: "4 idées, 2 commentaires". One query for each deed, whatever the number of people.
async fn done(p: &Page, people: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let mut all: HashMap<Uuid, String> = HashMap::new();
    for deed in deeds(&p.ctx.app) {
        for (id, n) in deed.counts(p.ctx.app.db.read(), people).await? {
            let line = all.entry(id).or_default();
            if !line.is_empty() {
                line.push_str(", ");
            }
            line.push_str(&p.t1(&format!("{}-n", deed.key), "n", n));
        }
    }
    Ok(all)
}

fn query(ctx: &Ctx) -> Form {
    Form::parse(ctx.uri.split_once('?').map_or("", |(_, q)| q).as_bytes())
}

/// The list for what is looked for, and how many there are.
///
/// # Errors
/// When the database refuses.
pub async fn side(p: &Page, filter: &Filter, open: Option<Uuid>) -> Result<(Side, i64)> {
    let db = p.ctx.app.db.read();
    let Found { rows: listed, more, count: n } = store::find(db, filter).await?;
    let areas = areas::all(db).await?;
    let names: HashMap<Uuid, &str> = areas.iter().map(|a| (a.id, a.name.as_str())).collect();
    let ids: Vec<Uuid> = listed.iter().map(|l| l.id).collect();
    let (channels, done) = (store::channels(db, &ids).await?, done(p, &ids).await?);
    let found = if n > COUNTED { p.t1("directory-found-many", "n", COUNTED) } else { p.t1("directory-found", "n", n) };
    let waiting = match filter.reach {
        Some(Reach::Waiting) => 0,
        _ => store::count(db, &Filter { reach: Some(Reach::Waiting), ..Filter::default() }).await?,
    };
    let page = |n: i64| format!("{}{}", urls::Directory {}, filter.query_string(n));
    let none = Vec::new();
    let rows = listed
        .iter()
        .map(|l| Row {
            href: format!("{}{}", urls::Sheet { id: l.id }, filter.query_string(filter.page)),
            name: called(l),
            waits: l.waits > 0,
            about: about(p, l.area_id.and_then(|a| names.get(&a).copied()), channels.get(&l.id).unwrap_or(&none)),
            since: since(p, l, done.get(&l.id).map(String::as_str)),
            current: open == Some(l.id),
        })
        .collect();
    let side = Side {
        f: query(&p.ctx),
        set: filter.set(),
        rows,
        found,
        since: filter
            .since
            .map_or_else(String::new, |at| p.t2("directory-since-then", "day", p.date(&at), "time", p.time(&at))),
        waiting: match waiting {
            0 => String::new(),
            n if n > COUNTED => p.t1("directory-waiting-many", "n", COUNTED),
            n => p.t1("directory-waiting", "n", n),
        },
        export: export(p, filter),
        previous: if filter.page > 1 { page(filter.page - 1) } else { String::new() },
        next: if more { page(filter.page + 1) } else { String::new() },
        here: page(filter.page),
        query: filter.query_string(filter.page),
        deeds: deeds(&p.ctx.app).iter().map(|d| (d.code, p.t(d.key))).collect(),
        areas,
    };
    Ok((side, n))
}

/// The page of files, with the same filters.
fn export(p: &Page, filter: &Filter) -> String {
    if !p.ctx.may(Right::Administer, None) {
        return String::new();
    }
    let query = filter.query_string(1);
    let filters = query.strip_prefix('?').map_or_else(String::new, |filters| format!("&{filters}"));
    format!("/equipe/exports?liste=personnes{filters}")
}

pub(super) fn called(l: &Listed) -> String {
    if !l.name.is_empty() {
        return l.name.clone();
    }
    l.email.clone().or_else(|| l.phone.as_deref().map(super::phone::shown)).unwrap_or_default()
}

/// "Les Coteaux. Courriel, appels."
fn about(p: &Page, area: Option<&str>, channels: &[String]) -> String {
    let place = area.map_or_else(|| p.t("directory-area-unknown"), |a| p.text(a));
    let may = if channels.is_empty() {
        p.t("directory-nothing")
    } else {
        let words: Vec<String> = channels.iter().map(|c| p.t(&format!("directory-channel-{c}"))).collect();
        p.t1("directory-accepts", "what", words.join(", "))
    };
    format!("{place}. {may}")
}

/// "Propriétaire. 4 idées, 2 commentaires. Dernière visite : il y a 6 jours"
fn since(p: &Page, l: &Listed, done: Option<&str>) -> String {
    let mut parts: Vec<String> = l.role.iter().map(|role| p.t(&format!("role-{role}"))).collect();
    parts.extend(done.map(str::to_owned));
    parts.push(match &l.seen_at {
        Some(at) => p.t1("directory-seen", "when", p.ago(at)),
        None => p.t1("directory-known-since", "date", p.date(&l.created_at)),
    });
    parts.join(". ")
}
