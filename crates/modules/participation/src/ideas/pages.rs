//! Lists of ideas with their filters and their map: of one project, or of all public ones.

use askama::Template;
use axum::response::Response;
use parvis_kernel::{Ctx, Result, form::Form, url};
use parvis_ui::{Page, SafeHtml};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

use super::{
    Contribution, Status,
    cards::{self, Button, Card},
    list::{self, Filter, Sort, TagCount},
    map,
};
use crate::{
    caches::Caches,
    reactions::{self, Reaction},
    seen::{self, Seen, with_param},
    urls,
};

/// Ideas on a page: with their map and filters, the document stays under its 800 elements.
const PER_PAGE: i64 = 18;

/// What the reader asked of a list: codes and words of the address.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The fields as given, for the form.
    pub form: Form,
    /// The order.
    pub sort: Sort,
    /// The page, from 1.
    pub page: i64,
    tags: Vec<String>,
    area: Option<Uuid>,
    status: Option<Status>,
}

impl Asked {
    /// Reads the query of an address. What is no code of ours is ignored.
    #[must_use]
    pub fn of(ctx: &Ctx) -> Self {
        let form = seen::query(ctx);
        Self {
            sort: Sort::parse(form.get("tri")),
            page: form.get("page").parse().unwrap_or(1).clamp(1, 100_000),
            tags: form.all("t").filter(|t| !t.is_empty()).take(20).map(str::to_owned).collect(),
            area: form.get("quartier").parse().ok(),
            status: Status::parse(form.get("etat")).filter(|s| s.is_public()),
            form,
        }
    }

    /// Whether the list is smaller for it.
    #[must_use]
    pub fn filters(&self) -> bool {
        !self.tags.is_empty() || self.area.is_some() || self.status.is_some() || !self.form.get("q").is_empty()
    }

    /// The address of a file with these filters.
    #[must_use]
    pub fn carried(&self, to: &str) -> String {
        let pairs = self.form.pairs().iter().filter(|(name, value)| {
            ["t", "quartier", "etat", "q"].contains(&name.as_str()) && !value.trim().is_empty()
        });
        let query: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", url::encode(value.trim()))).collect();
        if query.is_empty() { to.to_owned() } else { format!("{to}?{}", query.join("&")) }
    }

    /// What it holds of these projects.
    #[must_use]
    pub fn filter(&self, ctx: &Ctx, projects: Vec<Uuid>) -> Filter {
        Filter {
            projects,
            tags: self.tags.clone(),
            area: self.area,
            status: self.status,
            answered: false,
            search: self.form.get("q").chars().take(200).collect(),
            lang: ctx.settings.lang.code(),
        }
    }
}

/// What draws the order of a browser.
#[must_use]
pub fn seed(ctx: &Ctx) -> u64 {
    ctx.visitor.as_u64_pair().1
}

/// A list as its template takes it.
#[derive(Debug)]
pub struct List {
    /// What was asked.
    pub asked: Asked,
    /// Where the filters are sent.
    pub action: String,
    /// The key of a secret link, to send along.
    pub key: String,
    /// The ideas.
    pub cards: Vec<Card>,
    /// How many match.
    pub total: i64,
    /// How many there are.
    pub whole: i64,
    /// Pages.
    pub pages: i64,
    /// Address of the first page.
    pub first: String,
    /// Address of the page before, if any.
    pub before: String,
    /// Address of the page after, if any.
    pub after: String,
    /// Theme words with their counts: the most used, and all those asked for.
    pub tags: Vec<TagCount>,
    /// The others, behind a fold.
    pub more_tags: Vec<TagCount>,
    /// Areas: key and name.
    pub areas: Vec<(String, String)>,
    /// Statuses: code and words.
    pub statuses: Vec<(&'static str, String)>,
    /// The map, if anything has a place.
    pub map: SafeHtml,
    /// Ideas of the page that the map can't show.
    pub placeless: usize,
    /// Address of the file.
    pub csv: String,
    /// Supports of this browser that wait for an address.
    pub unconfirmed: i64,
}

impl List {
    /// The orders: code and key of its words.
    #[must_use]
    pub fn sorts(&self) -> [(&'static str, String, bool); 4] {
        Sort::CHOICES.map(|s| (s.code(), format!("sort-{}", s.code()), s == self.asked.sort))
    }

    /// Whether the order was drawn, and there is an order to speak of.
    #[must_use]
    pub fn drawn(&self) -> bool {
        self.asked.sort == Sort::Random && self.total > 1
    }

    /// Whether this tag is asked for.
    #[must_use]
    pub fn has_tag(&self, tag: &str) -> bool {
        self.asked.tags.iter().any(|t| t == tag)
    }

    /// What narrows the list, in words, for the closed fold.
    #[must_use]
    pub fn narrowed(&self) -> String {
        let mut words = self.asked.tags.clone();
        let area = self.asked.area.map(|id| id.to_string()).unwrap_or_default();
        words.extend(self.areas.iter().filter(|(id, _)| *id == area).map(|(_, name)| name.clone()));
        let status = self.asked.status.map_or("", Status::code);
        words.extend(self.statuses.iter().filter(|(code, _)| *code == status).map(|(_, w)| w.clone()));
        words.extend(Some(self.asked.form.get("q")).filter(|q| !q.is_empty()).map(str::to_owned));
        words.join(", ")
    }
}

/// Makes a list: eight queries at most, whatever it holds.
///
/// # Errors
/// `too_many` for whoever searches too often, or when the database refuses.
pub async fn list(ctx: &Ctx, caches: &Caches, seen: &[Seen], action: String) -> Result<List> {
    let db = ctx.app.db.read();
    let asked = Asked::of(ctx);
    if !asked.form.get("q").is_empty() {
        caches.searches.hit(&ctx.app.db, &ctx.address, ctx.now()).await?;
    }
    let ids: Vec<Uuid> = seen.iter().map(|s| s.project.id).collect();
    let filter = asked.filter(ctx, ids.clone());
    let first = (asked.page - 1) * PER_PAGE;
    let found = list::page(db, &filter, asked.sort, seed(ctx), PER_PAGE, first).await?;
    let whole = if asked.filters() { whole(ctx, caches, &ids).await? } else { found.total };
    let tags = caches.tags.get(ctx.now(), ids.clone(), list::tags(db, &ids)).await?;
    let (shown_tags, more_tags) = split(&tags, &asked.tags);
    let shapes = map::shapes(ctx, caches).await?;
    let keys: Vec<Uuid> = found.ideas.iter().map(|i| i.id).collect();
    let held = reactions::held(db, ctx.holder(), &keys).await?;
    let names: HashMap<String, String> = shapes.iter().map(|s| (s.id.clone(), s.name.clone())).collect();
    let cards = cards(ctx, found.ideas, seen, &held, &names);
    let labels = pins(ctx, &cards);
    let map = map::map(&labels, &shapes, &ctx.t("map-title"));
    let placeless = map::placeless(&labels, &shapes);
    drop(labels);
    let pages = ((found.total + PER_PAGE - 1) / PER_PAGE).max(1);
    let here = seen::without(&ctx.uri, "fait");
    let page = |n: i64| {
        if (1..=pages).contains(&n) && n != asked.page {
            with_param(&here, "page", &n.to_string())
        } else {
            String::new()
        }
    };
    Ok(List {
        action,
        key: if seen.iter().any(|s| s.project.visibility == "link") {
            asked.form.get("cle").to_owned()
        } else {
            String::new()
        },
        total: found.total,
        whole,
        pages,
        first: seen::without(&here, "page"),
        before: page(asked.page - 1),
        after: page(asked.page + 1),
        tags: shown_tags,
        more_tags,
        areas: shapes.iter().map(|s| (s.id.clone(), s.name.clone())).collect(),
        statuses: Status::PUBLIC.map(|s| (s.code(), s.words(ctx))).to_vec(),
        map,
        placeless,
        csv: String::new(),
        unconfirmed: reactions::unconfirmed_of(ctx).await?,
        cards,
        asked,
    })
}

/// What the map says of each idea of the page.
fn pins<'a>(ctx: &Ctx, cards: &'a [Card]) -> Vec<(u32, &'a Contribution, String)> {
    let pin = |c: &'a Card| {
        let words: [(&str, &dyn parvis_kernel::words::Word); 2] = [("n", &c.place), ("title", &c.heading())];
        (c.place, &c.idea, ctx.app.words.with(ctx.lang, "map-pin", &words))
    };
    cards.iter().map(pin).collect()
}

/// Theme words always in sight, unless more are asked for.
const TAGS_IN_SIGHT: usize = 12;

/// The theme words in sight, with all those asked for, and those behind the fold.
fn split(tags: &[TagCount], asked: &[String]) -> (Vec<TagCount>, Vec<TagCount>) {
    let (mut shown, mut more) = (Vec::new(), Vec::new());
    for (i, tag) in tags.iter().enumerate() {
        if i < TAGS_IN_SIGHT || asked.contains(&tag.tag) { shown.push(tag.clone()) } else { more.push(tag.clone()) }
    }
    // Asked for and too rare to be offered: seen all the same, so that it can be unticked.
    let rare = asked.iter().filter(|a| !tags.iter().any(|t| t.tag == **a));
    shown.extend(rare.map(|tag| TagCount { tag: tag.clone(), n: 0 }));
    (shown, more)
}

/// Counting walks through all ideas: a figure of two seconds ago serves as well.
async fn whole(ctx: &Ctx, caches: &Caches, projects: &[Uuid]) -> Result<i64> {
    let counts = caches.counts.get(ctx.now(), (), crate::projects::store::counts(ctx.app.db.read())).await?;
    Ok(counts.iter().filter(|c| projects.contains(&c.project_id)).map(|c| c.n).sum())
}

fn cards(
    ctx: &Ctx,
    ideas: Vec<Contribution>,
    seen: &[Seen],
    held: &[(Uuid, Reaction)],
    areas: &HashMap<String, String>,
) -> Vec<Card> {
    let here = seen::without(&ctx.uri, "fait");
    (1..)
        .zip(ideas)
        .filter_map(|(place, idea)| {
            let of = seen.iter().find(|s| s.project.id == idea.project_id)?;
            Some(Card {
                place,
                url: of.link(urls::Idea { number: idea.number }),
                area: idea.area_id.and_then(|id| areas.get(&id.to_string())).cloned().unwrap_or_default(),
                project: if seen.len() > 1 { of.project.title.clone() } else { String::new() },
                project_lang: of.title_lang(),
                badge: (idea.status() != Status::Proposed).then(|| cards::badge(ctx, idea.status())),
                support: Button::new(ctx, of, &idea, held, format!("{here}#i{place}")),
                idea,
            })
        })
        .collect()
}

#[derive(Template)]
#[template(path = "ideas/everywhere.html")]
struct Everywhere<'a> {
    p: &'a Page,
    l: &'a List,
}

/// All ideas of all public projects. Public.
///
/// # Errors
/// When the database refuses.
pub async fn everywhere(ctx: Ctx, caches: Arc<Caches>) -> Result<Response> {
    let seen = seen::public(&ctx).await?;
    let list = list(&ctx, &caches, &seen, urls::Ideas {}.to_string()).await?;
    let mut page = Page::new(&ctx, ctx.t("ideas-title")).described(ctx.t("ideas-description"));
    page.image = urls::SiteCard {}.to_string();
    page.feeds = crate::feeds::of_site(&ctx);
    parvis_ui::html(&Everywhere { p: &page, l: &list })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn themes_asked_for_are_always_in_sight() {
        let tags: Vec<TagCount> = (0..18).map(|n| TagCount { tag: format!("t{n}"), n: 18 - n }).collect();
        let names = |tags: &[TagCount]| tags.iter().map(|t| t.tag.clone()).collect::<Vec<_>>();
        let (shown, more) = split(&tags, &["t15".into(), "t2".into(), "rare".into()]);
        assert_eq!(shown.len(), 14);
        assert_eq!(names(&shown)[12..], ["t15", "rare"]);
        assert_eq!(names(&more), ["t12", "t13", "t14", "t16", "t17"]);
        assert!(split(&tags[..12], &[]).1.is_empty());
    }
}
