//! The page that takes a file of people.

use std::{collections::HashMap, fs::File, io::Write};

use axum::{
    extract::{FromRequest, Multipart, Request},
    http::StatusCode,
    response::Response,
};
use parvis_kernel::{
    Ctx, Error, Result,
    form::{Form, is_blank},
    permission::{Access, Right},
    routes::Routes,
};
use parvis_tables::{Limits, is_archive, sheet_to_csv};
use parvis_ui::{Page, html_with};

use super::{
    Origin, Outcome,
    read::{self, Read, Refused},
};
use crate::{areas, directory::words::fold, urls};

/// Signs of where a file comes from.
const ORIGIN: usize = 200;
/// Refused lines on the page.
const LISTED: usize = 200;

/// The page and its form.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(urls::ImportPeople::ROUTE, Access::Team(Right::Persons), show).post(
        urls::ImportPeople::ROUTE,
        Access::Team(Right::Persons),
        take,
    )
}

struct Line {
    line: u64,
    value: String,
    why: String,
}

struct Done {
    outcome: Outcome,
    trial: bool,
    columns: Vec<(String, String)>,
    lines: Vec<Line>,
}

#[derive(askama::Template)]
#[template(path = "import/people.html")]
struct Import<'a> {
    p: &'a Page,
    f: &'a Form,
    done: Option<Done>,
}

/// Owners and administrators.
async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    page(&ctx, &Form::new(), None, StatusCode::OK).await
}

async fn page(ctx: &Ctx, form: &Form, done: Option<Done>, status: StatusCode) -> Result<Response> {
    let p = Page::team(ctx, ctx.t("people-import-title")).await?.crumb(ctx.t("directory-title"), urls::Directory {});
    html_with(status, &Import { p: &p, f: form, done })
}

/// Owners and administrators. All of the file in one transaction, or nothing; a trial writes nothing.
async fn take(ctx: Ctx, request: Request) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let parts = Multipart::from_request(request, &()).await.map_err(|_| Error::BadRequest("no file was sent"))?;
    let (mut form, file) = received(&ctx, parts).await?;
    let origin = form.text("origine");
    if is_blank(&origin) {
        form.fail("origine", ctx.t("people-import-origin-missing"));
    } else if origin.chars().count() > ORIGIN {
        form.fail("origine", ctx.t("people-import-origin-long"));
    }
    if !form.has("pas-officiel") {
        form.fail("pas-officiel", ctx.t("people-import-official"));
    }
    let Some(file) = file else {
        form.fail("fichier", ctx.t("people-import-missing"));
        return page(&ctx, &form, None, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if !form.is_valid() {
        return page(&ctx, &form, None, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let areas = areas::all(ctx.app.db.read()).await?.into_iter().map(|a| (fold(&a.name), a.id)).collect();
    let (folder, today) = (ctx.app.data_dir.clone(), ctx.today());
    let read = tokio::task::spawn_blocking(move || read_file(file, &folder, &areas, today)).await;
    let read = match read.unwrap_or(Err("broken_sheet")) {
        Ok(read) => read,
        Err(code) => {
            let known = ["no_contact_column", "too_many_rows", "empty_file", "old_sheet", "not_text"];
            let key = if known.contains(&code) { code.replace('_', "-") } else { "unreadable".to_owned() };
            form.fail("fichier", ctx.t(&format!("people-import-problem-{key}")));
            return page(&ctx, &form, None, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let trial = !form.is("faire", "importer");
    let origin = Origin { words: origin, actor: ctx.actor.person(), today, tz: ctx.settings.tz() };
    let Read { columns, people, refused } = read;
    let mut outcome = super::run(&ctx.app, &ctx.moment, people, &origin, trial).await?;
    outcome.refused.extend(refused);
    outcome.refused.sort_by_key(|r| r.line);
    let done = Done { lines: lines(&ctx, &outcome.refused), columns: told(&ctx, columns), outcome, trial };
    page(&ctx, &form, Some(done), StatusCode::OK).await
}

fn told(ctx: &Ctx, columns: Vec<(String, Option<read::Column>)>) -> Vec<(String, String)> {
    let words = |column: Option<read::Column>| match column {
        Some(column) => ctx.t(&format!("people-import-column-{}", column.code())),
        None => ctx.t("people-import-column-none"),
    };
    columns.into_iter().map(|(header, column)| (header, words(column))).collect()
}

fn lines(ctx: &Ctx, refused: &[Refused]) -> Vec<Line> {
    let line = |r: &Refused| Line {
        line: r.line,
        value: r.value.clone(),
        why: ctx.t(&format!("people-import-refused-{}", r.code)),
    };
    refused.iter().take(LISTED).map(line).collect()
}

fn read_file(
    mut file: File,
    folder: &std::path::Path,
    areas: &HashMap<String, uuid::Uuid>,
    today: chrono::NaiveDate,
) -> Result<Read, &'static str> {
    use std::io::{Read, Seek};
    let unreadable = |_: std::io::Error| "unreadable";
    let limits = Limits::default();
    let mut head = Vec::new();
    file.rewind().map_err(unreadable)?;
    (&mut file).take(8).read_to_end(&mut head).map_err(unreadable)?;
    file.rewind().map_err(unreadable)?;
    if !is_archive(&head) {
        return read::read(file, &limits, areas, today);
    }
    let mut text = tempfile::tempfile_in(folder).map_err(unreadable)?;
    sheet_to_csv(file, &mut text, &limits, None).map_err(|r| r.code.as_str())?;
    text.rewind().map_err(unreadable)?;
    read::read(text, &Limits { row_is_line: true, ..limits }, areas, today)
}

/// The fields, and the file in one without a name that is gone with the program.
async fn received(ctx: &Ctx, mut parts: Multipart) -> Result<(Form, Option<File>)> {
    let broken = |_| Error::BadRequest("the file did not arrive whole");
    let (mut form, mut file) = (Form::new(), None);
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        match part.name().unwrap_or_default() {
            "fichier" => {
                let mut out = tempfile::tempfile_in(&ctx.app.data_dir).map_err(Error::other)?;
                let mut bytes = 0;
                while let Some(chunk) = part.chunk().await.map_err(broken)? {
                    bytes += chunk.len();
                    out.write_all(&chunk).map_err(Error::other)?;
                }
                file = Some(out).filter(|_| bytes > 0);
            }
            name @ ("origine" | "pas-officiel" | "faire") => {
                let name = name.to_owned();
                form.set(&name, part.text().await.map_err(broken)?);
            }
            _ => {}
        }
    }
    Ok((form, file))
}
