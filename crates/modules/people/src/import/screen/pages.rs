//! The pages that take a file of people.

use std::fs::File;

use axum::{
    extract::{Path, Request},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    brought::{self, Source, keep::What},
    form::{Form, is_blank},
    jobs,
    permission::Right,
};
use parvis_tables::{Code, Limits, Sheet};
use parvis_ui::{
    brought::{how, taken},
    redirect,
};
use uuid::Uuid;

use super::{
    super::{
        KEPT, Look, ORIGIN,
        columns::{Column, Mapping, Wrong},
        sentence,
    },
    store::{self, FileRow},
    view,
    work::{self, Order},
};
use crate::urls;

/// Bytes of a file that is tried at once, while the person waits; a longer one is tried in the background.
const AT_ONCE: i64 = 64 << 10;
/// Bytes read to show what the columns hold.
const SHOWN: u64 = 512 << 10;

/// The imports, and the form for another. Owners and administrators.
pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    view::list(&ctx, &Form::new(), StatusCode::OK).await
}

/// Takes a file. Owners and administrators.
pub(super) async fn receive(ctx: Ctx, request: Request) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let mut form = Form::new();
    let (name, file) = match taken(&ctx, brought::receive(&ctx.app, request).await?) {
        Ok(taken) => taken,
        Err(words) => {
            form.fail("fichier", words);
            return view::list(&ctx, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let read = match read(&ctx, file, None).await {
        Ok(read) => read,
        Err(code) => {
            let why = sentence(&ctx.app.words, ctx.lang, code);
            let words = ctx.app.words.with(ctx.lang, "import-file-refused", &[("name", &name), ("why", &why)]);
            form.fail("fichier", words);
            return view::list(&ctx, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let id = ctx.moment.id();
    let sheets = read.sheet.as_ref().filter(|s| s.all.len() > 1).map(|s| s.all.join("\n")).unwrap_or_default();
    let bytes = KEPT.put(&ctx.app, id, What::Text, read.text).await?;
    if !sheets.is_empty() {
        // Until its last row another sheet may be chosen.
        KEPT.put(&ctx.app, id, What::Book, read.book).await?;
    }
    let new = described(&ctx, id, name, read.sheet.as_ref(), bytes, read.look).await?;
    let new = store::New { sheets, ..new };
    let moment = ctx.moment.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (moment, new) = (moment.clone(), new.clone());
            Box::pin(async move { store::insert(tx, &moment, &new).await })
        })
        .await?;
    try_it(&ctx, &store::find(ctx.app.db.read(), id).await?).await?;
    Ok(redirect(urls::PeopleFile { id }))
}

/// What a file is read as.
struct Received {
    sheet: Option<Sheet>,
    look: Look,
    text: File,
    /// The file itself, once more.
    book: File,
}

/// Reads a file off the async threads; of a workbook the sheet of this name, or the first.
async fn read(ctx: &Ctx, file: File, sheet: Option<String>) -> std::result::Result<Received, &'static str> {
    let folder = ctx.app.data_dir.clone();
    let read = tokio::task::spawn_blocking(move || {
        let unreadable = |_| Code::Unreadable.as_str();
        let book = file.try_clone().map_err(unreadable)?;
        let source = Source::new(file, &folder, sheet.as_deref()).map_err(|r| r.code.as_str())?;
        let look = Look::at(&source)?;
        let text = source.open().map_err(unreadable)?;
        Ok(Received { sheet: source.sheet.clone(), look, text, book })
    });
    // A panic of the library that reads workbooks is a damaged workbook.
    read.await.unwrap_or(Err(Code::BrokenSheet.as_str()))
}

/// Takes another sheet of the workbook, as if it had been the first.
async fn take_sheet(ctx: &Ctx, row: &FileRow, form: &mut Form) -> Result<bool> {
    let name = form.get("feuille").to_owned();
    let book = KEPT.get(&ctx.app, row.id, What::Book).await?;
    let read = match read(ctx, book, Some(name)).await {
        Ok(read) => read,
        Err(code) => {
            form.fail("feuille", sentence(&ctx.app.words, ctx.lang, code));
            return Ok(false);
        }
    };
    let bytes = read.text.metadata().map_err(Error::other)?.len();
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let new = described(ctx, row.id, row.file_name.clone(), read.sheet.as_ref(), bytes, read.look).await?;
    let (id, now) = (row.id, ctx.now());
    ctx.app
        .db
        .write(move |tx| {
            let new = new.clone();
            Box::pin(async move { store::set_sheet(tx, id, &new, now).await })
        })
        .await?;
    KEPT.put(&ctx.app, id, What::Text, read.text).await?;
    try_it(ctx, &store::find(ctx.app.db.read(), id).await?).await?;
    Ok(true)
}

/// What is known of a file when it has been read.
async fn described(
    ctx: &Ctx,
    id: Uuid,
    file_name: String,
    sheet: Option<&Sheet>,
    bytes: i64,
    look: Look,
) -> Result<store::New> {
    let read_as = how(sheet.map(|s| s.name.as_str()), look.encoding, look.delimiter);
    let mut mapping = look.mapping;
    let remembered = store::remember(ctx.app.db.read(), &mut mapping).await?;
    Ok(store::New {
        id,
        file_name,
        read_as,
        from_sheet: sheet.is_some(),
        sheets: String::new(),
        bytes,
        roles: mapping.codes(),
        remembered,
        actor: ctx.actor.person(),
    })
}

/// Tries a short file at once, a long one in the background.
async fn try_it(ctx: &Ctx, row: &FileRow) -> Result<()> {
    if row.bytes <= AT_ONCE {
        return work::check(&ctx.app, row).await;
    }
    start(ctx, row.id, true, true).await.map(drop)
}

/// Puts the work on a file into the queue; `false` when somebody else did, or it is past. `anew` begins at the first row.
async fn start(ctx: &Ctx, id: Uuid, trial: bool, anew: bool) -> Result<bool> {
    let moment = ctx.moment.clone();
    ctx.app
        .db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                let to = if trial { "checking" } else { "queued" };
                let from: &[&str] = match (trial, anew) {
                    // Whose sheet was just chosen is being tried already.
                    (true, _) => &["received", "checked", "stopped", "failed", "checking"],
                    (false, true) => &["received", "checked", "stopped", "failed"],
                    (false, false) => &["stopped", "failed"],
                };
                let gone = store::go(tx, id, from, to, anew, moment.now).await?;
                if gone {
                    jobs::enqueue(tx, &moment, work::JOB, &Order { id, trial }, None, moment.now).await?;
                }
                Ok(gone)
            })
        })
        .await
}

/// What the columns of a kept file are taken for, with what they hold. `NotFound` when its text is gone: no backup has it.
async fn look(ctx: &Ctx, row: &FileRow) -> Result<Option<Look>> {
    if !row.kept {
        return Ok(None);
    }
    let head = KEPT.head(&ctx.app, row.id, SHOWN).await?;
    let limits = Limits { row_is_line: row.from_sheet, ..Limits::default() };
    let Ok(mut look) = Look::of(&head[..], &limits) else { return Ok(None) };
    look.mapping.take(&row.roles);
    Ok(Some(look))
}

/// One import. Owners and administrators.
pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    page(&ctx, id, &Form::new(), StatusCode::OK).await
}

async fn page(ctx: &Ctx, id: Uuid, form: &Form, status: StatusCode) -> Result<Response> {
    let mut row = store::find(ctx.app.db.read(), id).await?;
    let look = match look(ctx, &row).await {
        Err(Error::NotFound) => {
            row.kept = false;
            None
        }
        look => look?,
    };
    let told = match KEPT.whole(&ctx.app, id, What::Report).await {
        Ok(json) => serde_json::from_slice(&json).unwrap_or_default(),
        Err(Error::NotFound) => Vec::new(),
        Err(e) => return Err(e),
    };
    view::one(ctx, &row, look.as_ref(), &told, form, status).await
}

/// Tries again, imports, stops, goes on, throws away. Owners and administrators.
pub(super) async fn act(ctx: Ctx, Path(id): Path<Uuid>, mut form: Form) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let row = store::find(ctx.app.db.read(), id).await?;
    let here = urls::PeopleFile { id }.to_string();
    match form.get("faire") {
        "arreter" => {
            let now = ctx.now();
            ctx.app
                .db
                .write(move |tx| {
                    Box::pin(async move {
                        // Nothing goes on where a trial stopped.
                        Ok(store::go(tx, id, &["checking"], "received", true, now).await?
                            || store::go(tx, id, &["queued", "running"], "stopped", false, now).await?)
                    })
                })
                .await?;
            Ok(redirect(here))
        }
        "reprendre" if start(&ctx, id, false, false).await? => Ok(redirect(here)),
        "reprendre" => Err(Refusal::CHANGED_MEANWHILE.into()),
        "oublier" => {
            if !ctx.app.db.write(move |tx| Box::pin(async move { store::drop(tx, id).await })).await? {
                return Err(Refusal::CHANGED_MEANWHILE.into());
            }
            KEPT.forget(&ctx.app, id, true).await?;
            Ok(redirect(format!("{}?fait=import-oublie", urls::ImportPeople {})))
        }
        "essai" | "importer" | "feuille" if !row.is_open(ctx.now()) => Err(Refusal::CHANGED_MEANWHILE.into()),
        "feuille" if row.sheets.is_empty() => Err(Error::NotFound),
        "feuille" => {
            if take_sheet(&ctx, &row, &mut form).await? {
                return Ok(redirect(here));
            }
            page(&ctx, id, &form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        "essai" | "importer" => {
            let Some(look) = look(&ctx, &row).await? else { return Err(Refusal::CHANGED_MEANWHILE.into()) };
            let imports = form.is("faire", "importer");
            let Some(row) = keep_choices(&ctx, &row, look.mapping, &mut form, imports).await? else {
                return page(&ctx, id, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
            };
            if !imports {
                try_it(&ctx, &row).await?;
            } else if !start(&ctx, id, false, true).await? {
                return Err(Refusal::CHANGED_MEANWHILE.into());
            }
            Ok(redirect(here))
        }
        _ => Err(Error::BadRequest("no such button")),
    }
}

/// Keeps the columns and the origin as chosen; `None` when something is wrong with them. A trial needs no origin yet.
async fn keep_choices(
    ctx: &Ctx,
    row: &FileRow,
    mut mapping: Mapping,
    form: &mut Form,
    imports: bool,
) -> Result<Option<FileRow>> {
    let now = mapping.columns().iter().enumerate().map(|(at, seen)| {
        // A column that no field names stays what it is.
        let name = format!("c{at}");
        if form.has(&name) { Column::from_code(form.get(&name)) } else { seen.column }
    });
    let chosen: Vec<Option<Column>> = now.collect();
    if let Err(Wrong::Twice(column)) = mapping.choose(&chosen) {
        let what = ctx.t(&format!("people-import-column-{}", column.code()));
        form.fail("colonnes", ctx.app.words.with(ctx.lang, "people-import-columns-twice", &[("what", &what)]));
    } else if !mapping.has_contact() {
        form.fail("colonnes", ctx.t("people-import-columns-no-contact"));
    }
    let origin = form.text("origine");
    if origin.chars().count() > ORIGIN {
        form.fail("origine", ctx.t("people-import-origin-long"));
    }
    if imports && is_blank(&origin) {
        form.fail("origine", ctx.t("people-import-origin-missing"));
    }
    if imports && !form.has("pas-officiel") {
        form.fail("pas-officiel", ctx.t("people-import-official"));
    }
    if !form.is_valid() {
        return Ok(None);
    }
    let (id, moment) = (row.id, ctx.moment.clone());
    ctx.app
        .db
        .write(move |tx| {
            let (moment, mapping, origin) = (moment.clone(), mapping.clone(), origin.clone());
            Box::pin(async move { store::choose(tx, &moment, id, &mapping, &origin).await })
        })
        .await?;
    Ok(Some(store::find(ctx.app.db.read(), id).await?))
}

/// The refused lines, to correct. Owners and administrators.
pub(super) async fn refused(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    store::find(ctx.app.db.read(), id).await?;
    let lines = KEPT.body(&ctx.app, id, What::Refused).await?;
    let name = HeaderValue::from_static("attachment; filename=\"lignes-refusees.csv\"");
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, lines).into_response())
}
