//! Statuses in the team's own words. The codes never change.

use std::collections::BTreeMap;

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Result,
    form::{self, Form},
    permission::Right,
    words::Lang,
};
use parvis_ui::{Page, html_with, redirect};

use super::{Section, Step, frame, languages::own_name, save};
use crate::urls;

/// A status: its stable code, and the name of its field in each language.
struct Status {
    code: &'static str,
    fields: [(Lang, &'static str); 2],
}

macro_rules! statuses {
    ($($code:literal),+ $(,)?) => {
        /// The statuses there are. Their words by default are `status-CODE` of the module that holds the ideas.
        const STATUSES: &[Status] = &[$(Status {
            code: $code,
            fields: [(Lang::Fr, concat!("fr-", $code)), (Lang::En, concat!("en-", $code))],
        }),+];
    };
}
statuses!(
    "prescreening",
    "proposed",
    "under_consideration",
    "accepted",
    "implemented",
    "rejected",
    "answered",
    "ineligible",
);

/// Longest wording, in characters: it stands in a badge.
const MOST: usize = 30;

/// A field of the page.
struct Field {
    name: &'static str,
    lang: &'static str,
    language: &'static str,
    usual: String,
}

/// A status of the page: its words by default, and a field per language offered.
struct Line {
    title: String,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "settings/statuses.html")]
struct Show<'a> {
    p: &'a Page,
    recent: &'a [Step],
    f: &'a Form,
    lines: Vec<Line>,
}

/// Shows the section. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let mut f = Form::new();
    for status in STATUSES {
        for (lang, field) in status.fields {
            let own = ctx.settings.status_words.get(status.code).and_then(|w| w.get(&lang));
            f.set(field, own.cloned().unwrap_or_default());
        }
    }
    page(&ctx, StatusCode::OK, &f).await
}

async fn page(ctx: &Ctx, status: StatusCode, f: &Form) -> Result<Response> {
    let frame = frame(ctx, Section::Statuses).await?;
    let usual = |lang, code: &str| ctx.app.words.get(lang, &format!("status-{code}"));
    let lines = STATUSES
        .iter()
        .map(|s| Line {
            title: usual(ctx.lang, s.code),
            fields: s
                .fields
                .iter()
                .filter(|(lang, _)| ctx.settings.languages.contains(lang))
                .map(|(lang, name)| Field {
                    name,
                    lang: lang.code(),
                    language: own_name(*lang),
                    usual: usual(*lang, s.code),
                })
                .collect(),
        })
        .collect();
    html_with(status, &Show { p: &frame.page, recent: &frame.recent, f, lines })
}

/// Keeps the wordings; an empty one goes back to the usual word. Right: administer.
///
/// # Errors
/// The refusal of the permission, or when the database refuses.
pub async fn keep(ctx: Ctx, mut f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let most = MOST;
    for field in STATUSES.iter().flat_map(|s| s.fields).map(|(_, field)| field) {
        if f.get(field).chars().count() > most {
            f.fail(field, ctx.app.words.with(ctx.lang, "settings-too-long", &[("n", &most)]));
        }
    }
    if !f.is_valid() {
        return page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &f).await;
    }
    save(&ctx, Section::Statuses, move |s| merge(&mut s.status_words, &f)).await?;
    Ok(redirect(format!("{}?fait=settings-saved", urls::Statuses {})))
}

/// Takes the wordings of a form. A language that the form does not hold keeps its own.
fn merge(words: &mut BTreeMap<String, BTreeMap<Lang, String>>, f: &Form) {
    for status in STATUSES {
        for (lang, field) in status.fields.into_iter().filter(|(_, field)| f.has(field)) {
            let text = f.text(field).replace(['\n', '\t'], " ");
            let of_status = words.entry(status.code.to_owned()).or_default();
            if form::is_blank(&text) {
                of_status.remove(&lang);
            } else {
                of_status.insert(lang, text);
            }
        }
    }
    words.retain(|_, w| !w.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_fixed() {
        let codes: Vec<_> = STATUSES.iter().map(|s| s.code).collect();
        assert_eq!(
            codes,
            [
                "prescreening",
                "proposed",
                "under_consideration",
                "accepted",
                "implemented",
                "rejected",
                "answered",
                "ineligible"
            ]
        );
    }

    #[test]
    fn an_empty_wording_goes_back_and_another_language_stays() {
        let mut words = BTreeMap::new();
        merge(&mut words, &Form::of(&[("fr-rejected", "Pas retenue"), ("en-rejected", "Not kept"), ("fr-autre", "x")]));
        merge(&mut words, &Form::of(&[("fr-rejected", " \u{200b} "), ("fr-accepted", "")]));
        let left: Vec<_> = words.iter().map(|(code, w)| (code.as_str(), w.len())).collect();
        assert_eq!(left, [("rejected", 1)]);
        assert_eq!(words["rejected"][&Lang::En], "Not kept");
    }
}
