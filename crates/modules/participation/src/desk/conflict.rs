//! Two people on one contribution: whoever comes second is told who came first, and may go on all the same.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Result,
    form::{Form, is_blank},
    permission::Right,
};
use parvis_ui::{Page, html_with};

use super::{back_to, handling, place, query};
use crate::{
    answers::{self, Funding, terms::Terms},
    ideas::{Contribution, Status},
    urls,
};

/// The fields that hold words somebody typed, with the key of what they are called.
const TYPED: [(&str, &str); 10] = [
    ("message", "conflict-field-reason"),
    ("pourquoi", "conflict-field-reason"),
    ("theme", "queue-f-tag"),
    ("statut", "desk-answer-decision"),
    ("decision", "desk-answer-decision-line"),
    ("texte", "desk-answer-text"),
    ("cout", "answer-cost"),
    ("financement", "answer-funding"),
    ("suite", "answer-next"),
    ("quand", "desk-answer-day"),
];

/// What somebody is about to do.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    pub item: &'a Contribution,
    /// Its version when it was read.
    pub version: i64,
    /// Whether it still makes sense.
    pub possible: bool,
    pub form: &'a Form,
}

/// A text with the name of its field.
struct Words {
    name: String,
    text: String,
}

impl Words {
    /// Whether a line shows it.
    fn is_short(&self) -> bool {
        self.text.chars().count() <= 40 && !self.text.contains('\n')
    }

    /// Lines that show it without scrolling, as far as a page is reasonable.
    fn rows(&self) -> usize {
        self.text.lines().map(|line| line.chars().count() / 60 + 1).sum::<usize>().clamp(1, 14)
    }
}

#[derive(Template)]
#[template(path = "desk/conflict.html")]
struct Show<'a> {
    p: &'a Page,
    c: &'a Contribution,
    words: String,
    state: String,
    /// What was decided meanwhile: name and words.
    meanwhile: Vec<Words>,
    /// What whoever asks typed, to read and to copy: nobody writes it twice.
    typed: Vec<Words>,
    /// What the button does.
    anyway: String,
    /// The form again, with the version of now; empty when it makes no sense any more.
    again: Vec<(String, String)>,
    to: String,
    href: String,
    back: String,
}

/// Whether somebody else has it open, or changed it since it was read: the page that says who, with a button to go on.
///
/// # Errors
/// A refusal of the permission, or when the database refuses.
pub(crate) async fn check(ctx: &Ctx, asked: Asked<'_>) -> Result<Option<Response>> {
    let item = asked.item;
    ctx.require(Right::Moderate, Some(item.project_id))?;
    let known = handling::of(ctx.app.db.read(), &[item.id]).await?.remove(&item.id);
    let changed = item.version != asked.version;
    let holder = known.as_ref().and_then(|h| h.held_by_another(ctx.actor.person(), ctx.now()));
    let anyway = asked.form.has("quandmeme");
    if !changed && (holder.is_none() || anyway) {
        return Ok(None);
    }
    let p = Page::team(ctx, ctx.t("conflict-title")).await?;
    let (who, at) = match &known {
        Some(h) if changed => (h.actor_id, h.acted_at),
        Some(h) => (holder, h.held_at),
        None => (None, None),
    };
    let me = who.is_some() && who == ctx.actor.person();
    let names = ctx.app.identity.names(&ctx.app.db, &who.into_iter().collect::<Vec<_>>()).await?;
    let name = who.and_then(|id| names.get(&id)).filter(|n| !n.is_empty()).cloned();
    let name = name.unwrap_or_else(|| p.t("today-somebody"));
    let time = at.map_or_else(String::new, |at| p.time(&at));
    let words = match (changed, me) {
        (true, true) => p.t1("conflict-mine", "time", time),
        (true, false) if at.is_some() => p.t2("conflict-changed", "who", name, "time", time),
        (true, false) => p.t("conflict-changed-unknown"),
        (false, _) => p.t2("conflict-held", "who", name, "time", time),
    };
    let answer = if changed { answers::store::find(ctx.app.db.read(), item.id).await? } else { None };
    let replaces = answer.is_some() && asked.form.has("texte");
    let show = Show {
        state: item.status().words(ctx),
        words,
        meanwhile: if changed { meanwhile(&p, item, answer) } else { Vec::new() },
        typed: typed(&p, &asked),
        anyway: p.t(if replaces { "conflict-replace" } else { "conflict-anyway" }),
        again: if asked.possible { again(&asked) } else { Vec::new() },
        to: place::keeping(ctx.uri.split('?').next().unwrap_or_default(), &query(ctx)),
        href: urls::Handle { number: item.number }.to_string(),
        back: if asked.form.has("retour") { back_to(asked.form.get("retour")) } else { place::queue(&query(ctx)) },
        c: item,
        p: &p,
    };
    html_with(StatusCode::CONFLICT, &show).map(Some)
}

/// What a colleague said when they decided.
fn meanwhile(p: &Page, item: &Contribution, answer: Option<answers::Answer>) -> Vec<Words> {
    let mut words = Vec::new();
    let mut add = |key: &str, text: String| {
        if !is_blank(&text) {
            words.push(Words { name: p.t(key), text });
        }
    };
    if item.hidden || item.status() == Status::Ineligible {
        add("conflict-field-reason", item.reason.clone());
    }
    if let Some(answer) = answer {
        let lines = Terms::of(&answer).lines(|key| p.t(key), |day| p.day(&day));
        add("desk-answer-text", answer.body.clone());
        lines.into_iter().for_each(|(key, text)| add(key, text));
        add("desk-answer-signer", answer.signer);
    }
    words
}

/// What the form holds of one's own words, of this line alone.
fn typed(p: &Page, asked: &Asked<'_>) -> Vec<Words> {
    let (form, number) = (asked.form, asked.item.number);
    let mut words = Vec::new();
    for (field, key) in TYPED {
        // In the queue, where many lines share a form, the field of a line carries its number.
        let own = form.text(&format!("{field}-{number}"));
        let text = if is_blank(&own) { form.text(field) } else { own };
        let text = match field {
            "statut" => Status::parse(&text).map_or_else(String::new, |s| s.words(&p.ctx)),
            "financement" => {
                Funding::parse(&text).map_or_else(String::new, |f| p.t(&format!("answer-funding-{}", f.code())))
            }
            "quand" => text.parse().map_or(text, |day| p.day(&day)),
            _ => text,
        };
        if !is_blank(&text) {
            words.push(Words { name: p.t(key), text });
        }
    }
    words
}

/// The fields of the form, with the version of now, without those of other lines.
fn again(asked: &Asked<'_>) -> Vec<(String, String)> {
    let own = format!("v{}", asked.item.number);
    let version = asked.item.version.to_string();
    let other = |name: &str| name.strip_prefix('v').is_some_and(|n| n.parse::<i64>().is_ok()) && name != own;
    let mut fields: Vec<(String, String)> = Vec::new();
    for (name, value) in asked.form.pairs() {
        let dropped = ["_csrf", "quandmeme", "c", "tout"].contains(&name.as_str()) || other(name);
        if !dropped {
            let value = if *name == own || name == "version" { version.clone() } else { value.clone() };
            fields.push((name.clone(), value));
        }
    }
    fields
}
