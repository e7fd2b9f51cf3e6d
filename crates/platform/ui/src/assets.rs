//! The files the pages load: style sheets, scripts and fonts, embedded in the binary.
//!
//! Their address carries a hash of their content, so they can be cached for ever; they are
//! compressed at build time, so serving one is copying bytes. In a debug build, with
//! `PARVIS_ASSETS_DIR` set to the `assets` folder of this crate, style sheets and scripts are
//! read again from the disk at each request.

/// The name of the style sheet of citizens' pages.
pub const PUBLIC_CSS: &str = "public.css";
/// The name of the style sheet of the team's pages (it holds the shared part too).
pub const TEAM_CSS: &str = "team.css";
/// The name of the script of citizens' pages.
pub const APP_JS: &str = "app.js";
/// The name of the script of the team's pages (it holds the citizens' script too).
pub const TEAM_JS: &str = "team.js";
/// The name of the font of the text, the one to preload.
pub const FONT_TEXT: &str = "atkinson-next.woff2";
/// The name of the font of the titles.
pub const FONT_TITLE: &str = "bricolage-grotesque-680.woff2";

/// One file as it is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The file itself.
    pub bytes: &'static [u8],
    /// The file for `Content-Encoding: gzip`, where compressing it helps.
    pub gzip: Option<&'static [u8]>,
    /// The file for `Content-Encoding: br`, where compressing it helps.
    pub brotli: Option<&'static [u8]>,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// The value of `ETag`, quotes included.
    pub etag: &'static str,
    /// Whether it may be cached for ever: true but for files read again from the disk.
    pub immutable: bool,
}

pub(crate) struct Embedded {
    name: &'static str,
    path: &'static str,
    url: &'static str,
    asset: Asset,
}

include!(concat!(env!("OUT_DIR"), "/assets_table.rs"));

/// The address of an asset, for example `/assets/public.3f2a91c04d.css` for [`PUBLIC_CSS`].
///
/// An unknown name answers `/assets/unknown`, which is served as not found: a test of each
/// page catches it better than a panic in front of a citizen.
#[must_use]
pub fn asset_url(name: &str) -> &'static str {
    EMBEDDED.iter().find(|e| e.name == name).map_or("/assets/unknown", |e| e.url)
}

/// The asset at an address: with `/assets/` before it or not.
#[must_use]
pub fn lookup(path: &str) -> Option<&'static Asset> {
    let path = path.strip_prefix("/assets/").unwrap_or(path);
    let found = EMBEDDED.iter().find(|e| e.path == path)?;
    #[cfg(debug_assertions)]
    if let Some(fresh) = from_disk::asset(found) {
        return Some(fresh);
    }
    Some(&found.asset)
}

/// The name and the address of each asset: for a service worker or a check of every file.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    EMBEDDED.iter().map(|e| (e.name, e.url))
}

#[cfg(debug_assertions)]
mod from_disk {
    use std::collections::HashMap;
    use std::hash::{DefaultHasher, Hash, Hasher};
    use std::path::Path;
    use std::sync::{LazyLock, Mutex};

    use super::{Asset, EMBEDDED, Embedded};
    use crate::bundles::{self, Kind};

    /// What was read, by name and content: memory is given only to what changed.
    static READ: LazyLock<Mutex<HashMap<(&'static str, u64), &'static Asset>>> = LazyLock::new(Mutex::default);

    pub(super) fn asset(embedded: &Embedded) -> Option<&'static Asset> {
        let folder = std::env::var_os("PARVIS_ASSETS_DIR")?;
        read(embedded.name, Path::new(&folder))
    }

    pub(super) fn read(name: &'static str, folder: &Path) -> Option<&'static Asset> {
        let bundle = bundles::BUNDLES.iter().find(|b| b.name == name)?;
        if bundle.kind == Kind::Font {
            return None;
        }
        let fonts: Vec<(String, String)> = EMBEDDED.iter().map(|e| (e.name.to_owned(), e.path.to_owned())).collect();
        let text = bundles::text(bundle, folder, &fonts).ok()?;
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let hash = hasher.finish();
        let mut read = READ.lock().ok()?;
        Some(*read.entry((name, hash)).or_insert_with(|| {
            Box::leak(Box::new(Asset {
                bytes: text.into_bytes().leak(),
                gzip: None,
                brotli: None,
                content_type: bundle.kind.content_type(),
                etag: format!("\"{hash:016x}\"").leak(),
                immutable: false,
            }))
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn served(name: &str) -> &'static Asset {
        lookup(asset_url(name)).expect(name)
    }

    #[test]
    fn addresses_carry_a_hash_and_lead_to_the_file() {
        let url = asset_url(PUBLIC_CSS);
        assert!(url.starts_with("/assets/public."), "{url}");
        assert!(url.ends_with(".css"));
        assert_eq!(url.len(), "/assets/public..css".len() + 10);
        assert_eq!(served(PUBLIC_CSS).content_type, "text/css; charset=utf-8");
        assert_eq!(served(APP_JS).content_type, "text/javascript; charset=utf-8");
        assert_eq!(served(FONT_TEXT).content_type, "font/woff2");
        assert!(served(TEAM_CSS).etag.starts_with('"'));
    }

    #[test]
    fn what_does_not_exist_is_not_found() {
        assert_eq!(asset_url("nothing.css"), "/assets/unknown");
        for path in ["/assets/unknown", "", "/", "../Cargo.toml", "public.css", "/assets/public.0.css"] {
            assert!(lookup(path).is_none(), "{path}");
        }
    }

    #[test]
    fn style_sheets_name_the_fonts_by_their_hashed_address() {
        for name in [PUBLIC_CSS, TEAM_CSS] {
            let css = String::from_utf8(served(name).bytes.to_vec()).unwrap();
            for font in [FONT_TEXT, FONT_TITLE] {
                assert!(css.contains(&format!("url(\"{}\")", asset_url(font))), "{name} {font}");
            }
            assert!(!css.contains("/*") && !css.contains("@import"), "{name}");
            assert_eq!(css.matches('{').count(), css.matches('}').count(), "{name}");
        }
    }

    #[test]
    fn the_byte_budget_of_the_design_holds() {
        let kib = 1024;
        for (name, limit) in [(PUBLIC_CSS, 12 * kib), (TEAM_CSS, 12 * kib), (APP_JS, 10 * kib), (TEAM_JS, 30 * kib)] {
            let asset = served(name);
            let (gzip, brotli) = (asset.gzip.unwrap().len(), asset.brotli.unwrap().len());
            println!("{name}: {} bytes, gzip {gzip}, brotli {brotli}", asset.bytes.len());
            assert!(gzip <= limit, "{name}: {gzip} bytes of gzip");
            assert!(brotli <= gzip, "{name}");
        }
        let fonts = served(FONT_TEXT).bytes.len() + served(FONT_TITLE).bytes.len();
        println!("fonts: {fonts}");
        assert!(fonts <= 40 * kib);
    }

    #[test]
    fn nothing_asks_for_another_site() {
        for (name, url) in all() {
            if std::path::Path::new(name).extension().is_some_and(|e| e == "woff2") {
                continue;
            }
            let text = String::from_utf8(lookup(url).unwrap().bytes.to_vec()).unwrap();
            assert!(!text.contains("http:") && !text.contains("https:"), "{name}");
        }
    }

    #[test]
    #[cfg(debug_assertions)]
    fn a_debug_build_reads_again_from_the_disk() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
        let fresh = from_disk::read(PUBLIC_CSS, &folder).unwrap();
        assert_eq!(fresh.bytes, served(PUBLIC_CSS).bytes);
        assert!(!fresh.immutable);
        assert!(std::ptr::eq(fresh, from_disk::read(PUBLIC_CSS, &folder).unwrap()));
        assert!(from_disk::read(FONT_TEXT, &folder).is_none());
        assert!(from_disk::read(PUBLIC_CSS, std::path::Path::new("nowhere")).is_none());
    }
}
