//! The frame for the town's own site: the question, the newest ideas, a button. It is the one page that another site may put
//! in a frame, and only the sites that the team names. Nothing in it acts: its links open the site itself.

pub mod desk;

use askama::Template;
use axum::response::Response;
use parvis_kernel::{Ctx, Result, routes::Framed};
use parvis_ui::Page;
use uuid::Uuid;

use crate::{
    ideas::{
        Contribution,
        list::{self, Filter, Sort},
    },
    projects::Act,
    seen::{self, Seen, with_param},
    urls,
};

/// Ideas shown in the frame.
const SHOWN: i64 = 3;
/// Sites that may show the frame.
pub const MAX_SITES: usize = 20;

/// The origin of a site as a policy writes it, from what somebody typed: `https://www.rivemont.fr/accueil` gives
/// `https://www.rivemont.fr`. Nothing but a scheme, a name and a port passes: it stands in a header.
#[must_use]
pub fn origin(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let (scheme, rest) = text.split_once("://").unwrap_or(("https", text.as_str()));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').map_or((authority, None), |(h, p)| (h, Some(p)));
    let label = |l: &str| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let local = host == "localhost";
    let named = host.len() <= 253 && host.split('.').all(label) && (local || host.contains('.'));
    let port_ok = port.is_none_or(|p| p.parse::<u16>().is_ok_and(|n| n > 0));
    // What travels in the clear could be changed on the way to hold anything.
    let scheme_ok = scheme == "https" || scheme == "http" && local;
    (named && port_ok && scheme_ok).then(|| format!("{scheme}://{authority}"))
}

#[derive(Template)]
#[template(path = "widget/frame.html")]
struct Frame<'a> {
    p: &'a Page,
    heading: String,
    summary: String,
    ideas: Vec<(Contribution, String)>,
    post: String,
    more: String,
}

/// The frame: of one public project, or of all. Public.
///
/// # Errors
/// `NotFound` for a project that is not public, whoever asks.
pub async fn show(ctx: Ctx) -> Result<Response> {
    let slug = seen::query(&ctx).get("projet").to_owned();
    let all = seen::public(&ctx).await?;
    let one: Option<&Seen> = all.iter().find(|s| s.project.slug == slug);
    if one.is_none() && !slug.is_empty() {
        return Err(parvis_kernel::Error::NotFound);
    }
    let projects: Vec<Uuid> = one.map_or_else(|| all.iter().map(|s| s.project.id).collect(), |s| vec![s.project.id]);
    let filter = Filter { projects, lang: ctx.settings.lang.code(), ..Filter::default() };
    let newest = list::page(ctx.app.db.read(), &filter, Sort::Recent, 0, SHOWN, 0).await?;
    let page = Page::new(&ctx, ctx.settings.name.clone()).private();
    let base = ctx.app.base_url(&ctx.settings);
    let asked = if ctx.settings.question.is_empty() { ctx.t("home-question") } else { ctx.settings.question.clone() };
    let open =
        one.map_or_else(|| all.iter().any(|s| s.may(&ctx, Act::Post).is_ok()), |s| s.may(&ctx, Act::Post).is_ok());
    let post = one.map_or_else(
        || urls::Post {}.to_string(),
        |s| with_param(&urls::Post {}.to_string(), "projet", &s.project.slug),
    );
    let more =
        one.map_or_else(|| urls::Ideas {}.to_string(), |s| urls::Project { slug: s.project.slug.clone() }.to_string());
    let frame = Frame {
        heading: one.map_or(asked, |s| s.project.title.clone()),
        summary: one.map_or_else(String::new, |s| s.project.summary.clone()),
        ideas: newest
            .ideas
            .into_iter()
            .map(|i| (format!("{base}{}", urls::Idea { number: i.number }), i))
            .map(|(url, i)| (i, url))
            .collect(),
        post: if open { format!("{base}{post}") } else { String::new() },
        more: format!("{base}{more}"),
        p: &page,
    };
    let mut response = parvis_ui::html(&frame)?;
    response.extensions_mut().insert(Framed(ctx.settings.embed_sites.clone()));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_whole_origins_pass() {
        for (typed, read) in [
            ("https://www.rivemont.fr/accueil?a=1#b", Some("https://www.rivemont.fr")),
            (" WWW.Rivemont.FR ", Some("https://www.rivemont.fr")),
            ("https://rivemont.fr:8443", Some("https://rivemont.fr:8443")),
            ("http://localhost:3000/", Some("http://localhost:3000")),
            ("http://rivemont.fr", None),
            ("https://*.rivemont.fr", None),
            ("*", None),
            ("https://", None),
            ("rivemont", None),
            ("https://a.fr:0", None),
            ("https://a.fr; script-src *", None),
            ("https://a.fr 'self'", None),
            ("https://user@a.fr", None),
            ("javascript://a.fr", None),
            ("https://é.fr", None),
        ] {
            assert_eq!(origin(typed).as_deref(), read, "{typed}");
        }
    }

    proptest! {
        /// Whatever is typed, nothing of a policy or of a header gets through.
        #[test]
        fn no_origin_says_more_than_one(text in "\\PC{0,40}|https?://[a-z.:;' \\r\\n*]{0,30}") {
            if let Some(origin) = origin(&text) {
                prop_assert!(origin.bytes().all(|b| b.is_ascii_alphanumeric() || b":/.-".contains(&b)), "{origin}");
            }
        }
    }
}
