//! What everybody will read of an answer that is written, and what it still lacks.

use askama::Template;
use parvis_kernel::{
    Ctx, Error, Result, args, db,
    form::{Form, is_blank},
};
use parvis_ui::{Page, SafeHtml};

use super::{
    Funding, bold_start,
    checks::{self, First, Given, MOST_WORDS},
    pages::{self, chosen, next_day},
    terms::Terms,
};
use crate::ideas::{self, Contribution, MAX_TEXT};

/// Comments recalled beside the form.
const RECALLED: i64 = 3;

/// What the preview shows.
struct Draft {
    body: SafeHtml,
    /// What it says in few words: the key of its name, and the words.
    lines: Vec<(&'static str, String)>,
    signer: String,
    office: String,
}

/// One thing that was looked at.
struct Check {
    done: bool,
    words: String,
    /// What commenters say that nothing answers yet.
    quotes: Vec<String>,
    /// The field that mends it, and the words of its link.
    to: &'static str,
    link: String,
}

#[derive(Template)]
#[template(path = "answers/preview.html")]
struct Preview<'a> {
    p: &'a Page,
    d: &'a Draft,
    days: i64,
    checks: Vec<Check>,
}

/// The comments to remember: those that most people agree with.
///
/// # Errors
/// When the database refuses.
pub async fn recalled(ctx: &Ctx, idea: &Contribution) -> Result<Vec<Contribution>> {
    let sql = format!(
        "SELECT {} FROM contribution c WHERE c.idea_id = $1 AND c.visible ORDER BY c.supports DESC, c.created_at LIMIT $2",
        ideas::store::COLUMNS
    );
    db::all(ctx.app.db.read(), &sql, args![idea.id, RECALLED]).await
}

/// The answer as everybody will read it.
///
/// # Errors
/// When a template fails, which is a fault of ours.
pub(crate) fn html(p: &Page, idea: &Contribution, f: &Form) -> Result<SafeHtml> {
    render(p, idea, f, Vec::new())
}

/// The same, with what it lacks.
///
/// # Errors
/// When a template fails, which is a fault of ours.
pub(super) fn checked(p: &Page, idea: &Contribution, f: &Form, comments: &[Contribution]) -> Result<SafeHtml> {
    let checks = [first(p, f), given(p, f)].into_iter();
    let checks = checks.chain(past(p, f)).chain(asked(p, idea, f, comments)).collect();
    render(p, idea, f, checks)
}

fn render(p: &Page, idea: &Contribution, f: &Form, checks: Vec<Check>) -> Result<SafeHtml> {
    let body: String = f.text("texte").chars().take(MAX_TEXT).collect();
    let (decision, cost, next) = (f.text("decision"), f.text("cout"), f.text("suite"));
    // Nothing is decided as long as nothing is chosen.
    let decision = match chosen(f) {
        Some(status) if is_blank(&decision) => status.words(&p.ctx),
        _ => decision,
    };
    let terms = Terms {
        decision: &decision,
        cost: &cost,
        funding: Funding::parse(f.get("financement")),
        next: &next,
        next_on: next_day(f).ok().flatten(),
    };
    let lines = terms.lines(|key| p.t(key), |day| p.day(&day));
    let draft = Draft {
        body: p.markdown(&bold_start(&body)),
        lines: lines.into_iter().map(|(key, words)| (key, p.text(&words))).collect(),
        signer: f.text("signataire"),
        office: p.text(&f.text("fonction")),
    };
    let days = (p.ctx.today() - p.local(&idea.created_at)).num_days();
    SafeHtml::from_template(&Preview { p, d: &draft, days, checks }).map_err(Error::other)
}

fn done(words: String) -> Check {
    Check { done: true, words, quotes: Vec::new(), to: "", link: String::new() }
}

fn todo(p: &Page, words: String, to: &'static str) -> Check {
    Check { done: false, words, quotes: Vec::new(), to, link: p.t("desk-answer-check-mend") }
}

fn first(p: &Page, f: &Form) -> Check {
    match First::of(chosen(f).is_some(), &f.text("texte")) {
        First::Said => done(p.t("desk-answer-check-first")),
        First::Undecided => todo(p, p.t("desk-answer-check-undecided"), "f-statut"),
        First::Empty => todo(p, p.t("desk-answer-check-empty"), "f-texte"),
        First::Long(n) => todo(p, p.t2("desk-answer-check-long", "n", n, "most", MOST_WORDS), "f-texte"),
    }
}

fn given(p: &Page, f: &Form) -> Check {
    match Given::of(next_day(f).is_ok_and(|day| day.is_some()), &f.text("signataire")) {
        Given::Both => done(p.t("desk-answer-check-given")),
        Given::NoDay => todo(p, p.t("desk-answer-check-no-day"), "f-quand"),
        Given::NoPerson => todo(p, p.t("desk-answer-check-no-person"), "f-signataire"),
        Given::Neither => todo(p, p.t("desk-answer-check-neither"), "f-quand"),
    }
}

fn past(p: &Page, f: &Form) -> Option<Check> {
    let day = pages::past(&p.ctx, f)?;
    Some(todo(p, p.t1("desk-answer-check-past", "day", p.day(&day)), "f-quand"))
}

fn asked(p: &Page, idea: &Contribution, f: &Form, comments: &[Contribution]) -> Option<Check> {
    if comments.is_empty() {
        return None;
    }
    let texts: Vec<(&str, &str)> = comments.iter().map(|c| (c.body.as_str(), c.lang.as_str())).collect();
    let left = checks::unanswered(&f.text("texte"), &format!("{}\n{}", idea.title, idea.body), &texts);
    if left.is_empty() {
        return Some(done(p.t1("desk-answer-check-asked", "n", comments.len())));
    }
    let quotes = left.iter().filter_map(|at| comments.get(*at)).map(|c| p.text(&c.excerpt())).collect();
    let words = p.t2("desk-answer-check-left", "left", left.len(), "n", comments.len());
    Some(Check { quotes, ..todo(p, words, "f-texte") })
}
