//! What the program says in a terminal: in the user's language, one line, with the remedy.

use std::sync::OnceLock;

use parvis_kernel::words::{Lang, Word, Words};

use crate::compose;

/// The language of the terminal: the user's if we speak it, else French.
#[must_use]
pub fn lang() -> Lang {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|v| !v.is_empty())
        .and_then(|v| Lang::parse(&v))
        .unwrap_or_default()
}

/// The words of a key, on one line.
#[must_use]
pub fn line(key: &str, args: &[(&str, &dyn Word)]) -> String {
    line_in(lang(), key, args)
}

/// The same in this language. A path or a column stands in it as it was typed, to be copied: no typography changes its
/// quotes and spaces, and a sign that would move the cursor is a space.
#[must_use]
pub fn line_in(lang: Lang, key: &str, args: &[(&str, &dyn Word)]) -> String {
    static WORDS: OnceLock<Option<Words>> = OnceLock::new();
    let words = WORDS.get_or_init(|| Words::load(&compose::words(&compose::modules()), |_, text| text.to_owned()).ok());
    let text = words.as_ref().map_or_else(|| key.to_owned(), |words| words.with(lang, key, args));
    text.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stands_as_it_was_typed() {
        let file = "/srv/l'été {2025}/{ $said } avis...  « a » \"{\".csv";
        for (lang, end) in [(Lang::Fr, "n’existe pas. Vérifiez"), (Lang::En, "does not exist. Check")] {
            let line = line_in(lang, "cli-no-file", &[("file", &file)]);
            assert!(line.starts_with(&format!("{file} {end}")), "{line}");
        }
        let (column, all) = ("{ $columns }", "{, }, {{ }}, { $column }, \"}\"");
        let line = line_in(Lang::Fr, "cli-set-unknown", &[("column", &column), ("columns", &all)]);
        assert_eq!(line, format!("Le fichier n’a pas de colonne « {column} ». Ses colonnes sont : {all}"));
    }

    #[test]
    fn a_line_stays_one_line_and_moves_no_cursor() {
        let line = line_in(Lang::En, "cli-is-folder", &[("file", &"a\nb\x1b[2Jc")]);
        assert_eq!(line, "a b [2Jc is a folder. Give the path of a file.");
    }

    #[test]
    fn numbers_agree_in_both_languages() {
        for (n, fr, en) in [
            (0_usize, "a.zip : 9 lignes de 4 tables, aucun fichier", "a.zip: 9 rows of 4 tables, no file"),
            (1, "a.zip : 9 lignes de 4 tables, 1 fichier", "a.zip: 9 rows of 4 tables, 1 file"),
            (2, "a.zip : 9 lignes de 4 tables, 2 fichiers", "a.zip: 9 rows of 4 tables, 2 files"),
        ] {
            for (lang, said) in [(Lang::Fr, fr), (Lang::En, en)] {
                let args: [(&str, &dyn Word); 4] =
                    [("file", &"a.zip"), ("rows", &9_u64), ("tables", &4_usize), ("files", &n)];
                assert_eq!(line_in(lang, "cli-backup-done", &args), said);
            }
        }
        let more = |lang, n: u64| line_in(lang, "cli-import-more", &[("n", &n)]);
        assert_eq!(more(Lang::Fr, 1), "… et 1 autre ligne refusée");
        assert_eq!(more(Lang::Fr, 2), "… et 2 autres lignes refusées");
        assert_eq!(more(Lang::En, 1), "… and 1 more refused line");
    }
}
