//! The page of the open data, and its files. Anybody, without an account.

use askama::Template;
use axum::{extract::Path, response::Response};
use parvis_kernel::{
    Ctx, Error, Result,
    rate::{self, Limit},
};
use parvis_ui::{Page, html};

use crate::settings::licence;

use super::{Zone, attachment, bundle, download, of_file};

/// Files of one address in an hour: each reads the whole instance.
const FILES: Limit = Limit::per_minutes("open_data", 60, 60);

/// A set as the page shows it.
struct Set {
    title: String,
    files: Vec<(String, String)>,
    columns: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "exports/open.html")]
struct Show<'a> {
    p: &'a Page,
    sets: Vec<Set>,
    whole: String,
    /// The terms in words, and where their text is.
    terms: String,
    terms_at: &'static str,
}

/// What is there, and under which licence. Anybody.
///
/// # Errors
/// When the database refuses.
pub async fn show(ctx: Ctx) -> Result<Response> {
    let page = Page::new(&ctx, ctx.t("open-title")).described(ctx.t("open-lead"));
    let sets = bundle::sets(&ctx.app)
        .iter()
        .map(|set| Set {
            title: ctx.t(set.key),
            files: bundle::forms(set)
                .map(|f| {
                    (format!("/donnees/{}.{}", set.file, f.ending()), ctx.t(&format!("exports-as-{}", f.ending())))
                })
                .collect(),
            columns: set.columns.iter().map(|(name, key)| (*name, ctx.t(key))).collect(),
        })
        .collect();
    html(&Show {
        p: &page,
        sets,
        whole: format!("/donnees/{}", bundle::FILE),
        terms: licence::words(&ctx.app, ctx.lang, &ctx.settings.licence),
        terms_at: ctx.settings.licence.url().unwrap_or_default(),
    })
}

/// One of its files, made while it is read. Anybody.
///
/// # Errors
/// `NotFound` for another name, `too_many` beyond the limit.
pub async fn file(ctx: Ctx, Path(name): Path<String>) -> Result<Response> {
    let sets = bundle::sets(&ctx.app);
    let found = sets.iter().find_map(|set| {
        let form = bundle::forms(set).find(|f| name == format!("{}.{}", set.file, f.ending()))?;
        Some((*set, form))
    });
    if found.is_none() && name != bundle::FILE {
        return Err(Error::NotFound);
    }
    let (who, now) = (ctx.address.clone(), ctx.now());
    ctx.app
        .db
        .write(move |tx| {
            let who = who.clone();
            Box::pin(async move { rate::hit(tx, FILES, &who, now).await })
        })
        .await?;
    match found {
        Some((set, form)) => {
            let rows = bundle::rows(&ctx.app, &set);
            download(&ctx.app, set.file, form, set.columns, Zone::Utc, rows).await
        }
        None => {
            let file = bundle::make(&ctx.app, ctx.lang, |_, _| {}).await?;
            Ok(attachment(bundle::FILE, "application/zip", of_file(file)))
        }
    }
}
