//! The pages of imports.

use std::fs::File;

use axum::{
    extract::{Path, Request},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    brought::{self, Source, keep::What},
    form::Form,
    jobs,
    permission::Right,
};
use parvis_tables::{Code, Limits, Mapping, Role, Sheet};
use parvis_ui::{
    brought::{how, taken},
    redirect,
};
use uuid::Uuid;

use super::{
    super::{Look, Refused, existing_project, sentence},
    store::{self, FileRow},
    view,
    work::{self, KEPT, Order},
};
use crate::{desk::with_parameter, projects, urls};

/// Bytes of a file that is tried at once, while the person waits; a longer one is tried in the background.
const AT_ONCE: i64 = 1 << 20;
/// Bytes read to show what the columns hold.
const SHOWN: u64 = 512 << 10;

/// The imports, and the form for another. Administrators and owners.
pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    view::list(&ctx, &Form::new(), StatusCode::OK).await
}

/// Takes a file. Administrators and owners.
pub(super) async fn receive(ctx: Ctx, request: Request) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let mut form = Form::new();
    let (name, file) = match taken(&ctx, brought::receive(&ctx.app, request).await?) {
        Ok(taken) => taken,
        Err(words) => {
            form.fail("fichier", words);
            return view::list(&ctx, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let (sheet, look, text, book) = match read(&ctx, file, None).await {
        Ok(read) => read,
        Err(refused) => {
            let why = sentence(&ctx.app.words, ctx.lang, &refused);
            form.fail(
                "fichier",
                ctx.app.words.with(ctx.lang, "import-file-refused", &[("name", &name), ("why", &why)]),
            );
            return view::list(&ctx, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let id = ctx.moment.id();
    let bytes = KEPT.put(&ctx.app, id, What::Text, text).await?;
    let sheets = sheet.as_ref().filter(|s| s.all.len() > 1).map(|s| s.all.join("\n")).unwrap_or_default();
    if !sheets.is_empty() {
        // Until its last row another sheet may be chosen.
        KEPT.put(&ctx.app, id, What::Book, book).await?;
    }
    let new = described(&ctx, id, name, sheet.as_ref(), bytes, look).await?;
    let new = store::New { sheets, ..new };
    let moment = ctx.moment.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (moment, new) = (moment.clone(), new.clone());
            Box::pin(async move { store::insert(tx, &moment, &new).await })
        })
        .await?;
    let row = store::find(ctx.app.db.read(), id).await?;
    try_it(&ctx, &row).await?;
    Ok(redirect(urls::Import { id }))
}

/// What a file is read as: its sheet, how it looks, its text, and the file itself once more.
type Received = (Option<Sheet>, Look, File, File);

/// Reads a file off the async threads; of a workbook the sheet of this name, or the first.
async fn read(ctx: &Ctx, file: File, sheet: Option<String>) -> std::result::Result<Received, Refused> {
    let folder = ctx.app.data_dir.clone();
    let read = tokio::task::spawn_blocking(move || {
        let unreadable = |_| Refused::file(Code::Unreadable);
        let book = file.try_clone().map_err(unreadable)?;
        let source = Source::new(file, &folder, sheet.as_deref())?;
        let look = Look::at(&source)?;
        let text = source.open().map_err(unreadable)?;
        Ok::<_, Refused>((source.sheet.clone(), look, text, book))
    });
    // A panic of the library that reads workbooks is a damaged workbook.
    read.await.unwrap_or_else(|_| Err(Refused::file(Code::BrokenSheet)))
}

/// Takes another sheet of the workbook, as if it had been the first.
async fn take_sheet(ctx: &Ctx, row: &FileRow, form: &mut Form) -> Result<bool> {
    let name = form.get("feuille").to_owned();
    let book = KEPT.get(&ctx.app, row.id, What::Book).await?;
    let (sheet, look, text, _) = match read(ctx, book, Some(name)).await {
        Ok(read) => read,
        Err(refused) => {
            form.fail("feuille", sentence(&ctx.app.words, ctx.lang, &refused));
            return Ok(false);
        }
    };
    let bytes = KEPT.put(&ctx.app, row.id, What::Text, text).await?;
    let new = described(ctx, row.id, row.file_name.clone(), sheet.as_ref(), bytes, look).await?;
    let id = row.id;
    ctx.app
        .db
        .write(move |tx| {
            let new = new.clone();
            Box::pin(async move { store::set_sheet(tx, id, &new).await })
        })
        .await?;
    let row = store::find(ctx.app.db.read(), id).await?;
    try_it(ctx, &row).await?;
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
    let c = ctx.app.db.read();
    let mut mapping = look.mapping;
    let remembered = store::remember(c, &mut mapping).await?;
    let project = existing_project(c, &file_name).await?.map(|p| p.id);
    Ok(store::New {
        id,
        file_name,
        read_as,
        from_sheet: sheet.is_some(),
        sheets: String::new(),
        bytes,
        roles: store::roles(&mapping),
        remembered,
        project,
        actor: ctx.actor.person(),
    })
}

/// Tries a short file at once, a long one in the background.
async fn try_it(ctx: &Ctx, row: &FileRow) -> Result<()> {
    if row.bytes <= AT_ONCE {
        return work::check(&ctx.app, row).await;
    }
    start(ctx, row.id, true, &["received", "checked", "stopped", "failed"], "checking").await.map(drop)
}

/// Puts the work on a file into the queue; `false` when somebody else did, or it is past.
async fn start(ctx: &Ctx, id: Uuid, trial: bool, from: &'static [&'static str], to: &'static str) -> Result<bool> {
    let moment = ctx.moment.clone();
    ctx.app
        .db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                let gone = store::go(tx, id, from, to, moment.now).await?;
                if gone {
                    jobs::enqueue(tx, &moment, work::JOB, &Order { id, trial }, None, moment.now).await?;
                }
                Ok(gone)
            })
        })
        .await
}

/// What the columns of a kept file are taken for, with what they hold.
async fn look(ctx: &Ctx, row: &FileRow) -> Result<Option<Look>> {
    if !row.kept {
        return Ok(None);
    }
    let head = match KEPT.head(&ctx.app, row.id, SHOWN).await {
        // A backup was put back: it has no texts.
        Err(Error::NotFound) => return Ok(None),
        head => head?,
    };
    let limits = Limits { row_is_line: row.from_sheet, ..Limits::default() };
    let Ok(mut look) = Look::of(&head[..], &limits) else { return Ok(None) };
    work::apply(&mut look.mapping, &row.roles);
    Ok(Some(look))
}

/// One import. Administrators and owners.
pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    page(&ctx, id, &Form::new(), StatusCode::OK).await
}

async fn page(ctx: &Ctx, id: Uuid, form: &Form, status: StatusCode) -> Result<Response> {
    let row = store::find(ctx.app.db.read(), id).await?;
    let look = look(ctx, &row).await?;
    let told = match KEPT.whole(&ctx.app, id, What::Report).await {
        Ok(json) => serde_json::from_slice(&json).unwrap_or_default(),
        Err(Error::NotFound) => work::Told::default(),
        Err(e) => return Err(e),
    };
    view::one(ctx, &row, look.as_ref(), &told, form, status).await
}

/// Tries again, imports, stops, goes on, throws away. Administrators and owners.
pub(super) async fn act(ctx: Ctx, Path(id): Path<Uuid>, mut form: Form) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let row = store::find(ctx.app.db.read(), id).await?;
    let here = urls::Import { id }.to_string();
    match form.get("faire") {
        "arreter" => {
            let now = ctx.now();
            let from = &["queued", "running", "checking"];
            ctx.app.db.write(move |tx| Box::pin(async move { store::go(tx, id, from, "stopped", now).await })).await?;
            Ok(redirect(here))
        }
        "reprendre" => {
            let gone = start(&ctx, id, false, &["stopped", "failed"], "queued").await?;
            if gone { Ok(redirect(here)) } else { Err(Refusal::CHANGED_MEANWHILE.into()) }
        }
        "oublier" => {
            let gone = ctx.app.db.write(move |tx| Box::pin(async move { store::drop(tx, id).await })).await?;
            if !gone {
                return Err(Refusal::CHANGED_MEANWHILE.into());
            }
            KEPT.forget(&ctx.app, id, true).await?;
            Ok(redirect(with_parameter(&urls::Imports {}.to_string(), "fait", "import-oublie")))
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
            let Some(look) = look(&ctx, &row).await? else { return Err(Error::NotFound) };
            let Some(row) = keep_choices(&ctx, &row, look.mapping, &mut form).await? else {
                return page(&ctx, id, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
            };
            if form.is("faire", "importer") {
                let from = &["received", "checked", "stopped", "failed"];
                if !start(&ctx, id, false, from, "queued").await? {
                    return Err(Refusal::CHANGED_MEANWHILE.into());
                }
            } else {
                try_it(&ctx, &row).await?;
            }
            Ok(redirect(here))
        }
        _ => Err(Error::BadRequest("no such button")),
    }
}

/// Keeps the columns and the project as chosen; `None` when something is wrong with them.
async fn keep_choices(ctx: &Ctx, row: &FileRow, mut mapping: Mapping, form: &mut Form) -> Result<Option<FileRow>> {
    for at in 0..mapping.columns().len() {
        let chosen = form.get(&format!("c{at}")).to_owned();
        let same = mapping.columns().get(at).is_none_or(|c| c.role.as_str() == chosen);
        if let Some(role) = Role::from_name(&chosen).filter(|_| !same) {
            // A column that the law forbids stays unread, whatever is sent.
            let _ = mapping.set_at(at, role);
        }
    }
    if !mapping.has_text() {
        form.fail("colonnes", ctx.t("import-columns-no-text"));
    }
    let project = match form.get("projet") {
        "" => None,
        id => match id.parse::<Uuid>().ok() {
            Some(id) => Some(projects::store::find(ctx.app.db.read(), id).await?.id),
            None => return Err(Error::NotFound),
        },
    };
    if !form.is_valid() {
        return Ok(None);
    }
    let (id, moment) = (row.id, ctx.moment.clone());
    ctx.app
        .db
        .write(move |tx| {
            let (moment, mapping) = (moment.clone(), mapping.clone());
            Box::pin(async move { store::set_roles(tx, &moment, id, &mapping, project).await })
        })
        .await?;
    Ok(Some(store::find(ctx.app.db.read(), id).await?))
}

/// The refused lines, to correct. Administrators and owners.
pub(super) async fn refused(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
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
