//! The census on the desk: a file of INSEE, and what was read of it.

use std::fs::File;

use axum::{extract::Request, http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Result,
    activity::{self, Entry},
    brought::{self, Sent},
    form::Form,
    permission::{Access, Right},
    routes::Routes,
};
use parvis_tables::{Limits, is_archive, sheet_to_csv};
use parvis_ui::{Page, html_with, redirect};

use super::{Margin, MarginProblem, Place, read};
use crate::urls;

/// Ages that single years are shown by.
const GROUPS: [(i64, Option<i64>); 5] = [(0, Some(14)), (15, Some(24)), (25, Some(39)), (40, Some(64)), (65, None)];

/// The pages and forms of the census.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(urls::Census::ROUTE, Access::Team(Right::ManageProjects), show).post(
        urls::Census::ROUTE,
        Access::Team(Right::ManageProjects),
        upload,
    )
}

struct Line {
    ages: String,
    women: i64,
    men: i64,
    both: i64,
}

#[derive(askama::Template)]
#[template(path = "margins/margins.html")]
struct Census<'a> {
    p: &'a Page,
    f: &'a Form,
    places: Vec<Place>,
    open: Option<Place>,
    lines: Vec<Line>,
    commune: String,
    code: String,
}

/// Administrators and owners.
async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    page(&ctx, &Form::new(), StatusCode::OK).await
}

async fn page(ctx: &Ctx, form: &Form, status: StatusCode) -> Result<Response> {
    let p = Page::settings(ctx, urls::Census::ROUTE).await?;
    let c = ctx.app.db.read();
    let places = super::places(c).await?;
    let query = Form::parse(ctx.uri.split_once('?').map_or("", |(_, q)| q).as_bytes());
    let open = places.iter().find(|x| x.place == query.get("lieu")).or(places.first()).cloned();
    let lines = match &open {
        Some(place) => lines(&p, &super::of_place(c, &place.place).await?),
        None => Vec::new(),
    };
    let commune = ctx.settings.commune.name.clone();
    html_with(status, &Census { p: &p, f: form, places, open, lines, commune, code: ctx.settings.commune.code.clone() })
}

#[allow(clippy::cast_possible_truncation, reason = "a count of people")]
fn lines(p: &Page, margins: &[Margin]) -> Vec<Line> {
    let mut groups: Vec<(i64, Option<i64>)> = margins.iter().map(|m| (m.age_from, m.age_to)).collect();
    groups.dedup();
    if groups.len() > 40 {
        groups = GROUPS.to_vec();
    }
    let people = |(from, to): (i64, Option<i64>), sex: &str| {
        let within = |m: &&Margin| m.sex == sex && m.age_from >= from && to.is_none_or(|to| m.age_from <= to);
        margins.iter().filter(within).map(|m| m.people).sum::<f64>()
    };
    let line = |group: (i64, Option<i64>)| {
        let (women, men) = (people(group, "women"), people(group, "men"));
        Line {
            ages: match group.1 {
                Some(to) => p.t2("margins-ages", "from", group.0, "to", to),
                None => p.t1("margins-ages-over", "from", group.0),
            },
            women: women.round() as i64,
            men: men.round() as i64,
            both: (women + men).round() as i64,
        }
    };
    groups.into_iter().map(line).collect()
}

/// Administrators and owners. All of a file is taken, or nothing.
async fn upload(ctx: Ctx, request: Request) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let mut form = Form::new();
    let key = match brought::receive(&ctx.app, request).await? {
        Sent::Whole(name, file) => return take(ctx, form, name, file).await,
        Sent::TooLarge(_) => "margins-problem-too-large",
        Sent::Nothing => "margins-file-missing",
    };
    form.fail("fichier", ctx.t(key));
    page(&ctx, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn take(ctx: Ctx, mut form: Form, name: String, file: File) -> Result<Response> {
    let (folder, commune) = (ctx.app.data_dir.clone(), ctx.settings.commune.code.clone());
    let margins = tokio::task::spawn_blocking(move || margins(file, &folder, &commune)).await;
    let margins = match margins.unwrap_or(Err(MarginProblem::File("broken_sheet"))) {
        Ok(margins) => margins,
        Err(problem) => {
            form.fail("fichier", words(&ctx, &problem));
            return page(&ctx, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let shared = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, margins, name) = (shared.clone(), margins.clone(), name.clone());
            Box::pin(async move {
                super::keep(tx, &ctx.moment, &name, &margins).await?;
                let n = margins.len().to_string();
                let entry = Entry {
                    actor: ctx.actor.person(),
                    kind: "census.imported",
                    subject_kind: "census",
                    subject: None,
                    project: None,
                    detail: &n,
                };
                activity::record(tx, &ctx.moment, entry).await
            })
        })
        .await?;
    Ok(redirect(format!("{}?fait=recensement", urls::Census {})))
}

fn words(ctx: &Ctx, problem: &MarginProblem) -> String {
    if matches!(problem, MarginProblem::File("too_large")) {
        return ctx.t("margins-problem-too-large");
    }
    let engine = |code: &str| ctx.t(&format!("import-refused-{}", code.replace('_', "-")));
    let (line, what) = match problem {
        MarginProblem::Line(line, what) => (line.to_string(), what.clone()),
        MarginProblem::Row(line, code) => (line.to_string(), engine(code)),
        MarginProblem::Twice(line) => (line.to_string(), String::new()),
        MarginProblem::NotHere(commune) => (String::new(), commune.clone()),
        MarginProblem::File(code) => (String::new(), engine(code)),
        _ => (String::new(), String::new()),
    };
    ctx.app.words.with(ctx.lang, &format!("margins-problem-{}", problem.code()), &[("line", &line), ("what", &what)])
}

fn margins(mut file: File, folder: &std::path::Path, commune: &str) -> Result<Vec<Margin>, MarginProblem> {
    use std::io::{Read, Seek};
    let unreadable = |_: std::io::Error| MarginProblem::File("unreadable");
    let limits = Limits::default();
    let mut head = Vec::new();
    file.rewind().map_err(unreadable)?;
    (&mut file).take(8).read_to_end(&mut head).map_err(unreadable)?;
    file.rewind().map_err(unreadable)?;
    if !is_archive(&head) {
        return read::read(file, &limits, commune);
    }
    let mut text = tempfile::tempfile_in(folder).map_err(unreadable)?;
    sheet_to_csv(file, &mut text, &limits, None)?;
    text.rewind().map_err(unreadable)?;
    read::read(text, &Limits { row_is_line: true, ..limits }, commune)
}
