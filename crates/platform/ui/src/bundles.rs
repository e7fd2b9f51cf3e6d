//! Which files make which asset. Shared by the build script and, in a debug build, by the
//! inner loop that reads them again from the disk.

use std::path::Path;
use std::{fs, io};

/// What an asset is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A style sheet.
    Css,
    /// A script.
    Js,
    /// A web font.
    Font,
}

impl Kind {
    /// The `Content-Type` it is served with.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Css => "text/css; charset=utf-8",
            Self::Js => "text/javascript; charset=utf-8",
            Self::Font => "font/woff2",
        }
    }
}

/// One asset and the files, under `assets/`, that it is made of.
#[derive(Debug)]
pub struct Bundle {
    /// The name pages ask for.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Its files, in order.
    pub parts: &'static [&'static str],
}

/// Every asset, fonts first because the style sheets name them.
pub const BUNDLES: &[Bundle] = &[
    Bundle { name: "atkinson-next.woff2", kind: Kind::Font, parts: &["fonts/atkinson-next.woff2"] },
    Bundle { name: "bricolage-grotesque-680.woff2", kind: Kind::Font, parts: &["fonts/bricolage-grotesque-680.woff2"] },
    Bundle {
        name: "public.css",
        kind: Kind::Css,
        parts: &["css/tokens.css", "css/base.css", "css/charts.css", "css/citizens.css"],
    },
    Bundle {
        name: "team.css",
        kind: Kind::Css,
        parts: &["css/tokens.css", "css/base.css", "css/charts.css", "css/team.css"],
    },
    Bundle { name: "app.js", kind: Kind::Js, parts: &["js/app.js"] },
    Bundle { name: "passkey.js", kind: Kind::Js, parts: &["js/passkey.js"] },
    Bundle { name: "team.js", kind: Kind::Js, parts: &["js/app.js", "js/team.js"] },
];

/// Reads, joins and strips the parts of a text asset. `fonts` gives the hashed name of each font.
pub fn text(bundle: &Bundle, root: &Path, fonts: &[(String, String)]) -> io::Result<String> {
    let mut source = String::new();
    for part in bundle.parts {
        source.push_str(&fs::read_to_string(root.join(part))?);
        source.push('\n');
    }
    Ok(match bundle.kind {
        Kind::Css => fonts.iter().fold(super::minify::css(&source), |css, (name, path)| {
            css.replace(&format!("\"{name}\""), &format!("\"/assets/{path}\""))
        }),
        _ => super::minify::js(&source),
    })
}
