//! Ideas close to a text: shown before a new one is posted, and beside an idea.

use std::collections::BTreeMap;

use parvis_kernel::{Ctx, Error, Result, args, db};
use parvis_themes::{SimilarIndex, Text, text::Language};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::title_of;
use crate::caches::Caches;

/// The most recent visible ideas of a project that are compared.
const MOST: i64 = 2_000;
/// From this likeness on, two ideas are close enough to ask "is it this one?".
const CLOSE: f32 = 0.28;
/// From this likeness on, an idea is worth reading beside another.
const RELATED: f32 = 0.12;
/// From this likeness on, the theme of an idea says something of a new one's.
const TELLING: f32 = 0.06;
/// A theme is guessed when the closest idea of it is at least as close. Of the texts of the demo, each guessed from the
/// others, 9 in 10 guesses are right with these three, and most texts get none; without them 1 in 3 was.
const GUESSED: f32 = 0.18;
/// One idea alone lends its theme from this likeness on; below, two that are [`RELATED`] must agree.
const ALONE: f32 = 0.35;

/// An idea that is compared.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Other {
    /// Public number.
    pub number: i64,
    /// Title, may be empty.
    pub title: String,
    /// Text.
    pub body: String,
    /// Language code.
    pub lang: String,
    /// Theme word.
    pub tag: String,
    /// Supports that count.
    pub supports: i64,
}

impl Other {
    /// Its title, or the first words of its text.
    #[must_use]
    pub fn heading(&self) -> String {
        if self.title.is_empty() { title_of(&self.body) } else { self.title.clone() }
    }
}

/// The ideas of a project, by their words: of each its title alone, then all it says, so that a title written again
/// finds its idea however long the text below it is.
#[derive(Debug)]
pub struct Near {
    /// The titles, then as many whole texts, both in the order of `ideas`.
    index: SimilarIndex,
    ideas: Vec<Other>,
    /// The languages they are written in: a text is looked for in each, since it does not say its own.
    languages: Vec<Language>,
}

impl Near {
    /// Indexes ideas; the language is that of texts that say none.
    #[must_use]
    pub fn build(ideas: Vec<Other>, language: Language) -> Self {
        let whole: Vec<String> = ideas.iter().map(|i| format!("{}\n{}", i.title, i.body)).collect();
        let titles = ideas.iter().map(|i| i.title.as_str());
        let texts: Vec<Text<'_>> = titles
            .chain(whole.iter().map(String::as_str))
            .zip(ideas.iter().cycle())
            .map(|(body, idea)| Text { body, language: Language::from_code(&idea.lang) })
            .collect();
        let mut languages = vec![language];
        for own in texts.iter().filter_map(|t| t.language) {
            if !languages.contains(&own) {
                languages.push(own);
            }
        }
        let index = SimilarIndex::build(&texts, language);
        Self { index, ideas, languages }
    }

    fn over(&self, text: &str, n: usize, least: f32) -> Vec<(&Other, f32)> {
        let mut best: BTreeMap<usize, f32> = BTreeMap::new();
        for language in &self.languages {
            for (i, likeness) in self.index.query_in(text, *language, 2 * n) {
                let most = best.entry(i % self.ideas.len().max(1)).or_default();
                *most = most.max(likeness);
            }
        }
        let mut found: Vec<(usize, f32)> = best.into_iter().filter(|(_, likeness)| *likeness >= least).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found.into_iter().take(n).filter_map(|(at, likeness)| Some((self.ideas.get(at)?, likeness))).collect()
    }

    /// Ideas that may say the same, closest first.
    #[must_use]
    pub fn close(&self, text: &str) -> Vec<Other> {
        self.over(text, 3, CLOSE).into_iter().map(|(o, _)| o.clone()).collect()
    }

    /// Ideas worth reading beside the one of this number.
    #[must_use]
    pub fn related(&self, number: i64, text: &str) -> Vec<Other> {
        self.over(text, 6, RELATED)
            .into_iter()
            .map(|(o, _)| o)
            .filter(|o| o.number != number)
            .take(4)
            .cloned()
            .collect()
    }

    /// The theme that the closest ideas carry; empty when they are not close, or when most of what they say is another.
    /// Authors keep what is guessed, so that a wrong theme costs more than none.
    #[must_use]
    pub fn theme(&self, text: &str) -> String {
        let near: Vec<(&Other, f32)> =
            self.over(text, 10, TELLING).into_iter().filter(|(o, _)| !o.tag.is_empty()).collect();
        let all: f32 = near.iter().map(|(_, likeness)| likeness).sum();
        let sure = near.iter().map(|(o, _)| o.tag.as_str()).find(|tag| {
            let of: Vec<f32> = near.iter().filter(|(o, _)| o.tag == *tag).map(|(_, likeness)| *likeness).collect();
            let closest = of.first().copied().unwrap_or_default();
            let agreed = closest >= ALONE || of.iter().filter(|likeness| **likeness >= RELATED).count() > 1;
            closest >= GUESSED && agreed && of.iter().sum::<f32>() * 2.0 > all
        });
        sure.unwrap_or_default().to_owned()
    }
}

/// The visible ideas of a project that are compared, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn others(c: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Other>> {
    let sql = "SELECT c.number, c.title, c.body, c.lang, c.tag, c.supports + c.brought AS supports FROM contribution c \
               WHERE c.project_id = $1 AND c.kind = 'idea' AND c.visible = TRUE ORDER BY c.created_at DESC LIMIT $2";
    db::all(c, sql, args![project, MOST]).await
}

/// The index of a project, at most a minute old.
///
/// # Errors
/// When the database refuses.
pub async fn of(ctx: &Ctx, caches: &Caches, project: Uuid) -> Result<std::sync::Arc<Near>> {
    let language = Language::from_code(ctx.settings.lang.code()).unwrap_or_default();
    let make = async {
        let ideas = others(ctx.app.db.read(), project).await?;
        // A few hundred milliseconds of work at most, away from the threads that answer.
        tokio::task::spawn_blocking(move || Near::build(ideas, language)).await.map_err(Error::other)
    };
    caches.near.get(ctx.now(), project, make).await
}

/// Those of these ideas that are still online: the words are kept for a while, what is hidden meanwhile is shown no more.
///
/// # Errors
/// When the database refuses.
pub async fn online(c: &impl ConnectionTrait, found: Vec<Other>) -> Result<Vec<Other>> {
    if found.is_empty() {
        return Ok(found);
    }
    let sql = format!(
        "SELECT c.number FROM contribution c WHERE c.visible = TRUE AND c.number IN ({})",
        db::placeholders(1, found.len())
    );
    let numbers: Vec<i64> = db::column(c, &sql, found.iter().map(|o| o.number.into()).collect()).await?;
    Ok(found.into_iter().filter(|o| numbers.contains(&o.number)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn idea(number: i64, body: &str, tag: &str) -> Other {
        Other { number, title: String::new(), body: body.into(), lang: "fr".into(), tag: tag.into(), supports: 0 }
    }

    #[test]
    fn a_title_written_again_finds_its_idea_however_long_the_text() {
        let long = "En été la cour goudronnée monte à quarante degrés, les enfants restent sous le préau, et les \
                    maîtresses arrosent le sol ; il suffirait de planter, de poser des voiles, de dégager un coin de terre.";
        let mut ideas = vec![idea(1, long, ""), idea(2, "Un bus le dimanche jusqu’au marché", "")];
        ideas[0].title = "de lombre svp".into();
        let near = Near::build(ideas, Language::Fr);
        let found: Vec<i64> = near.close("de lombre svp. de lombre svp").iter().map(|o| o.number).collect();
        assert_eq!(found, [1], "offered, and once");
        assert!(Near::build(Vec::new(), Language::Fr).close("un bus").is_empty());
    }

    #[test]
    fn an_idea_of_another_language_is_found_in_its_own() {
        let mut ideas = vec![idea(1, "Please put opening hours where newcomers find them", ""), idea(2, "Un bus", "")];
        ideas[0].lang = "en".into();
        let near = Near::build(ideas, Language::Fr);
        assert_eq!(near.close("opening hours for newcomers, please").first().map(|o| o.number), Some(1));
        assert_eq!(near.close("un bus").first().map(|o| o.number), Some(2));
    }

    #[test]
    fn the_same_idea_is_found_and_lends_its_theme() {
        let near = Near::build(
            vec![
                idea(1, "Des bancs et de l’ombre sur le chemin de l’hôpital", "À pied"),
                idea(2, "Un bus le dimanche jusqu’au marché", "Bus"),
                idea(3, "Plus de bus le soir depuis la gare", "Bus"),
            ],
            Language::Fr,
        );
        let text = "Il faudrait un banc sur le chemin de l’hopital";
        assert_eq!(near.close(text).first().map(|o| o.number), Some(1));
        assert_eq!(near.theme(text), "À pied");
        assert_eq!(near.theme("Un bus dimanche matin"), "Bus");
        assert_eq!(near.theme("Planter des arbres"), "");
        assert!(near.related(1, "Des bancs et de l’ombre").iter().all(|o| o.number != 1));
    }

    #[test]
    fn a_theme_that_close_ideas_do_not_agree_on_is_not_guessed() {
        let mut ideas = vec![
            idea(1, "Une fontaine sur la place du marché", "Nature en ville"),
            idea(2, "Un parking sous la place du marché", "Commerces"),
            idea(3, "La fontaine fuit", "Propreté"),
        ];
        let text = "Une fontaine sur la place de la gare";
        assert_eq!(Near::build(ideas.clone(), Language::Fr).theme(text), "", "three close ones, three themes");
        ideas[2].tag = "Nature en ville".into();
        assert_eq!(Near::build(ideas, Language::Fr).theme(text), "Nature en ville", "most of what is close agrees");
    }

    #[test]
    fn one_idea_that_is_not_very_close_lends_no_theme() {
        let near = Near::build(
            vec![idea(1, "مترجم في المستشفى لكبار السن", "Santé"), idea(2, "Un bus le soir", "Bus")],
            Language::Fr,
        );
        let text = "نريد المزيد من الأشجار والظل والمقاعد في الشارع قرب المدرسة";
        assert_eq!(near.theme(text), "", "one word in common says nothing");
        assert_eq!(near.theme("Un bus le soir aussi"), "Bus");
    }
}
