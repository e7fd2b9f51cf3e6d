//! Addresses as types: a link that is misspelt, or lacks a part, does not compile.

/// Declares an address: its route pattern and how to write it out.
///
/// ```
/// parvis_kernel::url! {
///     /// One idea.
///     Idea { number: i64 } = "/idees/{number}";
/// }
/// assert_eq!(Idea { number: 12 }.to_string(), "/idees/12");
/// assert_eq!(Idea::ROUTE, "/idees/{number}");
/// ```
#[macro_export]
macro_rules! url {
    ($($(#[$meta:meta])* $name:ident { $($part:ident : $ty:ty),* } = $pattern:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $name {
            $(#[allow(missing_docs, reason = "named after the part of the address")] pub $part: $ty),*
        }
        impl $name {
            /// The pattern of the route.
            pub const ROUTE: &'static str = $pattern;
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, $pattern $(, $part = self.$part)*)
            }
        }
    )+};
}

/// Writes a query string value: letters, digits and `-_.~` stay, the rest is percent-encoded.
#[must_use]
pub fn encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, b| {
        use std::fmt::Write;
        if b.is_ascii_alphanumeric() || b"-_.~".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}

/// An address with one more parameter, replacing the one of that name, before its anchor.
#[must_use]
pub fn with_param(to: &str, name: &str, value: &str) -> String {
    let (rest, anchor) = to.split_once('#').map_or((to, None), |(r, a)| (r, Some(a)));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let own = format!("{name}=");
    let mut pairs: Vec<String> =
        query.split('&').filter(|p| !p.is_empty() && !p.starts_with(&own)).map(str::to_owned).collect();
    pairs.push(format!("{name}={}", encode(value)));
    let anchor = anchor.map_or_else(String::new, |a| format!("#{a}"));
    format!("{path}?{}{anchor}", pairs.join("&"))
}

/// The same address, whose page says that this was done: at the place that says so, unless the address names a place of its own.
#[must_use]
pub fn done_at(to: &str, done: &str) -> String {
    let to = with_param(to, "fait", done);
    if to.contains('#') { to } else { format!("{to}#fait") }
}

/// An address on this site to go back to: a path, never another host. ASCII only, as browsers send paths: anything else
/// can't stand in the header of a redirection.
#[must_use]
pub fn local_path(text: &str) -> Option<&str> {
    let safe = text.starts_with('/')
        && !text.starts_with("//")
        && !text.contains(['\\', '\r', '\n', '\t', '\0'])
        && text.is_ascii()
        && !text.chars().any(char::is_control);
    safe.then_some(text)
}

/// A short readable part of an address from any title: `Idée d’été !` gives `idee-d-ete`.
#[must_use]
pub fn slug(title: &str) -> String {
    let mut out = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'à' | 'â' | 'ä' | 'á' | 'ã' => "a",
            'é' | 'è' | 'ê' | 'ë' => "e",
            'î' | 'ï' | 'í' => "i",
            'ô' | 'ö' | 'ó' | 'õ' => "o",
            'ù' | 'û' | 'ü' | 'ú' => "u",
            'ç' => "c",
            'ñ' => "n",
            'œ' => "oe",
            'æ' => "ae",
            c if c.is_ascii_alphanumeric() => {
                out.push(c);
                continue;
            }
            _ => "-",
        };
        if plain != "-" || !(out.is_empty() || out.ends_with('-')) {
            out.push_str(plain);
        }
    }
    let short: String = out.chars().take(60).collect();
    short.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site() {
        assert_eq!(local_path("/mon-espace?a=1"), Some("/mon-espace?a=1"));
        for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "", "/a\nb", "/é", "/\u{202e}"]
        {
            assert_eq!(local_path(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn slugs_and_queries() {
        assert_eq!(slug("  Idée d’été, déjà ! "), "idee-d-ete-deja");
        assert_eq!(slug("🚲"), "");
        assert_eq!(encode("a b&é"), "a%20b%26%C3%A9");
    }

    #[test]
    fn parameters_go_before_the_anchor_and_replace_their_own() {
        assert_eq!(with_param("/idees/3#c4", "fait", "suivie"), "/idees/3?fait=suivie#c4");
        assert_eq!(done_at("/idees/3?cle=k", "suivie"), "/idees/3?cle=k&fait=suivie#fait");
        assert_eq!(done_at("/idees/3#c4", "suivie"), "/idees/3?fait=suivie#c4");
        assert_eq!(with_param("/p?fait=a&q=b%20c", "fait", "z"), "/p?q=b%20c&fait=z");
        assert_eq!(with_param("/p", "cle", "a/b"), "/p?cle=a%2Fb");
    }
}
