//! The settings of moderation: word lists, tried on a text before they are kept, and limits.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Result,
    activity::{self, Entry},
    form::{Form, is_blank},
    permission::Right,
    sections::SettingsSection,
    words::Lang,
};
use parvis_ui::{Page, html_with, redirect};

use super::{
    MAX_WORD, MOST_WORDS, Rules, store,
    words::{WordList, pieces},
};
use crate::{desk::with_param, urls};

/// The kind of activity recorded here.
pub const ACTIVITY: [&str; 1] = ["screening.rules"];
/// Its place in the settings.
pub const SECTION: SettingsSection =
    SettingsSection { code: "moderation", path: urls::Screening::ROUTE, right: Right::Administer, order: 70 };
/// Longest text to try a list on, in characters.
const MAX_SAMPLE: usize = 5_000;
/// Largest number of a limit.
const MOST: i64 = 10_000;

/// The list of a language on the page.
struct List {
    field: &'static str,
    label: String,
    hint: String,
}

#[derive(Template)]
#[template(path = "moderation/rules.html")]
struct Show<'a> {
    p: &'a Page,
    f: &'a Form,
    lists: Vec<List>,
    /// The text tried, cut at what the lists find.
    tried: Option<Vec<(String, Option<String>)>>,
    found: i64,
}

const fn field(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "mots-fr",
        Lang::En => "mots-en",
    }
}

/// Shows the rules. Right: administer.
///
/// # Errors
/// When the database refuses.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let (rules, version) = store::rules(ctx.app.db.read()).await?;
    let mut f = Form::new();
    for lang in Lang::ALL {
        f.set(field(lang), rules.words.get(&lang).cloned().unwrap_or_default());
    }
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    f.set("liens", number(rules.links));
    f.set("nouveaux", number(rules.new_texts));
    f.set("heures", rules.new_hours.to_string());
    f.set("rafale", number(rules.burst));
    f.set("repetes", if rules.repeated { "1" } else { "" });
    f.set("numeros", if rules.contact { "1" } else { "" });
    f.set("version", version.to_string());
    page(&ctx, &f, StatusCode::OK, false).await
}

async fn page(ctx: &Ctx, f: &Form, status: StatusCode, try_it: bool) -> Result<Response> {
    let p = Page::settings(ctx, SECTION.path).await?;
    // The languages offered, and any that has a list already: what is typed in it is kept.
    let offered = |l: &Lang| ctx.settings.languages.contains(l) || !f.get(field(*l)).is_empty();
    let lists = Lang::ALL
        .into_iter()
        .filter(offered)
        .map(|lang| List {
            field: field(lang),
            label: ctx.t(&format!("screening-list-{}", lang.code())),
            hint: ctx.t(if lang == ctx.settings.lang { "screening-list-main" } else { "screening-list-other" }),
        })
        .collect();
    let tried = try_it.then(|| {
        let sample = f.text("exemple");
        let all: Vec<String> = Lang::ALL.into_iter().map(|l| f.text(field(l))).collect();
        let hits = WordList::parse(&all.join("\n")).find(&sample);
        pieces(&sample, &hits)
    });
    let hits = tried.iter().flatten().filter(|(_, word)| word.is_some()).count();
    let found = i64::try_from(hits).unwrap_or(i64::MAX);
    html_with(status, &Show { p: &p, f, lists, tried, found })
}

/// Keeps the rules, or tries the lists on a text. Right: administer.
///
/// # Errors
/// `changed_meanwhile`, or when the database refuses.
pub async fn save(ctx: Ctx, mut f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let rules = read(&ctx, &mut f);
    if f.is("faire", "essayer") {
        let sample = f.text("exemple");
        if is_blank(&sample) {
            f.fail("exemple", ctx.t("screening-error-sample"));
        } else if sample.chars().count() > MAX_SAMPLE {
            f.fail("exemple", ctx.app.words.with(ctx.lang, "screening-error-sample-long", &[("n", &MAX_SAMPLE)]));
        }
        let status = if f.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return page(&ctx, &f, status, f.is_valid()).await;
    }
    if !f.is_valid() {
        return page(&ctx, &f, StatusCode::UNPROCESSABLE_ENTITY, false).await;
    }
    let version = f.get("version").parse().unwrap_or(0);
    let inner = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, rules) = (inner.clone(), rules.clone());
            Box::pin(async move {
                store::set_rules(tx, &rules, version).await?;
                let entry = Entry {
                    actor: ctx.actor.person(),
                    kind: "screening.rules",
                    subject_kind: "setting",
                    subject: None,
                    project: None,
                    detail: "",
                };
                activity::record(tx, &ctx.moment, entry).await
            })
        })
        .await?;
    Ok(redirect(with_param(&urls::Screening {}.to_string(), "fait", "regles-moderation")))
}

/// The rules that a form holds, with an error beside what can't stand.
fn read(ctx: &Ctx, f: &mut Form) -> Rules {
    let mut rules = Rules { repeated: f.is("repetes", "1"), contact: f.is("numeros", "1"), ..Rules::default() };
    for lang in Lang::ALL {
        let list = f.text(field(lang));
        if let Some(line) = list.lines().find(|line| line.chars().count() > MAX_WORD) {
            let shown: String = line.chars().take(40).collect();
            f.fail(
                field(lang),
                ctx.app.words.with(ctx.lang, "screening-error-long", &[("word", &shown), ("n", &MAX_WORD)]),
            );
        } else if let Some(line) = list.lines().find(|l| !l.trim().is_empty() && WordList::parse(l).is_empty()) {
            let shown = line.trim().to_owned();
            f.fail(field(lang), ctx.app.words.with(ctx.lang, "screening-error-word", &[("word", &shown)]));
        } else if list.lines().count() > MOST_WORDS {
            f.fail(field(lang), ctx.app.words.with(ctx.lang, "screening-error-many", &[("n", &MOST_WORDS)]));
        }
        if !is_blank(&list) {
            rules.words.insert(lang, list);
        }
    }
    rules.links = number(ctx, f, "liens", 0);
    rules.new_texts = number(ctx, f, "nouveaux", 0);
    rules.burst = number(ctx, f, "rafale", 1);
    match f.get("heures").parse() {
        Ok(hours) if (1..=720).contains(&hours) => rules.new_hours = hours,
        _ => f.fail("heures", ctx.t("screening-error-hours")),
    }
    rules
}

/// A number, or none for a rule that is off.
fn number(ctx: &Ctx, f: &mut Form, field: &'static str, least: i64) -> Option<i64> {
    let typed = f.get(field);
    if typed.is_empty() {
        return None;
    }
    match typed.parse() {
        Ok(n) if (least..=MOST).contains(&n) => Some(n),
        _ => {
            f.fail(
                field,
                ctx.app.words.with(ctx.lang, "screening-error-number", &[("least", &least), ("most", &MOST)]),
            );
            None
        }
    }
}
