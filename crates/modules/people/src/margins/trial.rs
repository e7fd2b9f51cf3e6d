//! What a file of the census would change: shown first, written by a second button, whole or not at all. A place whose lines
//! are missing would count too few people.

use std::{
    collections::HashMap,
    fs::File,
    io::{Read as _, Seek},
    path::Path,
};

use axum::{extract::Path as At, http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Error, Result,
    activity::{self, Entry},
    brought::refused,
    db::Tx,
    form::Form,
    locale,
    permission::Right,
};
use parvis_tables::{Limits, Table, is_archive, sheet_to_csv};
use parvis_ui::{Page, brought::LISTED, html_with, redirect};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Margin, MarginProblem,
    pages::page,
    read::{Read, read_each},
    total::{Gap, gap},
};
use crate::{trials, urls};

/// Places that the page names.
const NAMED: usize = 20;

/// What is kept of a file.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    name: String,
    margins: Vec<Margin>,
    refused: Vec<Refused>,
}

/// A line that can't be read.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Refused {
    line: u64,
    code: String,
    what: String,
}

/// A place of the file, as the page names it.
struct Place {
    name: String,
    people: i64,
    becomes: &'static str,
}

#[derive(askama::Template)]
#[template(path = "margins/trial.html")]
struct Show<'a> {
    p: &'a Page,
    f: &'a Form,
    id: Uuid,
    /// What the file counts beside what is known of the commune, where it differs.
    gap: Option<Gap>,
    name: String,
    places: Vec<Place>,
    created: usize,
    updated: usize,
    same: usize,
    refused_count: usize,
    /// Refused lines: number, value, reason.
    refused: Vec<(u64, String, String)>,
}

impl Show<'_> {
    /// Places that the button writes: none as long as a line is refused.
    fn touched(&self) -> usize {
        if self.refused_count > 0 { 0 } else { self.created + self.updated }
    }

    /// Whether somebody has to say that the file is the right one.
    fn is_doubted(&self) -> bool {
        self.touched() > 0 && self.gap.is_some_and(|gap| gap.is_doubted())
    }

    /// The difference in words: in percent, or how many times.
    fn ratio(&self, gap: &Gap) -> String {
        let way = if gap.is_more() { "more" } else { "less" };
        if gap.is_doubted() {
            let rounded = if gap.times < 10.0 { (gap.times * 10.0).round() / 10.0 } else { gap.times.round() };
            let times = locale::decimal(self.p.ctx.lang, rounded);
            return self.p.t1(&format!("margins-total-times-{way}"), "times", times);
        }
        #[allow(clippy::cast_precision_loss, reason = "counts of people")]
        let share = (gap.counted - gap.known).unsigned_abs() as f64 / gap.known as f64;
        self.p.t1(&format!("margins-total-percent-{way}"), "percent", self.p.percent(&share))
    }
}

/// What a file counts beside how many live in the commune, as the settings or the list of communes know.
fn gap_of(ctx: &Ctx, margins: &[Margin]) -> Option<Gap> {
    let commune = &ctx.settings.commune;
    let known = match commune.population {
        0 => {
            parvis_communes::by_code(&commune.code).and_then(parvis_communes::Commune::population).map_or(0, i64::from)
        }
        known => known,
    };
    gap(margins, &commune.code, known)
}

/// Why a file is not taken.
pub(super) fn why(ctx: &Ctx, problem: &MarginProblem) -> String {
    if matches!(problem, MarginProblem::File("too_large")) {
        return ctx.t("margins-problem-too-large");
    }
    let what = match problem {
        MarginProblem::NotHere(commune) => commune.clone(),
        MarginProblem::File(code) => engine(ctx, code),
        _ => String::new(),
    };
    ctx.app.words.with(ctx.lang, &format!("margins-problem-{}", problem.code()), &[("what", &what)])
}

/// What the engine that reads files says of a line.
fn engine(ctx: &Ctx, code: &str) -> String {
    ctx.t(&format!("import-refused-{}", code.replace('_', "-")))
}

/// Why a line is refused, in a table that has its number and what it holds beside.
fn line_why(ctx: &Ctx, refused: &Refused) -> String {
    if refused.code == "row" {
        engine(ctx, &refused.what)
    } else {
        ctx.t(&format!("margins-trial-why-{}", refused.code))
    }
}

/// Reads a file and keeps what was understood of it: the key of its trial, or what is wrong with it as a whole.
pub(super) async fn keep(ctx: &Ctx, name: String, file: File) -> Result<Result<Uuid, MarginProblem>> {
    let (shared, folder, commune) = (ctx.clone(), ctx.app.data_dir.clone(), ctx.settings.commune.code.clone());
    let read = tokio::task::spawn_blocking(move || read_file(&shared, file, &folder, &commune)).await;
    // A panic of the library that reads workbooks is a damaged workbook.
    let (read, lines) = match read.unwrap_or(Err(MarginProblem::File("broken_sheet"))) {
        Ok(read) => read,
        Err(problem) => return Ok(Err(problem)),
    };
    let id = ctx.moment.id();
    let kept = Kept { name, margins: read.margins, refused: read.refused.iter().map(told).collect() };
    trials::put(&ctx.app, trials::CENSUS, id, &kept, lines).await?;
    Ok(Ok(id))
}

fn told((line, problem): &(u64, MarginProblem)) -> Refused {
    let what = match problem {
        MarginProblem::Line(_, what) => what.clone(),
        MarginProblem::Row(_, code) => (*code).to_owned(),
        _ => String::new(),
    };
    Refused { line: *line, code: problem.code().to_owned(), what }
}

/// What the file says, and its refused lines as a file to correct.
fn read_file(ctx: &Ctx, mut file: File, folder: &Path, commune: &str) -> Result<(Read, Option<File>), MarginProblem> {
    let unreadable = |_: std::io::Error| MarginProblem::File("unreadable");
    let mut limits = Limits::default();
    let mut head = Vec::new();
    file.rewind().map_err(unreadable)?;
    (&mut file).take(8).read_to_end(&mut head).map_err(unreadable)?;
    file.rewind().map_err(unreadable)?;
    if is_archive(&head) {
        let mut text = tempfile::tempfile_in(folder).map_err(unreadable)?;
        sheet_to_csv(file, &mut text, &limits, None)?;
        limits.row_is_line = true;
        file = text;
        file.rewind().map_err(unreadable)?;
    }
    let read = read_each(file.try_clone().map_err(unreadable)?, &limits, commune)?;
    if read.refused.is_empty() {
        return Ok((read, None));
    }
    file.rewind().map_err(unreadable)?;
    let mut out = tempfile::tempfile_in(folder).map_err(unreadable)?;
    let mut table = Table::open(file, &Limits { max_rows: 20_000_000, ..limits })?;
    let mut why: HashMap<u64, Refused> = read.refused.iter().map(told).map(|r| (r.line, r)).collect();
    let titles = ["import-csv-line", "import-csv-why"].map(|key| ctx.t(key));
    let write =
        refused::write(&mut table, titles, true, &mut out, |line, _| why.remove(&line).map(|r| line_why(ctx, &r)));
    write.map_err(unreadable)?;
    Ok((read, Some(out)))
}

/// The places of a file with their margins, each with what becomes of it: nothing known, other figures, or the same.
async fn places<'a>(c: &impl ConnectionTrait, margins: &'a [Margin]) -> Result<Vec<(&'a [Margin], &'static str)>> {
    let mut all = Vec::new();
    for place in margins.chunk_by(|a, b| a.place == b.place) {
        let Some(first) = place.first() else { continue };
        let known = super::of_place(c, &first.place).await?;
        let same = known.len() == place.len() && place.iter().all(|m| known.contains(m));
        all.push((
            place,
            if known.is_empty() {
                "new"
            } else if same {
                "same"
            } else {
                "changed"
            },
        ));
    }
    Ok(all)
}

/// The page of a file that is not kept any more.
async fn gone(ctx: &Ctx) -> Result<Response> {
    let mut form = Form::new();
    form.fail("fichier", ctx.t("trials-gone"));
    page(ctx, &form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// Administrators and owners.
pub(super) async fn show(ctx: Ctx, At(id): At<Uuid>) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let Some(kept) = trials::get::<Kept>(&ctx.app, trials::CENSUS, id).await? else { return gone(&ctx).await };
    told_page(&ctx, id, kept, &Form::new()).await
}

/// The trial, with what is wrong in its form.
async fn told_page(ctx: &Ctx, id: Uuid, kept: Kept, form: &Form) -> Result<Response> {
    let p = Page::settings(ctx, urls::Census::ROUTE).await?.with(form);
    let all = places(ctx.app.db.read(), &kept.margins).await?;
    let count = |code: &str| all.iter().filter(|(_, becomes)| *becomes == code).count();
    let line = |r: &Refused| {
        let value = if r.code == "row" { String::new() } else { r.what.clone() };
        (r.line, value, line_why(ctx, r))
    };
    let status = if form.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = Show {
        id,
        f: form,
        gap: gap_of(ctx, &kept.margins),
        created: count("new"),
        updated: count("changed"),
        same: count("same"),
        places: all.iter().take(NAMED).map(|(margins, becomes)| named(margins, becomes)).collect(),
        refused_count: kept.refused.len(),
        refused: kept.refused.iter().take(LISTED).map(line).collect(),
        name: kept.name,
        p: &p,
    };
    html_with(status, &view)
}

#[allow(clippy::cast_possible_truncation, reason = "a count of people")]
fn named(margins: &[Margin], becomes: &'static str) -> Place {
    Place {
        name: margins.first().map(|m| m.place_name.clone()).unwrap_or_default(),
        people: margins.iter().map(|m| m.people).sum::<f64>().round() as i64,
        becomes,
    }
}

/// Administrators and owners: takes the figures, all of them, or throws the file away.
pub(super) async fn act(ctx: Ctx, At(id): At<Uuid>, mut form: Form) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let Some(kept) = trials::get::<Kept>(&ctx.app, trials::CENSUS, id).await? else { return gone(&ctx).await };
    let to = match form.get("faire") {
        "importer" if kept.refused.is_empty() => {
            if !form.has("ecart") && gap_of(&ctx, &kept.margins).is_some_and(|gap| gap.is_doubted()) {
                form.fail("ecart", ctx.t("margins-total-tick"));
                return told_page(&ctx, id, kept, &form).await;
            }
            let (shared, name, margins) = (ctx.clone(), kept.name, kept.margins);
            let wrote = ctx.app.db.write(move |tx| {
                let (ctx, name, margins) = (shared.clone(), name.clone(), margins.clone());
                Box::pin(async move { write(tx, &ctx, &name, &margins).await })
            });
            wrote.await?;
            format!("{}?fait=recensement", urls::Census {})
        }
        // Its page has no such button.
        "importer" => return Ok(redirect(urls::CensusTrial { id })),
        "oublier" => urls::Census {}.to_string(),
        _ => return Err(Error::BadRequest("no such button")),
    };
    trials::CENSUS.forget(&ctx.app, id, true).await?;
    Ok(redirect(to))
}

/// Writes the figures of the places that have others, or none.
async fn write(tx: &Tx, ctx: &Ctx, source: &str, margins: &[Margin]) -> Result<()> {
    let all = places(tx, margins).await?;
    let changed: Vec<Margin> =
        all.into_iter().filter(|(_, becomes)| *becomes != "same").flat_map(|(place, _)| place.to_vec()).collect();
    if changed.is_empty() {
        return Ok(());
    }
    super::keep(tx, &ctx.moment, source, &changed).await?;
    let entry = Entry {
        actor: ctx.actor.person(),
        kind: "census.imported",
        subject_kind: "census",
        subject: None,
        project: None,
        detail: &changed.len().to_string(),
    };
    activity::record(tx, &ctx.moment, entry).await
}

/// The refused lines, to correct. Administrators and owners.
pub(super) async fn refused(ctx: Ctx, At(id): At<Uuid>) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let name = "attachment; filename=\"lignes-refusees.csv\"";
    trials::refused(&ctx.app, trials::CENSUS, id, "text/csv; charset=utf-8", name).await
}
