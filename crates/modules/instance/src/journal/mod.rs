//! The journal: who did what, when.

mod store;

use std::collections::BTreeSet;

use askama::Template;
use axum::response::Response;
use chrono::{DateTime, Utc};
use parvis_kernel::{Ctx, Result, activity::Line, permission::Right, url::encode};
use parvis_ui::{Page, html};
use uuid::Uuid;

use crate::{
    pages, query,
    settings::{Section, SectionLink, frame},
    urls,
};

/// Lines on a page.
const PAGE: usize = 50;

struct Told {
    at: DateTime<Utc>,
    sentence: String,
}

struct Choice {
    kind: &'static str,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "settings/journal.html")]
struct Show<'a> {
    p: &'a Page,
    sections: &'a [SectionLink],
    lines: Vec<Told>,
    choices: Vec<Choice>,
    filtered: bool,
    next: String,
}

/// The newest lines, of one kind or all. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let asked = query::of(&ctx);
    let kinds: Vec<&'static str> = ctx.app.modules.iter().flat_map(|m| m.activity_kinds()).collect();
    // A kind from the address goes no further unless a module declared it.
    let kind = kinds.iter().copied().find(|k| *k == asked.get("quoi"));
    let before = asked.get("avant").parse::<Uuid>().ok();
    let frame = frame(&ctx, Section::Journal).await?;
    let mut lines = store::latest(ctx.app.db.read(), kind, before, PAGE + 1).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let next = match lines.last() {
        Some(last) if more => {
            let of = kind.map(|k| format!("quoi={}&", encode(k))).unwrap_or_default();
            format!("{}?{of}avant={}", urls::Journal {}, last.id)
        }
        _ => String::new(),
    };
    html(&Show {
        p: &frame.page,
        sections: &frame.sections,
        lines: told(&ctx, &lines).await?,
        choices: choices(&ctx, &kinds, kind),
        filtered: kind.is_some(),
        next,
    })
}

async fn told(ctx: &Ctx, lines: &[Line]) -> Result<Vec<Told>> {
    let ids: BTreeSet<Uuid> = lines.iter().filter_map(|l| l.actor_id).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let names = ctx.app.identity.names(&ctx.app.db, &ids).await?;
    Ok(lines
        .iter()
        .map(|l| {
            let who = match l.actor_id {
                Some(id) => {
                    names.get(&id).filter(|n| !n.is_empty()).cloned().unwrap_or_else(|| ctx.t("journal-somebody"))
                }
                None => ctx.t("journal-nobody"),
            };
            Told { at: l.at, sentence: sentence(ctx, &l.kind, &who, &what(ctx, &l.detail)) }
        })
        .collect())
}

/// Key of the words of a kind.
fn key(kind: &str) -> String {
    format!("activity-{}", kind.replace('.', "-"))
}

fn sentence(ctx: &Ctx, kind: &str, who: &str, what: &str) -> String {
    let key = key(kind);
    let words = &ctx.app.words;
    // A line written by a version that knew other kinds is shown by its code.
    if words.has(ctx.lang, &key) {
        words.with(ctx.lang, &key, &[("who", &who), ("what", &what)])
    } else {
        format!("{who} : {kind} {what}")
    }
}

/// The rest of the sentence: a code that has words is put into them.
fn what(ctx: &Ctx, detail: &str) -> String {
    let plain = !detail.is_empty()
        && detail.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
    if !plain {
        return detail.to_owned();
    }
    let mut keys = vec![format!("status-{detail}"), format!("role-{detail}"), format!("settings-{detail}")];
    if pages::known(detail).is_some() {
        keys.insert(0, format!("page-{detail}"));
    }
    keys.iter().find(|k| ctx.app.words.has(ctx.lang, k)).map_or_else(|| detail.to_owned(), |k| ctx.t(k))
}

fn choices(ctx: &Ctx, kinds: &[&'static str], chosen: Option<&str>) -> Vec<Choice> {
    let who = ctx.t("journal-somebody");
    let mut list: Vec<Choice> = kinds
        .iter()
        .map(|kind| Choice { kind, label: sentence(ctx, kind, &who, "…"), chosen: chosen == Some(*kind) })
        .collect();
    list.sort_by(|a, b| a.label.cmp(&b.label));
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_kinds() {
        assert_eq!(key("idea.published"), "activity-idea-published");
        assert_eq!(key("instance.set_up"), "activity-instance-set_up");
    }
}
