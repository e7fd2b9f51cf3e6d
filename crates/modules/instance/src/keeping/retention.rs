//! How long each thing is kept: the periods that modules declare, those the team chose, and the daily work.

use std::sync::Arc;

use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::TimeDelta;
use futures::future::BoxFuture;
use parvis_kernel::{
    Ctx, Result,
    app::App,
    form::Form,
    jobs::Failure,
    permission::Right,
    retention::{self, Goes, Retention},
};
use parvis_ui::{Page, html_with, redirect};

use super::{
    note,
    plan::{self, Plan},
};
use crate::{
    settings::{Section, Step, frame},
    urls,
};

/// A period as the page shows it.
struct Line {
    of: Retention,
    title: String,
    why: String,
    /// How many would go with the period kept now, in words.
    due: String,
    hint: String,
}

#[derive(Template)]
#[template(path = "settings/retention.html")]
struct Show<'a> {
    p: &'a Page,
    f: &'a Form,
    recent: &'a [Step],
    lines: Vec<Line>,
}

fn all(app: &App) -> Vec<Retention> {
    app.modules.iter().flat_map(|m| m.retention()).collect()
}

/// Days that a thing is kept.
fn days(plan: &Plan, of: &Retention) -> i64 {
    of.chosen(&plan.days)
}

/// The periods, and how much would go by each. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let plan = plan::read(ctx.app.db.read()).await?;
    let mut f = Form::new();
    for of in all(&ctx.app) {
        f.set(of.code, days(&plan, &of).to_string());
    }
    render(&ctx, f, StatusCode::OK).await
}

async fn render(ctx: &Ctx, f: Form, status: StatusCode) -> Result<Response> {
    let frame = frame(ctx, Section::Retention).await?;
    let mut lines = Vec::new();
    for of in all(&ctx.app) {
        // What is typed is tried, so that the page says what it would do before it is kept.
        let days = typed(&f, &of).unwrap_or(of.days);
        let due = retention::due(ctx.app.db.read(), &of, ctx.now() - TimeDelta::days(days), ctx.now()).await?;
        let hint = ctx.app.words.with(
            ctx.lang,
            "retention-hint",
            &[("days", &of.days), ("least", &of.least), ("most", &of.most)],
        );
        let said = if of.goes == Goes::Noted { "retention-ends" } else { "retention-due" };
        let due = ctx.app.words.with(ctx.lang, said, &[("n", &due)]);
        lines.push(Line { title: ctx.t(of.key), why: ctx.t(&format!("{}-why", of.key)), due, hint, of });
    }
    html_with(status, &Show { p: &frame.page, f: &f, recent: &frame.recent, lines })
}

fn typed(f: &Form, of: &Retention) -> Option<i64> {
    f.get(of.code).trim().parse::<i64>().ok().filter(|n| (of.least..=of.most).contains(n))
}

/// Tries the periods typed, or keeps them. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn keep(ctx: Ctx, mut f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let mut chosen = Vec::new();
    for of in all(&ctx.app) {
        match typed(&f, &of) {
            Some(days) => chosen.push((of, days)),
            None => {
                let limits: [(&str, &dyn parvis_kernel::words::Word); 2] = [("least", &of.least), ("most", &of.most)];
                f.fail(of.code, ctx.app.words.with(ctx.lang, "retention-error", &limits));
            }
        }
    }
    if !f.is_valid() {
        return render(&ctx, f, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if f.has("essayer") {
        return render(&ctx, f, StatusCode::OK).await;
    }
    let days: Vec<(String, i64)> =
        chosen.iter().filter(|(of, days)| *days != of.days).map(|(of, days)| (of.code.to_owned(), *days)).collect();
    let said = days.iter().map(|(code, n)| format!("{code} {n}")).collect::<Vec<_>>().join(", ");
    ctx.app
        .db
        .write(move |tx| {
            let days = days.clone();
            Box::pin(plan::change(tx, move |plan| plan.days = days.into_iter().collect()))
        })
        .await?;
    note(&ctx, "retention.changed", said).await?;
    Ok(redirect(format!("{}?fait=conservation", urls::Retention {})))
}

/// Each day: what is kept for longer than its period goes.
pub fn run(app: Arc<App>, _: String) -> BoxFuture<'static, std::result::Result<(), Failure>> {
    Box::pin(async move {
        let plan = plan::read(app.db.read()).await?;
        let now = app.clock.now();
        for of in all(&app) {
            let before = now - TimeDelta::days(days(&plan, &of));
            let gone =
                app.db.write(move |tx| Box::pin(async move { retention::sweep(tx, &of, before, now).await })).await?;
            tracing::info!(what = of.code, gone, "dropped what was kept long enough");
        }
        Ok(())
    })
}
