//! Third step: the commune, among the real ones or by its name alone.

use std::sync::OnceLock;

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_communes as communes;
use parvis_kernel::{
    Ctx, Result,
    form::{self, Form},
    settings::{Commune, Kind},
};
use parvis_ui::{Page, html_with, redirect};
use serde::Deserialize;

use super::{Step, Wizard, store};
use crate::{
    query,
    settings::{identity::kept, zones},
};

/// Communes shown for one search.
const SHOWN: usize = 12;

/// What the law says of the size of a commune, from the dated file.
#[derive(Debug, Deserialize)]
struct Law {
    campaign_account: Threshold,
}

#[derive(Debug, Deserialize)]
struct Threshold {
    inhabitants: i64,
}

/// Inhabitants from which a list keeps a campaign account.
fn account_from() -> Option<i64> {
    static LAW: OnceLock<Option<Law>> = OnceLock::new();
    LAW.get_or_init(|| toml::from_str(include_str!("../../legal/fr/municipales.toml")).ok())
        .as_ref()
        .map(|l| l.campaign_account.inhabitants)
}

/// A commune to choose.
struct Card {
    code: String,
    name: String,
    inhabitants: String,
    place: String,
    checked: bool,
}

fn card(ctx: &Ctx, c: &communes::Commune, chosen: &str) -> Card {
    let words = &ctx.app.words;
    let inhabitants = match c.population() {
        Some(n) => words.with(ctx.lang, "setup-inhabitants", &[("n", &i64::from(n))]),
        None => ctx.t("setup-inhabitants-unknown"),
    };
    let codes: Vec<_> = c.postcodes().collect();
    let shown = codes.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    let postcodes = if codes.len() > 3 { format!("{shown}, …") } else { shown };
    let place = words.with(
        ctx.lang,
        "setup-place",
        &[("postcodes", &postcodes), ("department", &c.department_name()), ("code", &c.department_code())],
    );
    Card { code: c.code().to_owned(), name: c.name().to_owned(), inhabitants, place, checked: c.code() == chosen }
}

#[derive(Template)]
#[template(path = "setup/commune.html")]
struct Show<'a> {
    p: &'a Page,
    w: &'a Wizard,
    f: &'a Form,
    q: String,
    searched: bool,
    cards: Vec<Card>,
    more: bool,
    threshold: String,
}

/// Step three, with the communes of a search `q`. Whoever holds the set-up link.
pub async fn show(ctx: Ctx) -> Result<Response> {
    let asked = query::of(&ctx);
    let s = &ctx.settings.commune;
    let mut f = Form::of(&[("insee", &s.code)]);
    if s.code.is_empty() && !s.name.is_empty() {
        f = Form::of(&[("insee", "autre"), ("nom", &s.name)]);
    }
    page(&ctx, StatusCode::OK, &f, asked.get("q")).await
}

async fn page(ctx: &Ctx, status: StatusCode, f: &Form, q: &str) -> Result<Response> {
    let w = Wizard::at(ctx, Step::Commune).await?;
    let q: String = q.chars().take(100).collect();
    let searched = !form::is_blank(&q);
    let mut found = communes::search(&q, SHOWN + 1);
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let mut chosen = f.get("insee").to_owned();
    // What was chosen before stays in view beside a new search.
    if let Some(before) = communes::by_code(&chosen)
        && !found.iter().any(|c| c.code() == chosen)
        && !searched
    {
        found.insert(0, before);
    }
    if chosen.is_empty() || (searched && chosen != "autre" && !found.iter().any(|c| c.code() == chosen)) {
        chosen = found.first().map(|c| c.code().to_owned()).unwrap_or_default();
    }
    let cards: Vec<Card> = found.into_iter().map(|c| card(ctx, c, &chosen)).collect();
    let threshold = match account_from() {
        Some(n) if ctx.settings.kind == Kind::Campaign => ctx.app.words.with(ctx.lang, "setup-threshold", &[("n", &n)]),
        _ => String::new(),
    };
    let mut f = f.clone();
    f.set("insee", chosen);
    html_with(status, &Show { p: &w.page, w: &w, f: &f, q, searched, cards, more, threshold })
}

/// Keeps the commune, and its time zone. Whoever holds the set-up link.
pub async fn keep(ctx: Ctx, mut f: Form) -> Result<Response> {
    let name = f.text("nom").replace(['\n', '\t'], " ");
    let typed = !form::is_blank(&name);
    let known = communes::by_code(f.get("insee"));
    let (commune, zone) = match known {
        Some(c) => (kept(c), Some(zones::of_department(c.department_code()))),
        None if typed && name.chars().count() <= 80 => (Commune { name, ..Commune::default() }, None),
        None => {
            let (field, key) = match (typed, f.is("insee", "autre")) {
                (true, _) => ("nom", "setup-commune-long"),
                (false, true) => ("nom", "setup-commune-unnamed"),
                (false, false) => ("insee", "setup-commune-missing"),
            };
            f.fail(field, ctx.t(key));
            let q = f.get("q").to_owned();
            return page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &f, &q).await;
        }
    };
    store::save(&ctx, Step::Commune, move |s| {
        s.commune = commune.clone();
        if let Some(zone) = zone {
            zone.clone_into(&mut s.time_zone);
        }
    })
    .await?;
    Ok(redirect(Step::Commune.next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_is_read_from_its_file() {
        assert_eq!(account_from(), Some(9_000));
    }
}
