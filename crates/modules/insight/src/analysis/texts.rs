//! The very texts behind a figure.

use askama::Template;
use axum::{extract::Path, response::Response};
use parvis_kernel::{Ctx, Error, Result, locale::local_day, permission::Right};
use parvis_people::areas;
use parvis_ui::{Page, html, redirect};
use uuid::Uuid;

use super::{
    figures::ThemeKey,
    monday,
    pages::{period_words, project_names, query, scoped},
    store::{self, Analysis, ListOf, Listed},
    svg,
    view::Choice,
};
use crate::urls;

/// Texts on a page.
const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "analysis/texts.html")]
struct Texts<'a> {
    p: &'a Page,
    title: String,
    about: String,
    total: Option<i64>,
    texts: Vec<Listed>,
    before: Option<String>,
    after: Option<String>,
}

impl Texts<'_> {
    fn kind_key(&self, text: &Listed) -> &'static str {
        if text.kind == "comment" { "analysis-kind-comment" } else { "analysis-kind-idea" }
    }
}

/// The texts of a theme. Whoever reads the desk, within their projects.
pub(crate) async fn of_theme(ctx: Ctx, Path(theme): Path<String>) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let id = Uuid::parse_str(&theme).map_err(|_| Error::NotFound)?;
    // Themes are found anew when texts change: an older address leads to the page, which says so.
    let Some((theme, analysis)) = store::theme(ctx.app.db.read(), id).await? else {
        return Ok(redirect(format!("{}?fait=analysis-redone", urls::Analysis {})));
    };
    let choice = Choice { project: analysis.project_id, theme: Some(id), ..Choice::parse(query(&ctx)) };
    if analysis.project_id.is_none() && ctx.actor.projects().is_some() {
        return Err(Error::NotFound);
    }
    let choice = scoped(&ctx, choice)?;
    let at = usize::try_from(theme.position).map_err(|_| Error::NotFound)?;
    if theme.label.is_empty() {
        return Err(Error::NotFound);
    }
    let address = urls::ThemeTexts { theme: id }.to_string();
    list(&ctx, &choice, &analysis, ThemeKey::At(at), &theme.label, &address).await
}

/// All texts, or those without a theme. Whoever reads the desk, within their projects.
pub(crate) async fn of_all(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let choice = scoped(&ctx, Choice::parse(query(&ctx)))?;
    let Some(analysis) = store::latest(ctx.app.db.read(), choice.project).await? else {
        return Ok(redirect(urls::Analysis {}));
    };
    let theme = if choice.without { ThemeKey::Without } else { ThemeKey::All };
    list(&ctx, &choice, &analysis, theme, "", &urls::Texts {}.to_string()).await
}

async fn list(
    ctx: &Ctx,
    choice: &Choice,
    analysis: &Analysis,
    theme: ThemeKey,
    label: &str,
    address: &str,
) -> Result<Response> {
    let db = ctx.app.db.read();
    let areas = areas::all(db).await?;
    let ids: Vec<Uuid> = areas.iter().map(|a| a.id).collect();
    let title = match theme {
        ThemeKey::All | ThemeKey::Rest => ctx.t("analysis-texts-all"),
        ThemeKey::Without => ctx.t("analysis-texts-without"),
        ThemeKey::At(_) => label.to_owned(),
    };
    let back = Choice { age: None, week: None, without: false, turn: 0, ..choice.clone() };
    let page =
        Page::team(ctx, title).await?.crumb(ctx.t("analysis-title"), format!("{}{}", urls::Analysis {}, back.query()));
    let page = page.clone().crumb(page.title.clone(), "");
    let figures = store::figures(db, analysis.id, choice.period, &ids).await?;
    // A list tells as much as its number: without the figure there is no list.
    let figure = choice.key(theme, &ids).and_then(|key| figures.get(&key)).copied();
    let this_week = monday(local_day(analysis.computed_at, ctx.settings.tz()));
    let since = if choice.week.is_some() { None } else { choice.period.start(this_week) };
    let of = ListOf { analysis: analysis.id, theme, since, area: choice.area, age: choice.age, week: choice.week };
    let texts = match figure {
        Some(_) => store::list(db, &of, PAGE, choice.turn * PAGE).await?,
        None => vec![],
    };
    let total = figure.map(|f| f.texts);
    let turn = |n: i64| {
        let theme = choice.theme.filter(|_| !matches!(theme, ThemeKey::At(_)));
        format!("{address}{}", Choice { turn: n, theme, ..choice.clone() }.query())
    };
    html(&Texts {
        p: &page,
        title: page.title.clone(),
        about: about(&page, choice, &areas).await?,
        before: (choice.turn > 0).then(|| turn(choice.turn - 1)),
        after: ((choice.turn + 1) * PAGE < total.unwrap_or(0)).then(|| turn(choice.turn + 1)),
        total,
        texts,
    })
}

/// The filters in words.
async fn about(p: &Page, choice: &Choice, areas: &[areas::Area]) -> Result<String> {
    let mut parts = Vec::new();
    match choice.project {
        Some(id) => parts.extend(project_names(&p.ctx).await?.iter().find(|(p, _)| *p == id).map(|(_, t)| p.text(t))),
        None => parts.push(p.t("analysis-all-projects")),
    }
    match choice.week {
        Some(week) => parts.push(p.t1("analysis-week-of", "day", p.day(&week))),
        None => parts.push(period_words(p, choice.period)),
    }
    parts.extend(areas.iter().find(|a| Some(a.id) == choice.area).map(|a| p.text(&a.name)));
    let age = choice.age.and_then(|code| super::AGES.iter().position(|a| *a == code));
    parts.extend(age.map(|at| p.t1("analysis-age-of", "age", svg::age(p, at))));
    Ok(parts.join(" · "))
}
