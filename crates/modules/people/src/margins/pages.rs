//! The census on the desk: a file of INSEE, and what was read of it.

use axum::{extract::Request, http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Result,
    brought::{self, Sent},
    form::Form,
    permission::{Access, Right},
    routes::Routes,
};
use parvis_ui::{Page, html_with, redirect};

use super::{Margin, Place, trial};
use crate::{
    changes::{self, Changed},
    urls,
};

/// Ages that single years are shown by.
const GROUPS: [(i64, Option<i64>); 5] = [(0, Some(14)), (15, Some(24)), (25, Some(39)), (40, Some(64)), (65, None)];

/// The pages and forms of the census.
#[must_use]
pub fn routes() -> Routes {
    let manage = Access::Team(Right::ManageProjects);
    Routes::new()
        .get(urls::Census::ROUTE, manage, show)
        .post(urls::Census::ROUTE, manage, upload)
        .get(urls::CensusTrial::ROUTE, manage, trial::show)
        .post(urls::CensusTrial::ROUTE, manage, trial::act)
        .get(urls::CensusRefused::ROUTE, manage, trial::refused)
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
    /// What was changed last.
    recent: Vec<Changed>,
}

/// Administrators and owners.
async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    page(&ctx, &Form::new(), StatusCode::OK).await
}

pub(super) async fn page(ctx: &Ctx, form: &Form, status: StatusCode) -> Result<Response> {
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
    let recent = changes::recent(&p, &["census.imported"]).await?;
    let code = ctx.settings.commune.code.clone();
    html_with(status, &Census { p: &p, f: form, places, open, lines, commune, code, recent })
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

/// Administrators and owners. What was understood of the file is kept, for its trial.
async fn upload(ctx: Ctx, request: Request) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let mut form = Form::new();
    let words = match brought::receive(&ctx.app, request).await? {
        Sent::Whole(name, file) => match trial::keep(&ctx, name, file).await? {
            Ok(id) => return Ok(redirect(urls::CensusTrial { id })),
            Err(problem) => trial::why(&ctx, &problem),
        },
        Sent::TooLarge(_) => ctx.t("margins-problem-too-large"),
        Sent::Full(_) => ctx.t("margins-problem-full"),
        Sent::Nothing => ctx.t("margins-file-missing"),
    };
    form.fail("fichier", words);
    page(&ctx, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}
