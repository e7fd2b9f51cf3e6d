//! Looking for something from any page of the desk: each module finds its own, this one the pages themselves.

use askama::Template;
use axum::response::Response;
use futures::future::try_join_all;
use parvis_kernel::{
    Ctx, Result,
    form::Form,
    found::{COUNTED, Found, Hit, LONGEST, SHOWN},
    permission::Right,
    sections,
    url::encode,
};
use parvis_people::directory::words::fold;
use parvis_ui::{Page, html};

use crate::{query, urls};

#[derive(Template)]
#[template(path = "search.html")]
struct Show<'a> {
    p: &'a Page,
    /// As typed.
    asked: &'a str,
    groups: Vec<Found>,
}

impl Show<'_> {
    /// Where the same leaves as a file.
    fn export(&self) -> String {
        format!("{}?liste=recherche&q={}", urls::Exports {}, encode(self.asked))
    }

    /// `12 idées`, `Plus de 1 000 idées`.
    fn name(&self, group: &Found) -> String {
        let n = self.p.t1(group.key, "n", group.count.min(COUNTED));
        if group.count > COUNTED { self.p.t1("search-more-than", "found", n) } else { n }
    }
}

/// What answers to the words of the address, by sort. Right: read; each sort asks for its own.
///
/// # Errors
/// The refusal of the permission, or when the database refuses.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let asked = asked(&query::of(&ctx));
    let groups = groups(&ctx, &asked).await?;
    let page = Page::team(&ctx, ctx.t("search-title")).await?;
    html(&Show { p: &page, asked: &asked, groups })
}

/// What is looked for, as typed.
pub(crate) fn asked(f: &Form) -> String {
    f.text("q").trim().chars().take(LONGEST).collect()
}

/// What answers to these words, by sort, within what whoever asks may see.
pub(crate) async fn groups(ctx: &Ctx, asked: &str) -> Result<Vec<Found>> {
    if fold(asked).is_empty() {
        return Ok(Vec::new());
    }
    let found = try_join_all(ctx.app.modules.iter().map(|m| m.find(ctx, asked))).await?;
    let mut groups: Vec<Found> = found.into_iter().flatten().filter(|g| g.count > 0).collect();
    groups.sort_by_key(|g| g.order);
    Ok(groups)
}

/// A page of the desk, by its name and by words that people use for what it holds.
struct Place {
    title: String,
    href: &'static str,
    words: String,
}

/// The pages that answer to words: those of the navigation, and the sections of the settings, as far as one may open them.
pub fn pages(ctx: &Ctx, words: &str) -> Vec<Found> {
    let hits: Vec<Hit> = places(ctx)
        .into_iter()
        .filter(|place| answers(&format!("{} {}", place.title, place.words), words))
        .map(|place| Hit { title: place.title, href: place.href.to_owned(), text: String::new(), about: String::new() })
        .collect();
    let count = i64::try_from(hits.len()).unwrap_or(i64::MAX);
    let hits = hits.into_iter().take(usize::try_from(SHOWN * 2).unwrap_or(10)).collect();
    vec![Found { key: "found-pages", order: 50, count, hits, all: String::new() }]
}

fn places(ctx: &Ctx) -> Vec<Place> {
    let mut all: Vec<Place> = sections::all(&ctx.app.modules)
        .into_iter()
        .filter(|(_, s)| ctx.may(s.right, None))
        .map(|(_, s)| Place { title: s.title(ctx), href: s.path, words: ctx.t(&format!("search-words-{}", s.code)) })
        .collect();
    let entries = ctx.app.modules.iter().flat_map(|m| m.navigation());
    for entry in entries.filter(|e| ctx.may(e.right, None)) {
        if !all.iter().any(|place| place.href == entry.path) {
            all.push(Place { title: ctx.t(entry.key), href: entry.path, words: String::new() });
        }
    }
    all
}

/// Whether each word that was typed begins one of a text's, accents and capitals aside. The smallest words say nothing.
fn answers(text: &str, typed: &str) -> bool {
    let (text, typed) = (fold(text), fold(typed));
    let mut asked = typed.split(' ').filter(|word| word.chars().count() > 2).peekable();
    asked.peek().is_some() && asked.all(|word| text.split(' ').any(|known| known.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_answers_to_the_beginning_of_its_words() {
        let identity = "Réglages : Identité nom, logo, fuseau horaire";
        for typed in ["logo", "Identite", "LOG", "fuseau  hor", "le logo"] {
            assert!(answers(identity, typed), "{typed}");
        }
        for typed in ["", "  ", "le", "ogo", "logos", "logo mail", "’"] {
            assert!(!answers(identity, typed), "{typed}");
        }
    }
}
