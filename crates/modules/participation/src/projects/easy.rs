//! The summary that is easy to read: few sentences, and whether readers concerned read it again.
//!
//! The European rules of easy-to-read information ask for one idea a sentence, short texts, and readers concerned who
//! read it again: only then a text is called easy to read.

/// Sentences at most.
pub const MOST: usize = 5;

/// How many sentences a text holds: each line holds one at least, and a full stop, a question or exclamation mark or an
/// ellipsis ends one. What ends an abbreviation of two letters at most ("M.", "n.") does not, unless the line ends there.
#[must_use]
pub fn sentences(text: &str) -> usize {
    text.lines().map(in_line).sum()
}

fn in_line(line: &str) -> usize {
    let mut found = 0;
    let mut open = false;
    for word in line.split_whitespace().filter(|word| *word != "-") {
        let bare = word.trim_end_matches(['»', '"', '”', ')', '’']);
        let ends = bare.ends_with(['.', '!', '?', '…']);
        let letters = bare.chars().filter(|c| c.is_alphanumeric()).count();
        // A mark alone, after the space that French wants, ends what came before it.
        let mark = letters == 0;
        if ends && (letters > 2 || (mark && open)) {
            found += 1;
            open = false;
        } else if !mark {
            open = true;
        }
    }
    found + usize::from(open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_counted_by_lines_and_by_what_ends_them() {
        for (text, n) in [
            ("", 0),
            ("  \n\n", 0),
            ("Dites ce qui vous aide", 1),
            ("Dites ce qui vous aide.", 1),
            ("Dites ce qui vous aide. Dites aussi ce qui vous gêne.", 2),
            ("Qui répond ? La mairie ! « Toujours. » Bientôt…", 4),
            ("Un\nDeux.\nTrois", 3),
            ("- Un tiret devant.\n- Un autre.", 2),
            ("M. Dupont répond. Il a le n. 12.", 2),
            ("Le budget est de 3.5 millions.", 1),
            ("Vraiment ?! Oui.", 2),
        ] {
            assert_eq!(sentences(text), n, "{text}");
        }
    }
}
