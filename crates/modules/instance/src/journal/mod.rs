//! The journal: who did what, when.

pub mod store;

use askama::Template;
use axum::response::Response;
use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use parvis_kernel::{Ctx, Result, activity::Line, form::Form, permission::Right, url::encode};
use parvis_people::{directory, persons};
use parvis_ui::{
    Page, html,
    journal::{self as ui, Said},
};
use uuid::Uuid;

use self::store::Filter;
use crate::{
    query,
    settings::{Section, Step, frame},
    urls,
};

/// Lines on a page.
const PAGE: usize = 50;
/// Whoever has no account, and the program itself, as the filter names them.
const NOBODY: &str = "personne";

pub(crate) struct Told {
    pub at: DateTime<Utc>,
    pub who: String,
    pub sentence: String,
    /// Where what was done is told, empty for nowhere.
    pub href: String,
}

/// The fields that narrow it.
pub(crate) const FILTERS: [&str; 5] = ["quoi", "qui", "projet", "du", "au"];

struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "settings/journal.html")]
struct Show<'a> {
    p: &'a Page,
    recent: &'a [Step],
    lines: Vec<Told>,
    f: &'a Form,
    kinds: Vec<Choice>,
    people: Vec<Choice>,
    projects: Vec<Choice>,
    filtered: bool,
    /// Where the list leaves as a file, as it is narrowed.
    export: String,
    next: String,
}

/// A day of the filters, as typed.
fn day(f: &Form, name: &str) -> Option<NaiveDate> {
    f.get(name).parse().ok()
}

/// The instant at which a day of the instance's time zone begins.
fn begins(day: NaiveDate, tz: chrono_tz::Tz) -> Option<DateTime<Utc>> {
    Some(tz.from_local_datetime(&day.and_hms_opt(0, 0, 0)?).earliest()?.to_utc())
}

/// What an address narrows the journal to. What it names that does not exist narrows nothing.
fn filter_of(f: &Form, kinds: &[&'static str], projects: &[(Uuid, String)], tz: chrono_tz::Tz) -> Filter {
    Filter {
        // A kind from the address goes no further unless a module declared it.
        kind: kinds.iter().copied().find(|k| *k == f.get("quoi")),
        who: match f.get("qui") {
            NOBODY => Some(None),
            id => id.parse().ok().map(Some),
        },
        project: f.get("projet").parse().ok().filter(|id| projects.iter().any(|(own, _)| own == id)),
        from: day(f, "du").and_then(|d| begins(d, tz)),
        until: day(f, "au").and_then(|d| d.checked_add_days(Days::new(1))).and_then(|d| begins(d, tz)),
    }
}

/// The newest lines, narrowed by kind, person, project and days. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let asked = query::of(&ctx);
    let (filter, projects) = narrowed(&ctx, &asked).await?;
    let before = asked.get("avant").parse::<Uuid>().ok();
    let frame = frame(&ctx, Section::Journal).await?;
    let mut lines = store::latest(ctx.app.db.read(), &filter, before, PAGE + 1).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let next = match lines.last() {
        Some(last) if more => older(&asked, last.id),
        _ => String::new(),
    };
    html(&Show {
        p: &frame.page,
        recent: &frame.recent,
        lines: told(&ctx, &lines).await?,
        kinds: choices(&ctx, &kinds(&ctx), filter.kind),
        people: people(&ctx, &asked).await?,
        projects: projects
            .into_iter()
            .map(|(id, label)| Choice { chosen: filter.project == Some(id), value: id.to_string(), label })
            .collect(),
        filtered: filter != Filter::default(),
        export: export(&asked),
        f: &asked,
        next,
    })
}

fn kinds(ctx: &Ctx) -> Vec<&'static str> {
    ctx.app.modules.iter().flat_map(|m| m.activity_kinds()).collect()
}

/// What a form narrows the journal to, and the projects it may name.
pub(crate) async fn narrowed(ctx: &Ctx, asked: &Form) -> Result<(Filter, Vec<(Uuid, String)>)> {
    let mut projects = Vec::new();
    for module in &ctx.app.modules {
        projects.extend(module.scopes(&ctx.app.db).await?);
    }
    Ok((filter_of(asked, &kinds(ctx), &projects, ctx.settings.tz()), projects))
}

/// The filters of a page, each followed by `&`.
fn kept(asked: &Form) -> String {
    let kept = FILTERS.into_iter().filter(|name| !asked.get(name).is_empty());
    kept.map(|name| format!("{name}={}&", encode(asked.get(name)))).collect()
}

/// The address of the page that follows, with the filters of this one.
fn older(asked: &Form, last: Uuid) -> String {
    format!("{}?{}avant={last}", urls::Journal {}, kept(asked))
}

fn export(asked: &Form) -> String {
    format!("{}?{}liste=journal", urls::Exports {}, kept(asked))
}

/// Those who may be asked for: the team of now, whoever has no account, and the one the address names.
async fn people(ctx: &Ctx, asked: &Form) -> Result<Vec<Choice>> {
    let c = ctx.app.db.read();
    let mut team = persons::team(c).await?;
    if let Ok(id) = asked.get("qui").parse::<Uuid>()
        && !team.iter().any(|p| p.id == id)
        && let Some(one) = persons::find(c, id).await?
    {
        team.push(one);
    }
    let name = |n: String| if n.is_empty() { ctx.t("journal-somebody") } else { n };
    let mut all: Vec<Choice> = team
        .into_iter()
        .map(|p| Choice { chosen: asked.is("qui", &p.id.to_string()), value: p.id.to_string(), label: name(p.name) })
        .collect();
    all.push(Choice { value: NOBODY.into(), label: ctx.t("journal-nobody"), chosen: asked.is("qui", NOBODY) });
    Ok(all)
}

/// The lines in words.
pub(crate) async fn told(ctx: &Ctx, lines: &[Line]) -> Result<Vec<Told>> {
    let said = ui::told(ctx, lines).await?;
    let told = |(l, Said { who, sentence }): (&Line, Said)| Told {
        at: l.at,
        who,
        sentence,
        href: directory::receipt_of(l).unwrap_or_default(),
    };
    Ok(lines.iter().zip(said).map(told).collect())
}

fn choices(ctx: &Ctx, kinds: &[&'static str], chosen: Option<&str>) -> Vec<Choice> {
    let who = ctx.t("journal-somebody");
    let mut list: Vec<Choice> = kinds
        .iter()
        .map(|kind| Choice {
            value: (*kind).to_owned(),
            label: ui::sentence(ctx, kind, &who, "…"),
            chosen: chosen == Some(*kind),
        })
        .collect();
    list.sort_by(|a, b| a.label.cmp(&b.label));
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_read_and_kept_for_the_next_page() {
        let (paris, project) = (chrono_tz::Tz::Europe__Paris, Uuid::from_u128(7));
        let known = [(project, "Se déplacer".to_owned())];
        let read = |pairs: &[(&str, &str)]| filter_of(&Form::of(pairs), &["page.changed"], &known, paris);
        assert_eq!(
            read(&[("quoi", "x"), ("qui", "x"), ("projet", "x"), ("du", "x"), ("au", "2026-02-30")]),
            Filter::default()
        );
        assert_eq!(read(&[("projet", &Uuid::from_u128(8).to_string())]), Filter::default(), "no such project");
        let asked = [
            ("quoi", "page.changed"),
            ("qui", NOBODY),
            ("projet", &*project.to_string()),
            ("du", "2026-10-25"),
            ("au", "2026-10-25"),
        ];
        let all = read(&asked);
        assert_eq!((all.kind, all.who, all.project), (Some("page.changed"), Some(None), Some(project)));
        let at = |text: &str| Some(DateTime::parse_from_rfc3339(text).unwrap().to_utc());
        assert_eq!((all.from, all.until), (at("2026-10-24T22:00:00Z"), at("2026-10-25T23:00:00Z")), "25 hours long");
        let next = older(&Form::of(&asked), Uuid::nil());
        assert!(next.contains("quoi=page.changed&qui=personne&projet="), "{next}");
        assert!(next.contains("&du=2026-10-25&au=2026-10-25&avant="), "{next}");
    }
}
