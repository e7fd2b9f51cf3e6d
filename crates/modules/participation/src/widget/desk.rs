//! The page that gives the code of the frame, and names the sites that may show it.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Result,
    activity::{self, Entry},
    form::Form,
    permission::Right,
    settings,
};
use parvis_ui::{Page, html_with, redirect};

use super::{MAX_SITES, origin};
use crate::{
    desk::query,
    projects::{Project, store},
    seen::with_param,
    urls,
};

/// The kind of activity recorded here.
pub const ACTIVITY: [&str; 1] = ["widget.sites"];

#[derive(Template)]
#[template(path = "widget/desk.html")]
struct Desk<'a> {
    p: &'a Page,
    f: &'a Form,
    projects: Vec<Project>,
    chosen: String,
    address: String,
    name: String,
    administers: bool,
}

async fn page(ctx: &Ctx, f: &Form, chosen: &str, status: StatusCode) -> Result<Response> {
    let p = Page::team(ctx, ctx.t("widget-title")).await?;
    let projects: Vec<Project> = store::all(ctx.app.db.read()).await?.into_iter().filter(Project::is_public).collect();
    let one = projects.iter().find(|x| x.slug == chosen);
    let own = urls::Widget {}.to_string();
    let path = one.map_or_else(|| own.clone(), |x| with_param(&own, "projet", &x.slug));
    let desk = Desk {
        name: one.map_or_else(|| ctx.settings.name.clone(), |x| x.title.clone()),
        chosen: one.map_or_else(String::new, |x| x.slug.clone()),
        address: format!("{}{path}", ctx.app.base_url(&ctx.settings)),
        administers: ctx.may(Right::Administer, None),
        p: &p,
        f,
        projects,
    };
    html_with(status, &desk)
}

/// The code of the frame. Permission: read.
///
/// # Errors
/// When the database refuses.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let f = Form::of(&[("sites", &ctx.settings.embed_sites.join("\n"))]);
    page(&ctx, &f, query(&ctx).get("projet"), StatusCode::OK).await
}

/// Names the sites that may show the frame. Permission: administer.
///
/// # Errors
/// When the database refuses.
pub async fn save(ctx: Ctx, mut f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let mut sites = Vec::new();
    for line in f.text("sites").split_whitespace() {
        match origin(line) {
            Some(site) if sites.contains(&site) => {}
            Some(site) => sites.push(site),
            None => f.fail("sites", ctx.app.words.with(ctx.lang, "widget-error-site", &[("site", &shown(line))])),
        }
    }
    if sites.len() > MAX_SITES {
        let most = i64::try_from(MAX_SITES).unwrap_or(i64::MAX);
        f.fail("sites", ctx.app.words.with(ctx.lang, "widget-error-many", &[("n", &most)]));
    }
    if !f.is_valid() {
        return page(&ctx, &f, "", StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let inner = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, sites) = (inner.clone(), sites.clone());
            Box::pin(async move {
                let n = sites.len().to_string();
                settings::change(tx, move |s| s.embed_sites = sites).await?;
                let entry = Entry {
                    actor: ctx.actor.person(),
                    kind: "widget.sites",
                    subject_kind: "settings",
                    subject: None,
                    project: None,
                    detail: &n,
                };
                activity::record(tx, &ctx.moment, entry).await
            })
        })
        .await?;
    ctx.app.store.forget().await;
    Ok(redirect(with_param(&urls::DeskWidget {}.to_string(), "fait", "sites-du-cadre")))
}

/// What was typed, short enough to be said again.
fn shown(line: &str) -> String {
    line.chars().take(60).collect()
}
