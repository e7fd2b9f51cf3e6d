//! Facts of the instance put into the text of a page.

use parvis_kernel::{
    settings::{Kind, Settings},
    words::Lang,
};

/// What a text may hold between braces, and what its conditional lines depend on.
#[derive(Debug, Clone)]
pub struct Values {
    pairs: Vec<(&'static str, String)>,
    kind: Kind,
}

/// Signs that would change the look of a name in Markdown.
fn plain(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if matches!(c, '*' | '_' | '[' | ']' | '<' | '`' | '\\' | '{' | '}') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
        out
    })
}

/// Where the source is: what the team says of its own version, else what was said when the program was built. Never a
/// guess: the licence promises the source of this very version.
fn source<'a>(settings: &'a Settings, built_with: Option<&'static str>) -> &'a str {
    if settings.source_url.is_empty() { built_with.unwrap_or_default() } else { &settings.source_url }
}

impl Values {
    /// The facts of an instance.
    #[must_use]
    pub fn of(settings: &Settings, lang: Lang) -> Self {
        let address: Vec<&str> = settings.address.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        let town = match (settings.commune.name.as_str(), lang) {
            ("", Lang::Fr) => "la commune".to_owned(),
            ("", Lang::En) => "the town".to_owned(),
            (name, _) => plain(name),
        };
        let pairs = vec![
            ("name", plain(&settings.name)),
            ("commune", town),
            ("address", plain(&address.join(", "))),
            ("telephone", plain(&settings.telephone)),
            ("contact", settings.contact.clone()),
            ("answer_days", settings.answer_days.to_string()),
            ("review_hours", settings.review_hours.to_string()),
            ("source", source(settings, option_env!("PARVIS_SOURCE_URL")).to_owned()),
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ];
        Self { pairs, kind: settings.kind }
    }

    fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(n, _)| *n == name).map_or("", |(_, v)| v)
    }

    /// Whether a line that begins with `@condition` is kept; `None` when that is no condition of ours.
    fn keeps(&self, condition: &str) -> Option<bool> {
        Some(match condition {
            "campaign" => self.kind == Kind::Campaign,
            "town" => self.kind == Kind::TownHall,
            "address" | "telephone" | "contact" | "source" => !self.get(condition).is_empty(),
            "nosource" => self.get("source").is_empty(),
            "silent" => ["address", "telephone", "contact"].iter().all(|n| self.get(n).is_empty()),
            _ => return None,
        })
    }
}

/// Completes a text. `{name}` becomes the name; a line that begins with `@telephone ` is kept only where there is one.
#[must_use]
pub fn fill(text: &str, values: &Values) -> String {
    let mut out = String::with_capacity(text.len() + 200);
    let mut blank = true;
    for line in text.lines() {
        let Some(line) = kept(line, values) else { continue };
        // A line left out takes the empty line after it along.
        if line.is_empty() && blank {
            continue;
        }
        blank = line.is_empty();
        push_filled(&mut out, line, values);
        out.push('\n');
    }
    out
}

fn kept<'a>(mut line: &'a str, values: &Values) -> Option<&'a str> {
    while let Some(after) = line.strip_prefix('@') {
        let (condition, rest) = after.split_once(' ').unwrap_or((after, ""));
        match values.keeps(condition) {
            Some(true) => line = rest,
            Some(false) => return None,
            None => break,
        }
    }
    Some(line)
}

/// One pass: a name that holds `{contact}` stays that name.
fn push_filled(out: &mut String, line: &str, values: &Values) {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let known = after
            .split_once('}')
            .and_then(|(name, tail)| values.pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| (value, tail)));
        match known {
            Some((value, tail)) => {
                out.push_str(value);
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_is_where_it_is_said_to_be_and_nowhere_else() {
        let said = Settings { source_url: "https://code.example/nous".into(), ..Settings::default() };
        assert_eq!(source(&said, Some("https://code.example/tous")), "https://code.example/nous");
        assert_eq!(source(&Settings::default(), Some("https://code.example/tous")), "https://code.example/tous");
        assert_eq!(source(&Settings::default(), None), "");
        let text = "@source - ici : {source}\n@nosource - demandez-le";
        assert_eq!(fill(text, &Values::of(&said, Lang::Fr)).trim(), "- ici : https://code.example/nous");
    }

    fn values(name: &str, telephone: &str) -> Values {
        Values::of(&Settings { name: name.into(), telephone: telephone.into(), ..Settings::default() }, Lang::Fr)
    }

    #[test]
    fn placeholders_and_conditional_lines() {
        let text =
            "# {name}\n\n@telephone Au {telephone}.\n\n@silent Nulle part.\n@town @telephone Mairie.\n{inconnu} {";
        assert_eq!(fill(text, &values("A", "04 00")), "# A\n\nAu 04 00.\n\n{inconnu} {\n");
        assert_eq!(fill(text, &values("A", "")), "# A\n\nNulle part.\n{inconnu} {\n");
    }

    #[test]
    fn a_name_is_not_a_template_nor_markup() {
        let filled = fill("{name}", &values("{contact} *<b>*", ""));
        assert_eq!(filled, "\\{contact\\} \\*\\<b>\\*\n");
    }
}
