//! The mails of this module: a code, an address to confirm, an invitation.

use parvis_kernel::{
    Result,
    app::App,
    context::Moment,
    db::Tx,
    locale,
    mail::{self, NewMail},
    settings::Settings,
    words::{Lang, Word},
};
use parvis_ui::mail::Letter;

use crate::{
    passes::{self, NewPass, Purpose, Secret},
    urls,
};

/// What a link of a confirmation may ask for besides, and its one value: to go on to the words of the idea.
pub const THEN: &str = "puis";
/// See [`THEN`].
pub const CHANGE: &str = "modifier";

/// What every letter needs.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Instance.
    pub app: &'a App,
    /// Its settings.
    pub settings: &'a Settings,
    /// Language of the mail.
    pub lang: Lang,
    /// When it is asked for.
    pub moment: &'a Moment,
}

impl Context<'_> {
    fn t(&self, key: &str) -> String {
        self.app.words.get(self.lang, key)
    }

    fn with(&self, key: &str, args: &[(&str, &dyn Word)]) -> String {
        self.app.words.with(self.lang, key, args)
    }

    fn link(&self, secret: &Secret) -> String {
        let path = urls::Link { token: secret.token.clone() };
        format!("{}{path}", self.app.base_url(self.settings))
    }

    /// The address that takes the pass back.
    fn not_me(&self, secret: &Secret) -> String {
        let path = urls::NotMe { token: secret.token.clone() };
        format!("{}{path}", self.app.base_url(self.settings))
    }

    fn time(&self, at: chrono::DateTime<chrono::Utc>) -> String {
        locale::time(self.lang, at, self.settings.tz())
    }

    fn day(&self, at: chrono::DateTime<chrono::Utc>) -> String {
        locale::weekday(self.lang, locale::local_day(at, self.settings.tz()))
    }

    async fn queue(&self, tx: &Tx, kind: &'static str, to: &str, subject: String, letter: Letter<'_>) -> Result<()> {
        let (html, text) = letter.render()?;
        let new = NewMail {
            dedupe: format!("{kind}/{}", self.moment.id()),
            person: None,
            kind,
            to: to.to_owned(),
            subject,
            text,
            html,
            unsubscribe: String::new(),
            after: self.moment.now,
        };
        mail::queue(tx, self.moment, &new).await
    }
}

/// A code and a link to sign in, whoever asks: the mail of a first visit is the same.
///
/// # Errors
/// When the database refuses.
pub async fn queue_code(tx: &Tx, c: &Context<'_>, new: &NewPass, secret: &Secret, device: &str) -> Result<()> {
    let until = c.time(c.moment.now + Purpose::SignIn.lasts());
    // A subject is shown in lists, on locked telephones and in the outbox: the code stays inside.
    let subject = c.with("sign-in-mail-subject", &[("site", &c.settings.name)]);
    let asked = c.time(c.moment.now);
    let mut letter = Letter::new(c.app, c.settings, c.lang, c.t("sign-in-mail-title"))
        .preview(c.with("sign-in-mail-preview", &[("until", &until)]))
        .code(&secret.code)
        .text(c.t("sign-in-mail-text"))
        .button(c.t("sign-in-mail-button"), c.link(secret))
        .text(c.with("sign-in-mail-until", &[("until", &until)]));
    letter = if device.is_empty() {
        letter.small(c.with("sign-in-mail-asked", &[("time", &asked)]))
    } else {
        letter.small(c.with("sign-in-mail-asked-from", &[("time", &asked), ("device", &device)]))
    };
    let letter = letter
        .why_title(c.t("sign-in-mail-not-you"))
        .why(c.t("sign-in-mail-not-you-text"))
        .way_out(c.t("sign-in-mail-cancel"), c.not_me(secret));
    c.queue(tx, "code", &new.email, subject, letter).await
}

/// What a confirmation says besides.
#[derive(Debug, Clone, Copy, Default)]
pub struct More<'a> {
    /// More lines: name and value.
    pub facts: &'a [(String, String)],
    /// Whether it is about an idea whose words may still be changed.
    pub waits: bool,
}

/// A link, and a code for the browser that asked, to confirm an address.
///
/// # Errors
/// When the database refuses.
pub async fn queue_confirmation(
    tx: &Tx,
    c: &Context<'_>,
    new: &NewPass,
    secret: &Secret,
    more: More<'_>,
) -> Result<()> {
    let about = match new.about.as_str() {
        known @ ("comment" | "supports" | "follow") => known,
        _ => "idea",
    };
    let title = if new.name.is_empty() {
        c.t("confirm-mail-title")
    } else {
        c.with("confirm-mail-title-name", &[("name", &new.name)])
    };
    let until = c.day(c.moment.now + Purpose::Confirm.lasts());
    let letter = Letter::new(c.app, c.settings, c.lang, title)
        .preview(c.t(&format!("confirm-mail-preview-{about}")))
        .text(c.t(&format!("confirm-mail-text-{about}")))
        .quote(new.quote.clone())
        .text(c.t(&format!("confirm-mail-ask-{about}")))
        .button(c.t("confirm-button"), c.link(secret))
        .pairs(more.facts.to_vec());
    let letter = if new.consent.is_empty() {
        letter
    } else {
        // The ledger keeps these words because they are read here.
        letter.small(c.with("confirm-mail-consent", &[("words", &new.consent)]))
    };
    let letter = if passes::has_code(tx, Purpose::Confirm, &new.email).await? {
        letter.small(c.with("confirm-mail-code", &[("until", &until)])).code(&secret.code)
    } else {
        letter.small(c.with("confirm-mail-link", &[("until", &until)]))
    };
    let letter = if more.waits {
        // The same link: who confirms stands on the page of the idea, and may change it there.
        letter.link(c.t("confirm-mail-change"), format!("{}?{}={}", c.link(secret), THEN, CHANGE))
    } else {
        letter
    };
    let letter = letter
        .why(c.t(&format!("confirm-mail-why-{about}")))
        .why(c.t("confirm-mail-not-you"))
        .way_out(c.t("confirm-mail-erase"), c.not_me(secret));
    c.queue(tx, "confirmation", &new.email, c.t(&format!("confirm-mail-subject-{about}")), letter).await
}

/// An invitation to the team.
///
/// # Errors
/// When the database refuses.
pub async fn queue_invitation(
    tx: &Tx,
    c: &Context<'_>,
    new: &NewPass,
    secret: &Secret,
    inviter: &str,
    role: &str,
) -> Result<()> {
    let site: &str = &c.settings.name;
    let until = c.day(c.moment.now + Purpose::Invite.lasts());
    let subject = c.with("invite-mail-subject", &[("site", &site)]);
    let letter = Letter::new(c.app, c.settings, c.lang, subject.clone())
        .preview(c.with("invite-mail-role", &[("role", &role)]))
        .text(c.with("invite-mail-text", &[("name", &inviter), ("site", &site)]))
        .text(c.with("invite-mail-role", &[("role", &role)]))
        .button(c.t("invite-button"), c.link(secret))
        .text(c.with("invite-mail-until", &[("until", &until)]))
        .why(c.with("invite-mail-why", &[("name", &inviter)]))
        .why(c.t("invite-mail-not-you"));
    c.queue(tx, "invitation", &new.email, subject, letter).await
}
