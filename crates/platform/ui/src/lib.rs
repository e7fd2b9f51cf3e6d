//! What every page of Parvis is made of: embedded assets, theming, French typography, safe
//! HTML, charts and icons. The crate knows no module and no database: it turns values into text.

mod answer;
pub mod assets;
pub mod brought;
#[cfg(debug_assertions)]
mod bundles;
pub mod charts;
pub mod icons;
pub mod journal;
pub mod keys;
pub mod mail;
#[cfg(any(test, debug_assertions))]
mod minify;
pub mod page;
pub mod remaining;
pub mod safe_html;
pub mod settings;
pub mod theming;
pub mod typography;

pub use answer::{html, html_with, redirect};
pub use assets::{Asset, asset_url};
pub use page::Page;
pub use safe_html::SafeHtml;
pub use theming::{BrandTokens, Theme, ThemeError};
pub use typography::{french, french_html, initials};

/// The words of the frame.
#[must_use]
pub fn words() -> Vec<parvis_kernel::words::WordsFile> {
    use parvis_kernel::words::{Lang, WordsFile};
    vec![
        WordsFile { lang: Lang::Fr, name: "ui.ftl", source: include_str!("../locales/fr/ui.ftl") },
        WordsFile { lang: Lang::En, name: "ui.ftl", source: include_str!("../locales/en/ui.ftl") },
        WordsFile { lang: Lang::Fr, name: "mail.ftl", source: include_str!("../locales/fr/mail.ftl") },
        WordsFile { lang: Lang::Fr, name: "import.ftl", source: include_str!("../locales/fr/import.ftl") },
        WordsFile { lang: Lang::En, name: "mail.ftl", source: include_str!("../locales/en/mail.ftl") },
        WordsFile { lang: Lang::En, name: "import.ftl", source: include_str!("../locales/en/import.ftl") },
    ]
}
