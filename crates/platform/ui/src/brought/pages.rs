//! The pages that take a file: sent, tried, corrected, imported in the background, stopped, thrown away.

use async_trait::async_trait;
use axum::{
    extract::{Path, Request},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use parvis_kernel::{
    Ctx, Error, Refusal as Refused, Result,
    brought::{
        self, Extra, Files, Look, Received, Refusal, Row,
        keep::What,
        store::{self, New},
        work,
    },
    form::Form,
    permission::Right,
};
use uuid::Uuid;

use super::taken;
use crate::redirect;

/// Bytes read to show what the columns hold.
const SHOWN: u64 = 512 << 10;

/// A file as its page shows it.
pub struct Shows<'a, F: Files> {
    /// The file.
    pub row: &'a Row<F::Own>,
    /// What it looks like, as far as its text is there.
    pub look: Option<&'a Look<F::Mapping>>,
    /// What the last trial or the import came to.
    pub told: &'a F::Told,
}

/// What the pages of one module's files have of their own.
#[async_trait]
pub trait Screen: Files {
    /// Whoever may import.
    const RIGHT: Right;
    /// Bytes of a file that is tried at once, while the person waits; a longer one is tried in the background.
    const AT_ONCE: i64;

    /// What the journal notes when an import was taken back: its line is about the file.
    const UNDONE: &'static str;

    /// Whether its import is taken back: empty, `asked` or `done`.
    fn undo_state(own: &Self::Own) -> &str;
    /// The address of the list.
    fn list_at() -> String;
    /// The address of one file.
    fn one_at(id: Uuid) -> String;
    /// Why a file can't be read, in words.
    fn why(ctx: &Ctx, refusal: Refusal) -> String;
    /// What is noted of a new file of this name.
    async fn noted(_ctx: &Ctx, _file_name: &str) -> Result<Extra> {
        Ok(Extra::new())
    }
    /// Takes what was chosen in the form: what is to be noted, or what is wrong with it beside its fields. `imports` when
    /// more than a trial is asked for.
    async fn chosen(ctx: &Ctx, mapping: &mut Self::Mapping, form: &mut Form, imports: bool) -> Result<Extra>;
    /// The page of all files, with the form for another.
    async fn list(ctx: &Ctx, form: &Form, status: StatusCode) -> Result<Response>;
    /// The page of one file.
    async fn one(ctx: &Ctx, shows: Shows<'_, Self>, form: &Form, status: StatusCode) -> Result<Response>;
}

/// The imports, and the form for another.
///
/// # Errors
/// Who may not import; when the database refuses.
pub async fn list<F: Screen>(ctx: Ctx) -> Result<Response> {
    ctx.require(F::RIGHT, None)?;
    F::list(&ctx, &Form::new(), StatusCode::OK).await
}

/// Takes a file.
///
/// # Errors
/// Who may not import; what did not arrive whole; when the database or the store of files refuses.
pub async fn receive<F: Screen>(ctx: Ctx, request: Request) -> Result<Response> {
    ctx.require(F::RIGHT, None)?;
    let mut form = Form::new();
    let (name, file) = match taken(&ctx, brought::receive(&ctx.app, request).await?) {
        Ok(taken) => taken,
        Err(words) => {
            form.fail("fichier", words);
            return F::list(&ctx, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let read = match Received::read(&ctx.app, file, None, F::recognise).await {
        Ok(read) => read,
        Err(refusal) => {
            let why = F::why(&ctx, refusal);
            let words = ctx.app.words.with(ctx.lang, "import-file-refused", &[("name", &name), ("why", &why)]);
            form.fail("fichier", words);
            return F::list(&ctx, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let (id, now) = (ctx.moment.id(), ctx.now());
    let new = described::<F>(&ctx, name, &read).await?;
    F::PLACE.put(&ctx.app, id, What::Text, read.text).await?;
    if !new.sheets.is_empty() {
        // Until its last row another sheet may be chosen.
        F::PLACE.put(&ctx.app, id, What::Book, read.book).await?;
    }
    ctx.app
        .db
        .write(move |tx| {
            let new = new.clone();
            Box::pin(async move { store::insert::<F>(tx, id, &new, now).await })
        })
        .await?;
    try_it::<F>(&ctx, &store::find::<F>(ctx.app.db.read(), id).await?).await?;
    Ok(redirect(F::one_at(id)))
}

/// What is known of a file when it has been read.
async fn described<F: Screen>(ctx: &Ctx, file_name: String, read: &Received<F::Mapping>) -> Result<New> {
    let (sheet, look) = (read.sheet.as_ref(), &read.look);
    let mut mapping = look.mapping.clone();
    let remembered = store::remember::<F>(ctx.app.db.read(), &mut mapping).await?;
    Ok(New {
        read_as: look.read_as(sheet.map(|s| s.name.as_str())),
        from_sheet: sheet.is_some(),
        sheets: sheet.filter(|s| s.all.len() > 1).map(|s| s.all.join("\n")).unwrap_or_default(),
        bytes: i64::try_from(read.text.metadata().map_err(Error::other)?.len()).unwrap_or(i64::MAX),
        roles: F::choice(&mapping).codes,
        remembered,
        actor: ctx.actor.person(),
        extra: F::noted(ctx, &file_name).await?,
        file_name,
    })
}

/// Takes another sheet of the workbook, as if it had been the first; `false` when there is no such sheet.
async fn take_sheet<F: Screen>(ctx: &Ctx, row: &Row<F::Own>, form: &mut Form) -> Result<bool> {
    let name = form.get("feuille").to_owned();
    let book = F::PLACE.get(&ctx.app, row.id, What::Book).await?;
    let read = match Received::read(&ctx.app, book, Some(name), F::recognise).await {
        Ok(read) => read,
        Err(refusal) => {
            form.fail("feuille", F::why(ctx, refusal));
            return Ok(false);
        }
    };
    let new = described::<F>(ctx, row.file_name.clone(), &read).await?;
    work::take_sheet::<F>(&ctx.app, row.id, new, read.text).await?;
    try_it::<F>(ctx, &store::find::<F>(ctx.app.db.read(), row.id).await?).await?;
    Ok(true)
}

/// Tries a short file at once, a long one in the background.
async fn try_it<F: Screen>(ctx: &Ctx, row: &Row<F::Own>) -> Result<()> {
    if row.bytes <= F::AT_ONCE {
        return work::check::<F>(&ctx.app, row.id).await;
    }
    work::enqueue::<F>(&ctx.app, &ctx.moment, row.id, true, true).await.map(drop)
}

/// What the columns of a kept file are taken for, with what they hold. `NotFound` when its text is gone: no backup has it.
async fn look<F: Screen>(ctx: &Ctx, row: &Row<F::Own>) -> Result<Option<Look<F::Mapping>>> {
    if !row.kept {
        return Ok(None);
    }
    let head = F::PLACE.head(&ctx.app, row.id, SHOWN).await?;
    let Ok(mut look) = Look::head(&head, row.from_sheet, F::recognise) else { return Ok(None) };
    F::take(&mut look.mapping, &row.roles);
    Ok(Some(look))
}

/// One import.
///
/// # Errors
/// Who may not import; `NotFound`; when the database or the store of files refuses.
pub async fn show<F: Screen>(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(F::RIGHT, None)?;
    page::<F>(&ctx, id, &Form::new(), StatusCode::OK).await
}

async fn page<F: Screen>(ctx: &Ctx, id: Uuid, form: &Form, status: StatusCode) -> Result<Response> {
    let mut row = store::find::<F>(ctx.app.db.read(), id).await?;
    let look = match look::<F>(ctx, &row).await {
        Err(Error::NotFound) => {
            row.kept = false;
            None
        }
        look => look?,
    };
    let told = F::PLACE.report(&ctx.app, id).await?;
    F::one(ctx, Shows { row: &row, look: look.as_ref(), told: &told }, form, status).await
}

/// Tries again, imports, stops, goes on, throws away.
///
/// # Errors
/// Who may not import; `NotFound`; a refusal when somebody was faster; when the database or the store of files refuses.
pub async fn act<F: Screen>(ctx: Ctx, Path(id): Path<Uuid>, mut form: Form) -> Result<Response> {
    ctx.require(F::RIGHT, None)?;
    let row = store::find::<F>(ctx.app.db.read(), id).await?;
    // Pressed in the list of all, it leads back there.
    let here = redirect(if form.has("liste") { F::list_at() } else { F::one_at(id) });
    let asked = form.get("faire").to_owned();
    match asked.as_str() {
        "arreter" => {
            let moment = ctx.moment.clone();
            let stop = ctx.app.db.write(move |tx| {
                let moment = moment.clone();
                Box::pin(async move { store::stop::<F>(tx, &moment, id).await })
            });
            stop.await?;
            Ok(here)
        }
        "reprendre" if work::enqueue::<F>(&ctx.app, &ctx.moment, id, false, false).await? => Ok(here),
        "oublier" if forget::<F>(&ctx, id).await? => {
            F::PLACE.forget(&ctx.app, id, true).await?;
            Ok(redirect(format!("{}?fait=import-oublie", F::list_at())))
        }
        "reprendre" | "oublier" => Err(Refused::CHANGED_MEANWHILE.into()),
        "essai" | "importer" | "feuille" if !row.is_open(ctx.now()) => Err(Refused::CHANGED_MEANWHILE.into()),
        "feuille" if row.sheets.is_empty() => Err(Error::NotFound),
        "feuille" if take_sheet::<F>(&ctx, &row, &mut form).await? => Ok(here),
        "feuille" => page::<F>(&ctx, id, &form, StatusCode::UNPROCESSABLE_ENTITY).await,
        "essai" | "importer" if !keep_choices::<F>(&ctx, &row, &mut form).await? => {
            page::<F>(&ctx, id, &form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        "importer" if work::enqueue::<F>(&ctx.app, &ctx.moment, id, false, true).await? => Ok(here),
        "importer" => Err(Refused::CHANGED_MEANWHILE.into()),
        "essai" => {
            try_it::<F>(&ctx, &store::find::<F>(ctx.app.db.read(), id).await?).await?;
            Ok(here)
        }
        _ => Err(Error::BadRequest("no such button")),
    }
}

async fn forget<F: Screen>(ctx: &Ctx, id: Uuid) -> Result<bool> {
    let now = ctx.now();
    ctx.app.db.write(move |tx| Box::pin(async move { F::drop(tx, id, now).await })).await
}

/// Keeps what was chosen; `false` when something is wrong with it.
async fn keep_choices<F: Screen>(ctx: &Ctx, row: &Row<F::Own>, form: &mut Form) -> Result<bool> {
    let Some(look) = look::<F>(ctx, row).await? else { return Err(Refused::CHANGED_MEANWHILE.into()) };
    let mut mapping = look.mapping;
    let imports = form.is("faire", "importer");
    let extra = F::chosen(ctx, &mut mapping, form, imports).await?;
    if !form.is_valid() {
        return Ok(false);
    }
    let (id, now, choice) = (row.id, ctx.now(), F::choice(&mapping));
    ctx.app
        .db
        .write(move |tx| {
            let (choice, extra) = (choice.clone(), extra.clone());
            Box::pin(async move { store::choose::<F>(tx, id, &choice, &extra, now).await })
        })
        .await?;
    Ok(true)
}

/// The refused lines, to correct.
///
/// # Errors
/// Who may not import; `NotFound`; when the database or the store of files refuses.
pub async fn refused<F: Screen>(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(F::RIGHT, None)?;
    store::find::<F>(ctx.app.db.read(), id).await?;
    let lines = F::PLACE.body(&ctx.app, id, What::Refused).await?;
    let name = HeaderValue::from_static("attachment; filename=\"lignes-refusees.csv\"");
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, lines).into_response())
}
