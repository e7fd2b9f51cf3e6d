//! The page where a member of the team makes and revokes tokens.

use std::collections::HashMap;

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use parvis_kernel::{
    Ctx, Error, Result,
    activity::{self, Entry},
    db::Tx,
    form::Form,
    permission::{Access, Right, Scope},
    routes::Routes,
};
use parvis_ui::{Page, html_with, redirect};
use uuid::Uuid;

use super::{LASTS, MOST, NewToken, Token, grantable, make, revoke};
use crate::urls;

/// Letters of a token's name.
const NAME: usize = 60;

/// The page and its forms. For anybody on the team: a token has no right its owner lacks.
#[must_use]
pub fn routes() -> Routes {
    let team = Access::Team(Right::Read);
    Routes::new().get(urls::Tokens::ROUTE, team, show).post(urls::Tokens::ROUTE, team, create).post(
        urls::Token::ROUTE,
        team,
        end,
    )
}

struct Line {
    token: Token,
    scopes: Vec<Scope>,
    owner: String,
    ended: bool,
}

#[derive(askama::Template)]
#[template(path = "tokens/tokens.html")]
struct Tokens<'a> {
    p: &'a Page,
    f: &'a Form,
    lines: Vec<Line>,
    grantable: Vec<Scope>,
    lasts: [i64; 3],
    /// The token just made: shown this once.
    made: &'a str,
}

impl Tokens<'_> {
    fn scope_words(&self, scope: &Scope) -> String {
        self.p.t(&format!("token-scope-{}", scope.code().replace(':', "-")))
    }

    fn ticked(&self, scope: &Scope) -> bool {
        self.f.is("droits", scope.code())
    }

    fn lasts(&self, days: &i64) -> bool {
        self.f.is("duree", &days.to_string())
    }
}

/// The team.
async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    page(&ctx, &Form::new(), "").await
}

async fn page(ctx: &Ctx, form: &Form, made: &str) -> Result<Response> {
    let p = Page::settings(ctx, urls::Tokens::ROUTE).await?;
    let db = ctx.app.db.read();
    let person = ctx.person()?;
    let everybody = ctx.may(Right::Administer, None);
    let tokens = if everybody { super::all(db).await? } else { super::of_person(db, person).await? };
    let owners: Vec<Uuid> = tokens.iter().map(|t| t.person_id).filter(|id| *id != person).collect();
    let names: HashMap<Uuid, String> = ctx.app.identity.names(&ctx.app.db, &owners).await?;
    let lines = tokens
        .into_iter()
        .map(|token| Line {
            scopes: super::scopes(&token.scopes),
            owner: names.get(&token.person_id).cloned().unwrap_or_default(),
            ended: token.expires_at <= ctx.now(),
            token,
        })
        .collect();
    let view = Tokens { p: &p, f: form, lines, grantable: grantable(&ctx.actor), lasts: LASTS, made };
    let status = if form.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    html_with(status, &view)
}

/// The team. Answers with the page itself: an address that held the token would stay in the history of the browser.
async fn create(ctx: Ctx, mut form: Form) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let person = ctx.person()?;
    let name = form.text("nom").split_whitespace().collect::<Vec<_>>().join(" ");
    if parvis_kernel::form::is_blank(&name) {
        form.fail("nom", ctx.t("token-name-missing"));
    } else if name.chars().count() > NAME {
        form.fail("nom", ctx.t("team-too-long"));
    }
    let own = grantable(&ctx.actor);
    let scopes: Vec<Scope> = own.into_iter().filter(|s| form.is("droits", s.code())).collect();
    if scopes.is_empty() {
        form.fail("droits", ctx.t("token-scopes-missing"));
    }
    let days = LASTS.into_iter().find(|d| form.is("duree", &d.to_string()));
    if days.is_none() {
        form.fail("duree", ctx.t("token-days-missing"));
    }
    if super::of_person(ctx.app.db.read(), person).await?.len() >= MOST {
        form.fail("nom", ctx.t("token-too-many"));
    }
    let (Some(days), true) = (days, form.is_valid()) else { return page(&ctx, &form, "").await };
    let (inner, new) = (ctx.clone(), NewToken { name, scopes, days });
    let made = ctx
        .app
        .db
        .write(move |tx| {
            let (ctx, new) = (inner.clone(), new.clone());
            Box::pin(async move {
                let (id, token) = make(tx, &ctx.moment, person, &new).await?;
                note(tx, &ctx, "token.made", id).await?;
                Ok(token)
            })
        })
        .await?;
    let mut response = page(&ctx, &Form::new(), &made).await?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The owner of the token, and administrators.
async fn end(ctx: Ctx, Path(id): Path<Uuid>, _form: Form) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let owner = if ctx.may(Right::Administer, None) { None } else { Some(ctx.person()?) };
    let inner = ctx.clone();
    let gone = ctx
        .app
        .db
        .write(move |tx| {
            let ctx = inner.clone();
            Box::pin(async move {
                let gone = revoke(tx, id, owner).await?;
                if gone {
                    note(tx, &ctx, "token.revoked", id).await?;
                }
                Ok(gone)
            })
        })
        .await?;
    if gone { Ok(redirect(format!("{}?fait=jeton-revoque", urls::Tokens {}))) } else { Err(Error::NotFound) }
}

async fn note(tx: &Tx, ctx: &Ctx, kind: &'static str, token: Uuid) -> Result<()> {
    let entry = Entry {
        actor: ctx.actor.person(),
        kind,
        subject_kind: "api_token",
        subject: Some(token),
        project: None,
        detail: "",
    };
    activity::record(tx, &ctx.moment, entry).await
}
