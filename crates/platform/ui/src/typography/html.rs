//! French typography in HTML: on text nodes only.

use super::rules::{Unit, set};

/// Elements whose text is never touched.
const SKIPPED: &[&str] = &["code", "pre", "kbd", "samp", "script", "style", "textarea", "svg"];
/// Elements that do not break a line: the character before them still counts.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "cite", "del", "em", "i", "ins", "mark", "q", "small", "span", "strong", "sub", "sup", "time",
    "u",
];

/// Sets the text nodes of an HTML fragment in French; tags, attributes, comments and the content
/// of `code`, `pre`, `script`, `style`, `textarea` and drawings are copied as they are.
#[must_use]
pub fn french_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 16);
    let mut rest = html;
    let mut last: Option<char> = None;
    let mut skipping: Option<(String, usize)> = None;
    while !rest.is_empty() {
        let cut = if starts_markup(rest) { 0 } else { next_markup(rest) };
        let (text, markup) = rest.split_at_checked(cut).unwrap_or((rest, ""));
        if skipping.is_some() {
            out.push_str(text);
        } else if !text.is_empty() {
            let units = units(text);
            let set = set(&units, last);
            last = set.chars().last();
            // An entity at the end counts as the character it stands for.
            if let Some(unit) = units.last().filter(|u| u.raw.is_some() && set.ends_with(';')) {
                last = Some(unit.c);
            }
            out.push_str(&set);
        }
        let (tag, after) = markup.split_at_checked(markup_len(markup)).unwrap_or((markup, ""));
        out.push_str(tag);
        follow(tag, &mut skipping, &mut last);
        rest = after;
    }
    out
}

/// Keeps track of what the tag opens and closes.
fn follow(tag: &str, skipping: &mut Option<(String, usize)>, last: &mut Option<char>) {
    let Some((name, closing)) = tag_name(tag) else {
        return;
    };
    match skipping {
        Some((skipped, depth)) if *skipped == name => {
            if closing {
                *depth -= 1;
            } else if !tag.ends_with("/>") {
                *depth += 1;
            }
            if *depth == 0 {
                *skipping = None;
                *last = Some('\u{FFFC}');
            }
        }
        Some(_) => {}
        None if !closing && SKIPPED.contains(&name.as_str()) && !tag.ends_with("/>") => {
            *skipping = Some((name, 1));
        }
        None => {
            if !INLINE.contains(&name.as_str()) {
                *last = None;
            }
        }
    }
}

/// Whether `<` opens a tag or a comment here, rather than being a lone sign.
fn starts_markup(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next() == Some('<') && chars.next().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

fn next_markup(text: &str) -> usize {
    text.char_indices()
        .filter(|(_, c)| *c == '<')
        .map(|(i, _)| i)
        .find(|i| text.get(*i..).is_some_and(starts_markup))
        .unwrap_or(text.len())
}

/// The length of the tag or comment at the start of `markup`, quoted values included.
fn markup_len(markup: &str) -> usize {
    if markup.starts_with("<!--") {
        return markup.find("-->").map_or(markup.len(), |i| i + 3);
    }
    let mut quote = None;
    for (i, c) in markup.char_indices() {
        match (quote, c) {
            (None, '>') => return i + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            _ => {}
        }
    }
    markup.len()
}

fn tag_name(tag: &str) -> Option<(String, bool)> {
    let inner = tag.strip_prefix('<')?;
    let (inner, closing) = inner.strip_prefix('/').map_or((inner, false), |i| (i, true));
    let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).collect();
    (!name.is_empty()).then(|| (name.to_ascii_lowercase(), closing))
}

/// Characters of a text node, an entity being one character that remembers its writing.
fn units(text: &str) -> Vec<Unit<'_>> {
    let mut units = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((entity, after)) = (c == '&').then(|| entity(rest)).flatten() {
            units.push(Unit { c: meaning(entity), raw: Some(entity) });
            rest = after;
        } else {
            units.push(Unit::plain(c));
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    units
}

fn entity(text: &str) -> Option<(&str, &str)> {
    let end = text.char_indices().take(34).find(|(_, c)| *c == ';')?.0;
    let (entity, after) = text.split_at_checked(end + 1)?;
    let name = entity.strip_prefix('&')?.strip_suffix(';')?;
    let name = name.strip_prefix('#').unwrap_or(name);
    (!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric())).then_some((entity, after))
}

fn meaning(entity: &str) -> char {
    match entity.to_ascii_lowercase().as_str() {
        "&#39;" | "&#x27;" | "&apos;" => '\'',
        "&quot;" | "&#34;" | "&#x22;" => '"',
        "&nbsp;" | "&#160;" | "&#xa0;" => '\u{A0}',
        "&#8239;" | "&#x202f;" => '\u{202F}',
        "&amp;" | "&#38;" | "&#x26;" => '&',
        "&lt;" | "&#60;" | "&#x3c;" => '<',
        "&gt;" | "&#62;" | "&#x3e;" => '>',
        "&laquo;" => '«',
        "&raquo;" => '»',
        "&euro;" => '€',
        "&rsquo;" => '’',
        "&hellip;" => '…',
        _ => '\u{FFFC}',
    }
}

#[cfg(test)]
mod tests {
    use super::french_html;

    #[test]
    fn only_text_nodes_change() {
        for (from, to) in [
            ("<p title=\"Quoi ?\">L'idée <b>ici</b> ?</p>", "<p title=\"Quoi ?\">L’idée <b>ici</b>\u{202F}?</p>"),
            ("<p>l&#39;idée &amp; l&#x27;eau; non</p>", "<p>l’idée &amp; l’eau\u{202F}; non</p>"),
            ("<code>a ? b : c'd</code> ?", "<code>a ? b : c'd</code>\u{202F}?"),
            ("<pre>a !<code>b !</code> c !</pre>", "<pre>a !<code>b !</code> c !</pre>"),
            ("<textarea>c'est !</textarea>", "<textarea>c'est !</textarea>"),
            ("<input value=\"c'est > 3 ?\">oui !", "<input value=\"c'est > 3 ?\">oui\u{202F}!"),
            ("<!-- c'est ? -->d'accord", "<!-- c'est ? -->d’accord"),
            ("<script>a ? 'b' : c</script>", "<script>a ? 'b' : c</script>"),
            (
                "<a href=\"https://x.fr/?a=l'b\">https://x.fr/?a=l'b</a>",
                "<a href=\"https://x.fr/?a=l'b\">https://x.fr/?a=l'b</a>",
            ),
            ("<p>Fin</p><p>! début</p>", "<p>Fin</p><p>! début</p>"),
            ("5 < 6 ?", "5 < 6\u{202F}?"),
            ("&eacute; &nbsp;! &inconnu;", "&eacute;\u{202F}! &inconnu;"),
            ("<p>sans fin", "<p>sans fin"),
            ("<b", "<b"),
        ] {
            assert_eq!(french_html(from), to, "{from}");
            assert_eq!(french_html(to), to, "twice: {from}");
        }
    }
}
