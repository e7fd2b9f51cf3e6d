//! What an author reads by mail when a text is refused, hidden, or hidden by reports until somebody has read it again.

use parvis_kernel::{
    Result,
    db::Tx,
    mail::{self, NewMail},
    words::{Lang, Word},
};
use parvis_people::persons;
use parvis_ui::mail::Letter;
use uuid::Uuid;

use super::{appeals, store::By};
use crate::{ideas::Contribution, projects, urls};

/// Writes to the author of a refused text, when an address is confirmed: the reason, the text, a way to post again.
///
/// # Errors
/// When the database refuses.
pub async fn refusal(tx: &Tx, by: By<'_>, c: &Contribution) -> Result<()> {
    let Some(to) = author(tx, c).await? else { return Ok(()) };
    let lang = to.lang;
    let say = |key: &str, args: &[(&str, &dyn Word)]| by.app.words.with(lang, key, args);
    let project = projects::store::find(tx, c.project_id).await?;
    let subject = say("desk-letter-refused-subject", &[("title", &c.heading())]);
    // The idea is corrected from the own space; a comment is written again under its idea.
    let path = match c.idea_id {
        Some(idea) => {
            format!("{}#commentaires", urls::Idea { number: crate::ideas::store::find(tx, idea).await?.number })
        }
        None => format!("{}?corriger={}", urls::Post {}, c.number),
    };
    let mut letter = Letter::new(by.app, by.settings, lang, say("desk-letter-refused-title", &[]))
        .text(say("desk-letter-refused-intro", &[("project", &project.title)]))
        .quote(c.reason.clone())
        .text(say("desk-letter-refused-yours", &[]))
        .quote(c.body.clone())
        .button(
            say("desk-letter-refused-button", &[]),
            format!("{}{}", by.app.base_url(by.settings), project.link(path)),
        );
    if appeals::find(tx, c.id).await?.is_none() {
        letter = letter.link(say("desk-letter-reply", &[]), reply_url(by, c));
    }
    // The version tells a second refusal of a corrected text from a double submit.
    let dedupe = format!("refusal/{}/{}", c.id, c.version);
    send(tx, by, to, dedupe, subject, letter).await
}

/// Where the author of a text replies to what was decided of it.
fn reply_url(by: By<'_>, c: &Contribution) -> String {
    format!("{}{}", by.app.base_url(by.settings), appeals::sealed_path(by.app, c))
}

fn key_of(motive: &str) -> String {
    if motive.is_empty() { "desk-hidden-charter".to_owned() } else { format!("desk-hidden-{motive}") }
}

/// The sentence of a motive, in the language of a text.
#[must_use]
pub fn sentence(by: By<'_>, c: &Contribution, motive: &str) -> String {
    by.app.words.get(Lang::parse(&c.lang).unwrap_or(by.settings.lang), &key_of(motive))
}

/// Writes to the author of a text that the team hid, when an address is confirmed: why, the text, a way to reply once.
/// `words` are the team's own; without any, the sentence of the reason `code`. Gives back the words of the reason.
///
/// # Errors
/// When the database refuses.
pub async fn hidden(tx: &Tx, by: By<'_>, c: &Contribution, code: &str, words: &str) -> Result<String> {
    let key = key_of(code);
    let because = |lang| if words.is_empty() { by.app.words.get(lang, &key) } else { words.to_owned() };
    offline(tx, by, c, "hidden", because).await?;
    Ok(if words.is_empty() { sentence(by, c, code) } else { words.to_owned() })
}

/// Writes to the author of a text that reports hid, when an address is confirmed: why, and by when somebody reads it
/// again. `code` is the reason of most reports. Nobody decided yet, so there is nothing to reply to.
///
/// # Errors
/// When the database refuses.
pub async fn reported(tx: &Tx, by: By<'_>, c: &Contribution, code: &str) -> Result<()> {
    let Some(to) = author(tx, c).await? else { return Ok(()) };
    let lang = to.lang;
    let say = |key: &str, args: &[(&str, &dyn Word)]| by.app.words.with(lang, key, args);
    let project = projects::store::find(tx, c.project_id).await?;
    let letter = Letter::new(by.app, by.settings, lang, say("desk-letter-reported-title", &[]))
        .text(say("desk-letter-reported-intro", &[("project", &project.title)]))
        .quote(say(&format!("desk-reported-{code}"), &[]))
        .text(say("desk-letter-reported-next", &[("n", &by.settings.review_hours)]))
        .text(say("desk-letter-reported-yours", &[]))
        .quote(c.body.clone());
    let subject = say("desk-letter-reported-subject", &[("title", &c.heading())]);
    // Taken back with those about hidden texts, when somebody shows it again before it leaves.
    send(tx, by, to, format!("hidden/{}/reported/{}", c.id, c.version), subject, letter).await
}

/// Writes to the author of a text that the team published without its telephone numbers and mail addresses, when an
/// address is confirmed.
///
/// # Errors
/// When the database refuses.
pub async fn masked(tx: &Tx, by: By<'_>, c: &Contribution) -> Result<()> {
    let Some(to) = author(tx, c).await? else { return Ok(()) };
    let lang = to.lang;
    let say = |key: &str, args: &[(&str, &dyn Word)]| by.app.words.with(lang, key, args);
    let project = projects::store::find(tx, c.project_id).await?;
    let number = match c.idea_id {
        Some(idea) => crate::ideas::store::find(tx, idea).await?.number,
        None => c.number,
    };
    let page = format!("{}{}", by.app.base_url(by.settings), project.link(urls::Idea { number }));
    let letter = Letter::new(by.app, by.settings, lang, say("desk-letter-masked-title", &[]))
        .text(say("desk-letter-masked-intro", &[("project", &project.title)]))
        .quote(c.body.clone())
        .button(say("desk-letter-masked-button", &[]), page);
    let subject = say("desk-letter-masked-subject", &[("title", &c.heading())]);
    send(tx, by, to, format!("masked/{}/{}", c.id, c.version), subject, letter).await
}

/// Writes again the letter of [`hidden`] that waited when the text was put back online by mistake.
///
/// # Errors
/// When the database refuses.
pub async fn hidden_again(tx: &Tx, by: By<'_>, c: &Contribution) -> Result<()> {
    offline(tx, by, c, "hidden", |_| c.reason.clone()).await
}

/// Writes to the author of a hidden text who replied that it stays hidden, when an address is confirmed, and why.
///
/// # Errors
/// When the database refuses.
pub async fn upheld(tx: &Tx, by: By<'_>, c: &Contribution, why: &str) -> Result<()> {
    offline(tx, by, c, "upheld", |_| why.to_owned()).await
}

async fn offline(
    tx: &Tx,
    by: By<'_>,
    c: &Contribution,
    what: &str,
    because: impl Fn(Lang) -> String + Send,
) -> Result<()> {
    let Some(to) = author(tx, c).await? else { return Ok(()) };
    let lang = to.lang;
    let say = |key: &str, args: &[(&str, &dyn Word)]| by.app.words.with(lang, key, args);
    let project = projects::store::find(tx, c.project_id).await?;
    let mut letter = Letter::new(by.app, by.settings, lang, say(&format!("desk-letter-{what}-title"), &[]))
        .text(say(&format!("desk-letter-{what}-intro"), &[("project", &project.title)]))
        .quote(because(lang))
        .text(say("desk-letter-refused-yours", &[]))
        .quote(c.body.clone());
    if appeals::find(tx, c.id).await?.is_none() {
        letter = letter.button(say("desk-letter-reply", &[]), reply_url(by, c));
    }
    let subject = say(&format!("desk-letter-{what}-subject"), &[("title", &c.heading())]);
    send(tx, by, to, format!("hidden/{}/{}", c.id, c.version), subject, letter).await
}

/// Who reads a letter about a text.
struct To {
    person: Uuid,
    address: String,
    lang: Lang,
}

/// The author of a text, when they have an account with a confirmed address.
async fn author(tx: &Tx, c: &Contribution) -> Result<Option<To>> {
    let Some(author) = c.author_id else { return Ok(None) };
    let Some(person) = persons::find(tx, author).await? else { return Ok(None) };
    let lang = person.lang();
    Ok(person.email.map(|address| To { person: person.id, address, lang }))
}

async fn send(tx: &Tx, by: By<'_>, to: To, dedupe: String, subject: String, letter: Letter<'_>) -> Result<()> {
    let why = by.app.words.get(to.lang, "desk-letter-refused-why");
    let (html, text) = letter.why(why).render()?;
    let mail = NewMail {
        dedupe,
        person: Some(to.person),
        kind: "refusal",
        to: to.address,
        subject,
        text,
        html,
        unsubscribe: String::new(),
        after: by.after(),
    };
    mail::queue(tx, by.moment, &mail).await
}
