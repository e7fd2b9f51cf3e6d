use proptest::prelude::*;

use super::*;

/// Words that towns list, in both languages.
const LISTED: &str = "con\nconnard\nconne\npute\nsalope\nenculé\nfils de pute\nnique ta mère\nmerde\npédé\npd\nbite\ncul\nabruti\n\
                      débile\nsale race\nass\ncunt\nfuck\nshit\nbastard\npuss\nbougnoule\nillico\n1488\n88";

fn words(text: &str) -> Vec<String> {
    WordList::parse(LISTED).find(text).into_iter().map(|h| h.word).collect()
}

#[test]
fn each_disguise_is_seen_through() {
    for (text, word) in [
        ("Quel con !", "con"),
        ("QUEL CON", "con"),
        ("cön", "con"),
        ("co\u{301}n", "con"),
        ("c0n", "con"),
        ("c o n", "con"),
        ("c.o.n", "con"),
        ("C-O-N", "con"),
        ("c _ o _ n", "con"),
        ("c 0 n", "con"),
        ("c/o n", "con"),
        ("connnn", "con"),
        ("conn", "con"),
        ("coooon", "con"),
        ("c ooo n", "con"),
        ("c\u{200b}o\u{200d}n", "con"),
        ("c\u{ad}on", "con"),
        ("ｃｏｎ", "con"),
        ("𝐜𝐨𝐧", "con"),
        ("il y a c o n", "con"),
        ("à c o n", "con"),
        ("la vitamine C c.o.n", "con"),
        ("p3d3", "pédé"),
        ("PÉDÉ", "pédé"),
        ("m3rd3", "merde"),
        ("$hit", "shit"),
        ("5hit", "shit"),
        ("@ss", "ass"),
        ("@$$", "ass"),
        ("4ss", "ass"),
        ("n1que t@ m3re", "nique ta mère"),
        ("i11ico", "illico"),
        ("1llico", "illico"),
        ("fi1s de pute", "fils de pute"),
        ("FILS... DE\nPUTE", "fils de pute"),
        ("f i l s d e p u t e", "fils de pute"),
        ("fils de p.u.t.e", "fils de pute"),
        ("encule", "enculé"),
        ("enculée", "enculé"),
        ("p u 7 3", "pute"),
        ("1488", "1488"),
        ("P.D.", "pd"),
        ("me.r.d.e", "merde"),
        ("quel c-o-nn-a-r-d !", "connard"),
        ("s.al.o.p.e", "salope"),
        ("m.3.r.de", "merde"),
    ] {
        assert_eq!(words(text), [word], "{text:?}");
    }
}

#[test]
fn no_word_is_found_inside_another_or_across_two() {
    for text in [
        "Scunthorpe",
        "Penistone",
        "classe",
        "assistance",
        "concours",
        "cons",
        "icône",
        "bonbon",
        "balcon",
        "député",
        "réputé",
        "la pu te",
        "culture",
        "recul",
        "arbitre",
        "merdeux",
        "bitume",
        "Cockburn",
        "passé",
        "le bac on ferme",
        "c on",
        "co n",
        "une salle race",
        "la sale trace",
        "la race sale",
        "R.A.T.P.",
        "la mer.de glace",
        "x.m.er.d.e",
        "m.er.d.e.s",
        "m.e r.de",
        "c’on",
        "S.C.O.N.E.",
        "O.N.U.",
        "l’accès",
        "a b c d e",
        "4 5 5",
        "45 5",
        "455 habitants",
        "100$",
        "1 4 8 8 voix",
        "188",
        "c’est on ne peut mieux",
        "fils de la nuit",
        "3, 5, 5",
        "Coon",
        "",
        "…",
        "\u{200b}",
        "👩‍🚒",
    ] {
        assert_eq!(words(text), Vec::<String>::new(), "{text:?}");
    }
}

#[test]
fn hits_say_where_they_stand() {
    let text = "Ce « c.o.n » de maire, quel CÖNNN et fils de pute.";
    let hits = WordList::parse(LISTED).find(text);
    let found: Vec<&str> = hits.iter().map(|h| text.get(h.at.clone()).unwrap()).collect();
    assert_eq!(found, ["c.o.n", "CÖNNN", "fils de pute"]);
    let pieces = pieces(text, &hits);
    assert_eq!(pieces.iter().map(|(t, _)| t.as_str()).collect::<String>(), text, "nothing is lost");
    assert_eq!(pieces.iter().filter(|(_, w)| w.is_some()).count(), 3);
    assert_eq!(super::pieces("rien", &[]), [("rien".to_owned(), None)]);
}

#[test]
fn lists_are_read_line_by_line() {
    let list = WordList::parse("  Con \n\n…\nfils  de pute\nc.u.l\n");
    assert_eq!(list.len(), 3);
    assert_eq!(list.find("cul CON").iter().map(|h| h.word.as_str()).collect::<Vec<_>>(), ["c.u.l", "Con"]);
    assert!(WordList::parse(" \n!\n").is_empty() && WordList::default().find("con").is_empty());
}

/// The texts of the demo: 2,000 lines of what people really write to a town.
#[test]
fn no_innocent_text_is_held() {
    let corpus = [
        include_str!("../../../../../server/demo/rivemont.toml"),
        include_str!("../../../../../server/demo/deplacer.toml"),
        include_str!("../../../../../server/demo/ecole.toml"),
        include_str!("../../../../../server/demo/town.toml"),
    ];
    let list = WordList::parse(LISTED);
    let mut words = 0;
    for line in corpus.into_iter().flat_map(str::lines) {
        words += line.split_whitespace().count();
        assert_eq!(list.find(line), [], "{line}");
    }
    assert!(words > 30_000, "{words} words");
}

fn disguised(word: &str, picks: &[u8], sign: &str) -> String {
    let mut out = String::new();
    for (i, c) in word.chars().enumerate() {
        let pick = picks.get(i % picks.len()).copied().unwrap_or(0);
        let as_digit = match c {
            'o' => '0',
            'e' | 'é' => '3',
            'a' => '4',
            's' => '5',
            't' => '7',
            'i' | 'l' => '1',
            other => other,
        };
        let written = match pick % 5 {
            // A word made of digits alone is a number: the first letter that can stays one.
            1 if i > 0 || as_digit == c => as_digit,
            2 => c.to_uppercase().next().unwrap_or(c),
            _ => c,
        };
        if i > 0 {
            out.push_str(sign);
        }
        for _ in 0..if pick % 7 == 6 { 4 } else { 1 } {
            out.push(written);
        }
        if pick % 3 == 1 {
            out.push(if pick % 2 == 0 { '\u{200b}' } else { '\u{301}' });
        }
    }
    out
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in "\\PC*") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn a_listed_word_is_found_however_it_is_written(
        n in 0_usize..24,
        picks in proptest::collection::vec(any::<u8>(), 1..12),
        sign in proptest::sample::select(vec!["", " ", ".", "-", " * ", "\u{200b}", "_", " . "]),
        before in proptest::sample::select(vec!["", "Quel ", "« ", "(oui) ", "Il y a "]),
        after in proptest::sample::select(vec!["", " !", " ou bien", ", voilà"]),
    ) {
        let list = WordList::parse(LISTED);
        let Some(entry) = list.entries.get(n).filter(|e| e.shown.chars().all(|c| c.is_alphabetic() || c == ' ')) else {
            return Ok(());
        };
        // An expression keeps its spaces; its letters are written apart by signs without any.
        let sign = if entry.shown.contains(' ') { sign.trim() } else { sign };
        let words: Vec<String> = entry.shown.split(' ').map(|w| disguised(w, &picks, sign)).collect();
        let text = format!("{before}{}{after}", words.join(" "));
        let hits = list.find(&text);
        prop_assert!(!hits.is_empty(), "{text:?} hides {}", entry.shown);
    }

    #[test]
    fn looking_never_fails_and_stays_inside_the_text(text in "\\PC*", list in "\\PC*") {
        for hit in WordList::parse(&list).find(&text) {
            prop_assert!(text.get(hit.at).is_some());
        }
    }

    #[test]
    fn a_longer_word_is_another_word(n in 0_usize..24, before in "[b-df-hj-km-np-rv-z]{1,4}") {
        let list = WordList::parse(LISTED);
        if let Some(entry) = list.entries.get(n).filter(|e| e.words.len() == 1 && e.joined.len() > 2) {
            let longer = format!("{before}q{}", entry.shown);
            prop_assert!(list.find(&longer).is_empty(), "{longer}");
        }
    }
}
