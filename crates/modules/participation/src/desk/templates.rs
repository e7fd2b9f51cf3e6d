//! Words of refusals that the team keeps: written once, filled for each author.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use futures::future::BoxFuture;
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    activity::{self, Entry},
    args,
    db::{self, Tx},
    form::{Form, is_blank},
    permission::Right,
    sheet::{Columns, DeskList, Row, Sink},
};
use parvis_ui::{Page, html_with, redirect};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{
    decide::{self, MAX_REASON},
    lots::filled,
};
use crate::urls;

/// Longest title, in characters.
const MAX_TITLE: usize = 80;
/// Templates of an instance at most: a list longer than this helps nobody.
const MOST: i64 = 50;

/// Kinds of activity recorded here.
pub const ACTIVITY: [&str; 2] = ["template.saved", "template.deleted"];

/// Words kept for refusals.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Kept {
    /// Key.
    pub id: Uuid,
    /// What the team calls it.
    pub title: String,
    /// The words, with fields.
    pub body: String,
    /// Code of the motive, as the public log counts it.
    pub motive: String,
    /// Grows at each change.
    pub version: i64,
}

const COLUMNS: Columns =
    &[("titre", "list-template-title"), ("texte", "list-template-body"), ("motif", "list-template-motive")];

/// The list as a file.
pub const LIST: DeskList = DeskList {
    code: "modeles",
    key: "template-title",
    right: Right::Moderate,
    columns: COLUMNS,
    filters: &[],
    located: false,
    rows,
};

fn rows(ctx: Ctx, _: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let motive = |code: &str| match code {
            "" => String::new(),
            code => ctx.t(&format!("desk-refuse-motive-{code}")),
        };
        let kept = all(ctx.app.db.read()).await?.into_iter();
        let rows = kept.map(|k| Row::new(vec![k.title.into(), k.body.into(), motive(&k.motive).into()]));
        sink.rows(rows.collect()).await
    })
}

/// All of them, by title.
///
/// # Errors
/// When the database refuses.
pub async fn all(c: &impl ConnectionTrait) -> Result<Vec<Kept>> {
    db::all(c, "SELECT id, title, body, motive, version FROM reply_template ORDER BY title, id", vec![]).await
}

/// One of them.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn find(c: &impl ConnectionTrait, id: Uuid) -> Result<Kept> {
    let sql = "SELECT id, title, body, motive, version FROM reply_template WHERE id = $1";
    db::one(c, sql, args![id]).await?.ok_or(Error::NotFound)
}

#[derive(Template)]
#[template(path = "desk/templates.html")]
struct Show<'a> {
    p: &'a Page,
    f: &'a Form,
    kept: Vec<Kept>,
    open: Option<Uuid>,
    example: String,
}

impl Show<'_> {
    fn href(&self, kept: &Kept) -> String {
        urls::ReplyTemplate { template: kept.id }.to_string()
    }

    /// What tells the kept draft of this form from those of others.
    fn draft(&self) -> String {
        format!("modele-{}-{}", self.open.map_or_else(String::new, |id| id.to_string()), self.f.get("version"))
    }

    fn is_open(&self, kept: &Kept) -> bool {
        self.open == Some(kept.id)
    }

    fn example_of(&self, kept: &Kept) -> String {
        filled(&kept.body, "Léa", 1_118, &self.example)
    }
}

/// The templates, with one open to be changed. Permission: moderate.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let open = super::query(&ctx).get("ouvrir").parse().ok();
    let f = match open {
        Some(id) => {
            let kept = find(ctx.app.db.read(), id).await?;
            let version = kept.version.to_string();
            Form::of(&[("titre", &kept.title), ("texte", &kept.body), ("motif", &kept.motive), ("version", &version)])
        }
        None => Form::new(),
    };
    render(&ctx, f, open, StatusCode::OK).await
}

async fn render(ctx: &Ctx, f: Form, open: Option<Uuid>, status: StatusCode) -> Result<Response> {
    let p = Page::team(ctx, ctx.t("template-title")).await?;
    let kept = all(ctx.app.db.read()).await?;
    html_with(status, &Show { example: ctx.t("template-example"), p: &p, f: &f, kept, open })
}

/// Keeps new words. Permission: moderate.
pub async fn create(ctx: Ctx, f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    save(&ctx, None, f).await
}

/// Changes words, or drops them. Permission: moderate.
pub async fn change(ctx: Ctx, Path(id): Path<Uuid>, f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let kept = find(ctx.app.db.read(), id).await?;
    if !f.has("retirer") {
        return save(&ctx, Some(id), f).await;
    }
    let ctx2 = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, kept) = (ctx2.clone(), kept.clone());
            Box::pin(async move {
                db::run(tx, "DELETE FROM reply_template WHERE id = $1", args![kept.id]).await?;
                record(tx, &ctx, "template.deleted", kept.id, &kept.title).await
            })
        })
        .await?;
    Ok(redirect(super::with_param(&urls::ReplyTemplates {}.to_string(), "fait", "modele-supprime")))
}

async fn save(ctx: &Ctx, id: Option<Uuid>, mut f: Form) -> Result<Response> {
    let (title, body) = (f.text("titre"), f.text("texte"));
    let motive = decide::motive(f.get("motif"));
    let words = |key: &str, n: usize| ctx.app.words.with(ctx.lang, key, &[("n", &n)]);
    if is_blank(&title) {
        f.fail("titre", ctx.t("template-error-title"));
    } else if title.chars().count() > MAX_TITLE {
        f.fail("titre", words("desk-answer-error-long", MAX_TITLE));
    }
    if is_blank(&body) {
        f.fail("texte", ctx.t("template-error-body"));
    } else if body.chars().count() > MAX_REASON {
        f.fail("texte", words("desk-refuse-error-long", MAX_REASON));
    }
    if motive.is_none() {
        f.fail("motif", ctx.t("template-error-motive"));
    }
    let many = db::count(ctx.app.db.read(), "SELECT count(*) FROM reply_template", vec![]).await?;
    if id.is_none() && many >= MOST {
        f.fail("titre", words("template-error-many", usize::try_from(MOST).unwrap_or(0)));
    }
    if !f.is_valid() {
        return render(ctx, f, id, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let version: i64 = f.get("version").parse().unwrap_or(0);
    let motive = motive.unwrap_or("other");
    let ctx2 = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, title, body) = (ctx2.clone(), title.clone(), body.clone());
            Box::pin(async move { write(tx, &ctx, (id, version), &title, &body, motive).await })
        })
        .await?;
    Ok(redirect(super::with_param(&urls::ReplyTemplates {}.to_string(), "fait", "modele")))
}

async fn write(
    tx: &Tx,
    ctx: &Ctx,
    (id, version): (Option<Uuid>, i64),
    title: &str,
    body: &str,
    motive: &str,
) -> Result<()> {
    let key = id.unwrap_or_else(|| ctx.moment.id());
    let changed = match id {
        Some(id) => {
            let sql = "UPDATE reply_template SET title = $2, body = $3, motive = $5, version = version + 1 \
                       WHERE id = $1 AND version = $4";
            db::run(tx, sql, args![id, title, body, version, motive]).await?
        }
        None => {
            let sql = "INSERT INTO reply_template (id, title, body, motive, created_at) VALUES ($1, $2, $3, $5, $4)";
            db::run(tx, sql, args![key, title, body, ctx.now(), motive]).await?
        }
    };
    if changed != 1 {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    record(tx, ctx, "template.saved", key, title).await
}

async fn record(tx: &Tx, ctx: &Ctx, kind: &'static str, id: Uuid, title: &str) -> Result<()> {
    let entry = Entry {
        actor: ctx.actor.person(),
        kind,
        subject_kind: "reply_template",
        subject: Some(id),
        project: None,
        detail: title,
    };
    activity::record(tx, &ctx.moment, entry).await
}
