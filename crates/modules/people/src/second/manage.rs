//! One's own second factor: begun, confirmed, new recovery codes, taken away.

use axum::{http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Error, Result,
    activity::{self, Entry},
    db::Tx,
    form::Form,
};
use parvis_ui::{Page, html_with, redirect};
use uuid::Uuid;

use super::{
    Begin, SECOND_NEEDED, begin_with, is_needed,
    passkeys::{self, Asked, For, Passkey},
    store, within_limits,
};
use crate::{
    persons::{self, Person},
    urls,
};

#[derive(askama::Template)]
#[template(path = "second/manage.html")]
struct Manage<'a> {
    p: &'a Page,
    f: &'a Form,
    begin: Option<Begin>,
    confirmed: bool,
    needed: bool,
    left: i64,
    keys: Vec<Passkey>,
    asked: Asked,
    person: &'a Person,
    /// New recovery codes, shown once.
    codes: Vec<String>,
}

/// The members of the team, for themselves.
pub async fn show(ctx: Ctx) -> Result<Response> {
    let person = me(&ctx).await?;
    page(&ctx, &person, &Form::new(), Vec::new()).await
}

async fn me(ctx: &Ctx) -> Result<Person> {
    let person = persons::find(ctx.app.db.read(), ctx.person()?).await?.ok_or(Error::NotFound)?;
    if person.role.is_none() { Err(Error::NotFound) } else { Ok(person) }
}

async fn page(ctx: &Ctx, person: &Person, form: &Form, codes: Vec<String>) -> Result<Response> {
    let db = ctx.app.db.read();
    let p = Page::new(ctx, ctx.t("second-manage")).private().with(form).crumb(ctx.t("space-page"), urls::Space {});
    let confirmed = store::has(db, person.id).await?;
    let view = Manage {
        f: form,
        begin: if confirmed { None } else { begin_with(ctx, person).await? },
        confirmed,
        needed: is_needed(&ctx.settings, person.role.as_deref()),
        left: store::codes_left(db, person.id).await?,
        keys: passkeys::of_person(db, person.id).await?,
        asked: passkeys::ask(ctx, For::New(person.id)),
        person,
        codes,
        p: &p,
    };
    html_with(if form.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view)
}

/// What a member of the team does with their second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Begin,
    Confirm,
    Codes,
    Remove,
}

/// What came of it.
enum Outcome {
    Done(Vec<String>),
    Wrong,
    TooMany,
}

/// The members of the team, for themselves. All but the beginning asks for a code of the app.
pub async fn change(ctx: Ctx, mut form: Form) -> Result<Response> {
    let person = me(&ctx).await?;
    let act = match form.get("faire") {
        "commencer" => Act::Begin,
        "confirmer" => Act::Confirm,
        "codes" => Act::Codes,
        "retirer" => Act::Remove,
        _ => return Err(Error::BadRequest("what to do is not said")),
    };
    if act == Act::Remove && is_needed(&ctx.settings, person.role.as_deref()) {
        return Err(SECOND_NEEDED.into());
    }
    let typed = form.text("code");
    let (shared, id) = (ctx.clone(), person.id);
    let outcome = ctx
        .app
        .db
        .write(move |tx| {
            let (ctx, typed) = (shared.clone(), typed.clone());
            Box::pin(async move { apply(tx, &ctx, id, act, &typed).await })
        })
        .await?;
    match outcome {
        Outcome::Done(codes) if codes.is_empty() => {
            let done = if act == Act::Remove { "?fait=verification-retiree#fait" } else { "" };
            Ok(redirect(format!("{}{done}", urls::SecondFactor {})))
        }
        Outcome::Done(codes) => page(&ctx, &person, &Form::new(), codes).await,
        Outcome::Wrong => {
            form.fail("code", ctx.t("second-wrong"));
            page(&ctx, &person, &form, Vec::new()).await
        }
        Outcome::TooMany => {
            form.fail("code", ctx.t("second-too-many"));
            page(&ctx, &person, &form, Vec::new()).await
        }
    }
}

async fn apply(tx: &Tx, ctx: &Ctx, person: Uuid, act: Act, typed: &str) -> Result<Outcome> {
    if act == Act::Begin {
        store::begin(tx, &ctx.moment, person).await?;
        return Ok(Outcome::Done(Vec::new()));
    }
    if !within_limits(tx, ctx, person).await? {
        return Ok(Outcome::TooMany);
    }
    let secrets = &ctx.app.secrets;
    if store::has(tx, person).await? == (act == Act::Confirm)
        || !store::try_app(tx, secrets, person, typed, ctx.now()).await?
    {
        return Ok(Outcome::Wrong);
    }
    let (kind, codes) = match act {
        Act::Confirm => ("team.second_added", store::confirm(tx, secrets, &ctx.moment, person).await?),
        Act::Codes => ("team.second_codes", store::new_codes(tx, secrets, &ctx.moment, person).await?),
        Act::Remove => {
            store::remove(tx, person).await?;
            ("team.second_removed", Vec::new())
        }
        Act::Begin => return Ok(Outcome::Done(Vec::new())),
    };
    let entry =
        Entry { actor: Some(person), kind, subject_kind: "person", subject: Some(person), project: None, detail: "" };
    activity::record(tx, &ctx.moment, entry).await?;
    Ok(Outcome::Done(codes))
}
