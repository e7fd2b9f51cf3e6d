//! The mail server, tried with a real mail.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    form::Form,
    mail::{self, Mail},
    permission::Right,
    rate::{self, Limit},
    settings::{Settings, Smtp},
};
use parvis_people::persons;
use parvis_ui::{Page, html_with, mail::Letter, redirect};

use super::{Section, Step, Verdict, frame, quiet, read_verdict, save};
use crate::{
    query,
    sender::{self, Finding, Report, Stand},
    urls,
};

/// Trials of one person: each opens a connection to a machine of their choice.
const TRIALS: Limit = Limit::per_minutes("smtp-trial", 10, 10);

#[derive(Template)]
#[template(path = "settings/mail.html")]
struct Show<'a> {
    p: &'a Page,
    recent: &'a [Step],
    f: &'a Form,
    /// Whether a server is set.
    set: bool,
    /// Whether a password is kept.
    has_password: bool,
    /// Where a trial goes; empty when the person has no address.
    me: String,
    /// Keys of what came of a trial and of the remedy; empty without a trial.
    said: String,
    remedy: String,
    sent: bool,
    digits: String,
    waiting: i64,
    /// Letters that only the quiet hours hold, and until when.
    held: i64,
    held_until: DateTime<Utc>,
    /// When letters leave again, while the hour is full.
    resumes: Option<DateTime<Utc>>,
    /// The domain that letters come from; empty when it is not set.
    domain: String,
    /// What name servers said of it last.
    report: Option<Report>,
    /// Whether whoever asks may change the server: every sign-in link passes it, the owners' too.
    may_change: bool,
}

/// Shows the section. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    page(&ctx, StatusCode::OK, &filled(&ctx.settings)).await
}

pub(crate) fn filled(s: &Settings) -> Form {
    let security = if s.smtp.security.is_empty() { "tls" } else { &s.smtp.security };
    let port = if s.smtp.port == 0 { String::new() } else { s.smtp.port.to_string() };
    let mut f = Form::of(&[
        ("from", if s.smtp.from.is_empty() { &s.contact } else { &s.smtp.from }),
        ("host", &s.smtp.host),
        ("security", security),
        ("port", &port),
        ("user", &s.smtp.user),
    ]);
    quiet::fill(&mut f, s.quiet);
    f.set("rythme", if s.mails_per_hour > 0 { s.mails_per_hour.to_string() } else { String::new() });
    f
}

pub(crate) async fn page(ctx: &Ctx, status: StatusCode, f: &Form) -> Result<Response> {
    let frame = frame(ctx, Section::Mail).await?;
    let asked = query::of(ctx);
    let digits: String = asked.get("reponse").chars().filter(char::is_ascii_digit).take(3).collect();
    let verdict = Verdict::parse(asked.get("essai"));
    let report = sender::last(ctx.app.db.read(), &ctx.settings).await?;
    let mut f = f.clone();
    if let Some(last) = report.as_ref().filter(|_| !f.has("selecteur")) {
        f.set("selecteur", &last.selector);
    }
    let said = verdict.map(Verdict::key).unwrap_or_default();
    let waiting = "SELECT count(*) FROM mail WHERE state = 'waiting'";
    let c = ctx.app.db.read();
    let show = Show {
        p: &frame.page,
        recent: &frame.recent,
        f: &f,
        set: !ctx.settings.smtp.host.is_empty(),
        has_password: !ctx.settings.smtp.password.is_empty(),
        me: own_address(ctx).await?,
        remedy: format!("{said}.next"),
        said,
        sent: verdict == Some(Verdict::Sent),
        digits,
        may_change: ctx.may(Right::Own, None),
        domain: sender::domain(&ctx.settings).unwrap_or_default(),
        report,
        waiting: parvis_kernel::db::count(c, waiting, vec![]).await?,
        held: mail::held(c, &ctx.settings, ctx.now()).await?,
        resumes: mail::pace::resumes(c, &ctx.settings, ctx.now()).await?,
        held_until: ctx.settings.quiet.end(ctx.now(), ctx.settings.tz()),
    };
    html_with(status, &show)
}

impl Show<'_> {
    fn verdict(&self, report: &Report, finding: &Finding) -> String {
        finding.words(&self.p.ctx.app.words, self.p.ctx.lang, report)
    }

    /// Look, sign and words of how a thing stands.
    fn badge(&self, finding: &Finding) -> (&'static str, &'static str, String) {
        let (look, sign, code) = match finding.stand {
            Stand::Good => ("badge-ok", "check", "good"),
            Stand::Weak => ("badge-warn", "warning", "weak"),
            Stand::Bad => ("badge-bad", "warning", "bad"),
            Stand::Unknown => ("", "info", "unknown"),
        };
        (look, sign, self.p.t(&format!("sender-stand-{code}")))
    }
}

async fn own_address(ctx: &Ctx) -> Result<String> {
    let person = persons::find(ctx.app.db.read(), ctx.person()?).await?;
    Ok(person.and_then(|p| p.email).unwrap_or_default())
}

/// Keeps the section, and with `essayer` sends a mail to whoever asks. Right: own: whoever chooses the server reads the
/// owners' sign-in links.
///
/// # Errors
/// The refusal of the permission, `too_many`, or when the database refuses.
pub async fn keep(ctx: Ctx, mut f: Form) -> Result<Response> {
    ctx.require(Right::Own, None)?;
    let checked = check(&f, &ctx.settings.smtp);
    let smtp = match checked {
        Ok(smtp) => smtp,
        Err(problems) => {
            for (field, key) in problems {
                f.fail(field, ctx.t(key));
            }
            // A password never comes back to a page, wrong ones included.
            f.set("password", "");
            quiet::fill(&mut f, ctx.settings.quiet);
            f.set("rythme", filled(&ctx.settings).get("rythme"));
            return page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &f).await;
        }
    };
    let kept = smtp.clone();
    save(&ctx, Section::Mail, move |s| s.smtp.clone_from(&kept)).await?;
    // Another server may answer where the last one did not.
    ctx.app.db.write(|tx| Box::pin(mail::outage_is_over(tx))).await?;
    if !f.has("essayer") || smtp.host.is_empty() {
        return Ok(redirect(format!("{}?fait=settings-saved", urls::Mail {})));
    }
    let (verdict, code) = trial(&ctx, smtp).await?;
    let code = code.map(|c| format!("&reponse={c}")).unwrap_or_default();
    Ok(redirect(format!("{}?essai={}{code}#essai", urls::Mail {}, verdict.code())))
}

/// Sends a mail at once with these settings. What the server says is told by its meaning and its number only.
async fn trial(ctx: &Ctx, smtp: Smtp) -> Result<(Verdict, Option<u16>)> {
    let (person, now) = (ctx.person()?, ctx.now());
    ctx.app.db.write(move |tx| Box::pin(async move { rate::hit(tx, TRIALS, &person.to_string(), now).await })).await?;
    let to = own_address(ctx).await?;
    let settings = Settings { smtp, ..(*ctx.settings).clone() };
    let Ok(message) = mail::compose(&settings, &letter(ctx, &settings, to)?) else {
        return Ok((Verdict::Address, None));
    };
    let carrier = match &ctx.app.transport {
        Some(carrier) => Some(carrier.clone()),
        None => match mail::transport(&settings.smtp) {
            Ok(carrier) => carrier,
            Err(e) => return Ok(read_verdict(&e.to_string())),
        },
    };
    let carrier = carrier.ok_or(Error::Refused(Refusal::CHANGED_MEANWHILE))?;
    Ok(match carrier.send(message).await {
        Ok(()) => (Verdict::Sent, None),
        Err(e) => read_verdict(e.said()),
    })
}

fn letter(ctx: &Ctx, settings: &Settings, to: String) -> Result<Mail> {
    let title = ctx.t("settings-trial-title");
    let (body_html, body_text) = Letter::new(&ctx.app, settings, ctx.lang, title.clone())
        .text(ctx.t("settings-trial-text"))
        .why(ctx.t("settings-trial-why"))
        .render()?;
    Ok(Mail {
        id: ctx.moment.id(),
        dedupe: String::new(),
        person_id: None,
        kind: "trial".into(),
        recipient: to,
        subject: title,
        body_text,
        body_html,
        unsubscribe: String::new(),
        state: "sending".into(),
        send_after: ctx.now(),
        attempts: 1,
        last_error: String::new(),
        created_at: ctx.now(),
        sent_at: None,
    })
}

/// Checks the form against the settings kept. An empty host means no server.
fn check(f: &Form, before: &Smtp) -> Result<Smtp, Vec<(&'static str, &'static str)>> {
    let mut problems = Vec::new();
    let (host, user, from) = (f.get("host"), f.get("user"), f.get("from"));
    if host.is_empty() {
        return Ok(Smtp::default());
    }
    let good_host = host.len() <= 253
        && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':'))
        && !host.starts_with(['-', '.']);
    if !good_host {
        problems.push(("host", "settings-host-wrong"));
    }
    let security = match f.get("security") {
        s @ ("tls" | "starttls" | "none") => s,
        _ => "tls",
    };
    let here = ["localhost", "127.0.0.1", "::1"].contains(&host);
    if security == "none" && !here {
        problems.push(("security", "settings-security-wrong"));
    }
    let usual = match security {
        "tls" => 465,
        "starttls" => 587,
        _ => 25,
    };
    let port = match f.get("port") {
        "" => usual,
        typed => typed.parse::<u16>().ok().filter(|p| *p > 0).unwrap_or_else(|| {
            problems.push(("port", "settings-port-wrong"));
            usual
        }),
    };
    if !mail::is_address(from) {
        problems.push(("from", "settings-address-wrong"));
    }
    if user.len() > 320 || f.get("password").len() > 1024 {
        problems.push(("user", "settings-user-wrong"));
    }
    let password = password(f, before, host, security);
    if !user.is_empty() && password.is_empty() {
        problems.push(("password", "settings-password-missing"));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let user = parvis_kernel::form::clean(user);
    let password = if user.is_empty() { String::new() } else { password };
    Ok(Smtp { host: host.to_ascii_lowercase(), port, user, password, security: security.into(), from: from.to_owned() })
}

/// The password typed, else the one kept, for the same server and account only: it is not sent to another machine, nor
/// without the protection it was given for.
fn password(f: &Form, before: &Smtp, host: &str, security: &str) -> String {
    let typed = f.get("password");
    if !typed.is_empty() {
        return typed.to_owned();
    }
    let same = before.host.eq_ignore_ascii_case(host) && before.user == f.get("user");
    let safe = security != "none" || before.security == "none";
    if same && safe { before.password.clone() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before() -> Smtp {
        Smtp {
            host: "smtp.example".into(),
            port: 465,
            user: "bonjour".into(),
            password: "secret".into(),
            security: "tls".into(),
            from: "bonjour@rivemont.example".into(),
        }
    }

    fn form(changes: &[(&str, &str)]) -> Form {
        let mut f = Form::of(&[
            ("host", "smtp.example"),
            ("user", "bonjour"),
            ("from", "bonjour@rivemont.example"),
            ("security", "starttls"),
            ("port", ""),
        ]);
        for (name, value) in changes {
            f.set(name, *value);
        }
        f
    }

    #[test]
    fn the_password_stays_with_its_server() {
        let kept = check(&form(&[]), &before()).unwrap();
        assert_eq!((kept.password.as_str(), kept.port), ("secret", 587));
        for elsewhere in [("host", "evil.example"), ("user", "autre")] {
            assert_eq!(check(&form(&[elsewhere]), &before()), Err(vec![("password", "settings-password-missing")]));
        }
        let typed = check(&form(&[("host", "autre.example"), ("password", "new")]), &before()).unwrap();
        assert_eq!(typed.password, "new");
        assert_eq!(check(&form(&[("host", "")]), &before()), Ok(Smtp::default()), "no server, no password kept");
    }

    #[test]
    fn wrong_values_are_named() {
        for (change, field) in [
            (("host", "smtp example"), "host"),
            (("host", "-oProxy"), "host"),
            (("port", "70000"), "port"),
            (("from", "bonjour"), "from"),
            (("security", "none"), "security"),
        ] {
            let problems = check(&form(&[change, ("password", "x")]), &before()).unwrap_err();
            assert!(problems.iter().any(|(f, _)| *f == field), "{change:?}");
        }
        let local = form(&[("host", "localhost"), ("security", "none"), ("user", "")]);
        assert_eq!(check(&local, &before()).unwrap().port, 25);
    }
}
