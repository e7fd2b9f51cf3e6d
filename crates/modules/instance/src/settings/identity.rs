//! Who the instance is: names, town, address, promises, time zone.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_communes as communes;
use parvis_kernel::{
    Ctx, Result,
    form::{self, Form},
    mail,
    permission::Right,
    settings::{Commune, Kind, Settings},
};
use parvis_ui::{Page, html_with, redirect};

use super::{Section, Step, frame, save, zones};
use crate::urls;

/// Fields of one line with the most characters each takes.
const SHORT: [(&str, usize); 5] =
    [("name", 60), ("tagline", 80), ("question", 140), ("answer_office", 120), ("telephone", 30)];

#[derive(Template)]
#[template(path = "settings/identity.html")]
struct Show<'a> {
    p: &'a Page,
    recent: &'a [Step],
    f: &'a Form,
    zones: Vec<(String, String)>,
}

impl Show<'_> {
    fn may_move(&self) -> bool {
        self.p.ctx.may(Right::Own, None)
    }

    fn base(&self) -> &str {
        self.p.ctx.app.base_url(&self.p.ctx.settings)
    }
}

/// Shows the section. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    page(&ctx, StatusCode::OK, &filled(&ctx.settings)).await
}

async fn page(ctx: &Ctx, status: StatusCode, f: &Form) -> Result<Response> {
    let frame = frame(ctx, Section::Identity).await?;
    let zones = zones::choices(&ctx.settings.time_zone);
    html_with(status, &Show { p: &frame.page, recent: &frame.recent, f, zones })
}

fn filled(s: &Settings) -> Form {
    let number = |n: i64| if n > 0 { n.to_string() } else { String::new() };
    let mut f = Form::new();
    for (name, value) in [
        ("name", s.name.clone()),
        ("tagline", s.tagline.clone()),
        ("question", s.question.clone()),
        ("kind", if s.kind == Kind::TownHall { "town_hall" } else { "campaign" }.to_owned()),
        ("commune", s.commune.name.clone()),
        ("population", number(s.commune.population)),
        ("address", s.address.clone()),
        ("telephone", s.telephone.clone()),
        ("contact", s.contact.clone()),
        ("answer_office", s.answer_office.clone()),
        ("answer_days", s.answer_days.to_string()),
        ("review_hours", s.review_hours.to_string()),
        ("time_zone", s.time_zone.clone()),
        ("base_url", s.base_url.clone()),
        ("source_url", s.source_url.clone()),
    ] {
        f.set(name, value);
    }
    f
}

/// Keeps the section. Right: administer; the address of the site, own.
///
/// # Errors
/// The refusal of the permission, or when the database refuses.
pub async fn keep(ctx: Ctx, mut f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let Some(checked) = check(&ctx, &mut f) else {
        return page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &f).await;
    };
    save(&ctx, Section::Identity, move |s| checked.apply(s)).await?;
    Ok(redirect(format!("{}?fait=settings-saved", urls::Settings {})))
}

/// The section as it will be kept.
#[derive(Debug, Clone)]
struct Checked {
    name: String,
    tagline: String,
    question: String,
    kind: Kind,
    commune: Commune,
    address: String,
    telephone: String,
    contact: String,
    answer_office: String,
    answer_days: i64,
    review_hours: i64,
    time_zone: String,
    /// Nothing when it is not for whoever asks to change.
    base_url: Option<String>,
    /// As [`Self::base_url`].
    source_url: Option<String>,
}

impl Checked {
    fn apply(&self, s: &mut Settings) {
        let own = self.clone();
        s.name = own.name;
        s.tagline = own.tagline;
        s.question = own.question;
        s.kind = own.kind;
        s.commune = own.commune;
        s.address = own.address;
        s.telephone = own.telephone;
        s.contact = own.contact;
        s.answer_office = own.answer_office;
        s.answer_days = own.answer_days;
        s.review_hours = own.review_hours;
        s.time_zone = own.time_zone;
        if let Some(base_url) = own.base_url {
            s.base_url = base_url;
        }
        if let Some(source_url) = own.source_url {
            s.source_url = source_url;
        }
    }
}

/// Text of one line: without line ends.
fn line(f: &Form, name: &str) -> String {
    let text = f.text(name).replace(['\n', '\t'], " ");
    if form::is_blank(&text) { String::new() } else { text }
}

/// Says which texts are missing or too long.
fn check_texts(ctx: &Ctx, f: &mut Form) {
    let too_long = |n: usize| ctx.app.words.with(ctx.lang, "settings-too-long", &[("n", &n)]);
    for (name, most) in SHORT {
        if line(f, name).chars().count() > most {
            f.fail(name, too_long(most));
        }
    }
    if f.text("address").chars().count() > 300 {
        f.fail("address", too_long(300));
    }
    for (name, key) in [("name", "settings-name-missing"), ("question", "settings-question-missing")] {
        if line(f, name).is_empty() {
            f.fail(name, ctx.t(key));
        }
    }
}

fn check(ctx: &Ctx, f: &mut Form) -> Option<Checked> {
    check_texts(ctx, f);
    let contact = line(f, "contact");
    if !contact.is_empty() && !mail::is_address(&contact) {
        f.fail("contact", ctx.t("settings-address-wrong"));
    }
    let days = whole(f.get("answer_days"), 1, 365);
    if days.is_none() {
        f.fail("answer_days", ctx.t("settings-days-wrong"));
    }
    let hours = whole(f.get("review_hours"), 1, 168);
    if hours.is_none() {
        f.fail("review_hours", ctx.t("settings-hours-wrong"));
    }
    let zone = f.get("time_zone").to_owned();
    if zone.parse::<chrono_tz::Tz>().is_err() {
        f.fail("time_zone", ctx.t("settings-zone-wrong"));
    }
    // Sign-in links start with the address: an owner's would lead wherever an administrator says.
    let base = if ctx.may(Right::Own, None) { base_url(f.get("base_url")).map(Some) } else { Some(None) };
    if base.is_none() {
        f.fail("base_url", ctx.t("settings-base-url-wrong"));
    }
    // The licence makes the source a promise of whoever runs the site.
    let source = if ctx.may(Right::Own, None) { source_url(f.get("source_url")).map(Some) } else { Some(None) };
    if source.is_none() {
        f.fail("source_url", ctx.t("settings-source-url-wrong"));
    }
    let commune = commune(ctx, f);
    let (Some(answer_days), Some(review_hours), Some(base_url), Some(source_url), Some(commune), true) =
        (days, hours, base, source, commune, f.is_valid())
    else {
        return None;
    };
    Some(Checked {
        name: line(f, "name"),
        tagline: line(f, "tagline"),
        question: line(f, "question"),
        kind: if f.is("kind", "town_hall") { Kind::TownHall } else { Kind::Campaign },
        commune,
        address: if form::is_blank(f.get("address")) { String::new() } else { f.text("address") },
        telephone: line(f, "telephone"),
        contact,
        answer_office: line(f, "answer_office"),
        answer_days,
        review_hours,
        time_zone: zone,
        base_url,
        source_url,
    })
}

fn commune(ctx: &Ctx, f: &mut Form) -> Option<Commune> {
    let typed = line(f, "commune");
    let population: String = f.get("population").chars().filter(|c| !c.is_whitespace()).collect();
    let population = match population.as_str() {
        "" => None,
        digits => match whole(digits, 1, 20_000_000) {
            Some(n) => Some(n),
            None => {
                f.fail("population", ctx.t("settings-population-wrong"));
                return None;
            }
        },
    };
    match resolve(&typed, &ctx.settings.commune) {
        Resolved::One(mut commune) => {
            // A figure typed with the same town is a correction; with another town it is the old one's.
            if commune.code == ctx.settings.commune.code {
                commune.population = population.unwrap_or(commune.population);
            }
            Some(commune)
        }
        Resolved::Own(name) => Some(Commune { name, population: population.unwrap_or(0), ..Commune::default() }),
        Resolved::Several(list) => {
            let list = list.join(" ; ");
            f.fail("commune", ctx.app.words.with(ctx.lang, "settings-commune-several", &[("list", &list)]));
            None
        }
        Resolved::TooLong => {
            f.fail("commune", ctx.app.words.with(ctx.lang, "settings-too-long", &[("n", &80_usize)]));
            None
        }
    }
}

/// What the name of a commune means.
#[derive(Debug, PartialEq, Eq)]
enum Resolved {
    /// This one.
    One(Commune),
    /// A name that is in no list, or none.
    Own(String),
    /// Several communes have this name: name and postcode of each.
    Several(Vec<String>),
    /// Longer than any name.
    TooLong,
}

/// The commune of the list, as settings keep it.
pub fn kept(c: &communes::Commune) -> Commune {
    Commune {
        code: c.code().to_owned(),
        name: c.name().to_owned(),
        population: c.population().map_or(0, i64::from),
        department: c.department_name().to_owned(),
    }
}

/// A name, or a name and a postcode, typed by hand.
fn resolve(typed: &str, present: &Commune) -> Resolved {
    if typed.chars().count() > 80 {
        return Resolved::TooLong;
    }
    if typed == present.name {
        return Resolved::One(present.clone());
    }
    let found = communes::search(typed, 50);
    let digits = typed.chars().any(|c| c.is_ascii_digit());
    let same: Vec<_> = found.into_iter().filter(|c| digits || url_name(c.name()) == url_name(typed)).collect();
    match same.as_slice() {
        [] => Resolved::Own(typed.to_owned()),
        [one] => Resolved::One(kept(one)),
        several => Resolved::Several(
            several
                .iter()
                .take(6)
                .map(|c| format!("{} {}", c.name(), c.postcodes().next().unwrap_or(c.department_name())))
                .collect(),
        ),
    }
}

fn url_name(name: &str) -> String {
    parvis_kernel::url::slug(name)
}

fn whole(text: &str, least: i64, most: i64) -> Option<i64> {
    text.trim().parse::<i64>().ok().filter(|n| (least..=most).contains(n))
}

/// Where the source is: a web address. Empty is nowhere yet.
fn source_url(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let good = rest.is_some_and(|r| r.starts_with(|c: char| c.is_ascii_alphanumeric()))
        && text.len() <= 300
        && text
            .chars()
            .all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '{' | '}' | '(' | ')' | '[' | ']'));
    (text.is_empty() || good).then(|| text.to_owned())
}

/// The address of the instance: `https://host` or `http://host`, a port allowed, nothing after. Empty is the program's own.
fn base_url(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/');
    if text.is_empty() {
        return Some(String::new());
    }
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    let good_name = !name.is_empty()
        && name.len() <= 253
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
        && !name.starts_with(['.', '-'])
        && !name.ends_with(['.', '-']);
    (good_name && port.parse::<u16>().is_ok_and(|p| p > 0)).then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_has_a_web_address_or_none() {
        assert_eq!(
            source_url("  https://code.example/parvis?v=1 ").as_deref(),
            Some("https://code.example/parvis?v=1")
        );
        assert_eq!(source_url("").as_deref(), Some(""));
        for wrong in
            ["javascript:alert(1)", "https://", "code.example", "https://a b", "https://a/<x>", "https://a/)x("]
        {
            assert_eq!(source_url(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn addresses_of_the_instance() {
        for (typed, kept) in [
            ("", Some("")),
            (" https://Rivemont.example/ ", Some("https://rivemont.example")),
            ("http://192.168.1.4:8080", Some("http://192.168.1.4:8080")),
        ] {
            assert_eq!(base_url(typed).as_deref(), kept, "{typed}");
        }
        for bad in [
            "rivemont.example",
            "ftp://a.example",
            "https://a.example/x",
            "https://",
            "https://a b",
            "https://é.fr",
            "https://a.example:0",
            "javascript:alert(1)",
            "https://u:p@a.example",
            "https://.a",
        ] {
            assert_eq!(base_url(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_typed_town_is_found_named_or_asked_again() {
        let none = Commune::default();
        let Resolved::One(lyon) = resolve("lyon 69001", &none) else { panic!("Lyon") };
        assert!(lyon.name == "Lyon" && lyon.population > 100_000 && !lyon.code.is_empty());
        assert_eq!(resolve("Rivemont-sur-Exemple", &none), Resolved::Own("Rivemont-sur-Exemple".into()));
        assert_eq!(resolve("", &none), Resolved::One(none.clone()), "nothing before, nothing now");
        let Resolved::Several(list) = resolve("Saint-Denis", &none) else { panic!("there are several") };
        assert!(list.len() > 1);
        assert_eq!(resolve(&"x".repeat(100_000), &none), Resolved::TooLong);
        let own = Commune { name: "Rivemont".into(), population: 18_545, ..Commune::default() };
        assert_eq!(resolve("Rivemont", &own), Resolved::One(own.clone()));
    }

    #[test]
    fn whole_numbers_in_their_limits() {
        assert_eq!(whole(" 14 ", 1, 365), Some(14));
        for bad in ["", "0", "366", "1.5", "dix", "99999999999999999999"] {
            assert_eq!(whole(bad, 1, 365), None, "{bad}");
        }
    }
}
