use super::*;
use crate::drawing::tests::{COLOURS, MARK, SCENE};

const ADDRESS: &str = "https://participez.rivemont.example/i/k7m2xq";

fn poster() -> Poster<'static> {
    Poster {
        lang: "fr",
        site: "Rivemont demain",
        tagline: "La liste citoyenne à votre écoute",
        question: "Que changeriez-vous pour mieux vous déplacer à Rivemont\u{202f}?",
        lead: "Bus, vélo, marche, voiture\u{a0}: dites ce qui manque. Nous répondons à chaque idée sous 14 jours.",
        place: "Quartier de la Gare",
        call: "Photographiez ce code",
        how: "Écrivez votre idée en une minute. Sans compte, avec ou sans nom.",
        or: "Ou tapez cette adresse\u{a0}:",
        address: ADDRESS,
        code_words: "Code à photographier, qui ouvre l’adresse écrite à côté",
        strip_words: "Dix languettes à détacher, avec le même code et la même adresse",
        foot: "Rivemont demain, 3 place du Marché, 00000 Rivemont. 01 23 45 67 89",
        mark: MARK,
        scene: SCENE,
        colours: COLOURS,
    }
}

/// What a reader sees of the file's structure: krilla writes it in plain, with content streams compressed.
fn structure(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn each_sheet_is_a_tagged_pdf() {
    for (sheet, size) in [(Sheet::A4, "595.276"), (Sheet::A3, "841.8"), (Sheet::TearOff, "595.276")] {
        let bytes = make(sheet, &poster()).unwrap();
        if let Some(folder) = std::env::var_os("PARVIS_SHOW") {
            std::fs::write(std::path::Path::new(&folder).join(format!("{sheet:?}.pdf")), &bytes).unwrap();
        }
        let file = structure(&bytes);
        assert!(file.starts_with("%PDF-1.7") && file.contains(size), "{sheet:?}");
        for part in
            ["/MarkInfo", "/Marked true", "/StructTreeRoot", "/DisplayDocTitle true", "/Outlines", "pdfuaid:part"]
        {
            assert!(file.contains(part), "{sheet:?}: {part}");
        }
        for tag in ["/S/H1", "/S/H2", "/S/P", "/S/Figure", "/S/Link"] {
            assert!(file.contains(tag), "{sheet:?}: {tag}");
        }
        assert!(file.contains("/T(Photographiez ce code)"), "a heading says its words");
        assert_eq!(file.matches("/Alt<").count(), file.matches("/S/Figure").count(), "each picture has its words");
        assert_eq!(file.matches("/S/Figure").count(), if sheet == Sheet::TearOff { 2 } else { 1 });
        assert!(file.contains(&format!("/URI({ADDRESS})")), "the address can be followed");
    }
}

#[test]
fn the_title_is_the_question_and_whose_it_is() {
    assert_eq!(
        title(&poster()).unwrap(),
        "Que changeriez-vous pour mieux vous déplacer à Rivemont\u{202f}? – Rivemont demain"
    );
}

#[test]
fn the_same_poster_is_the_same_file() {
    assert_eq!(make(Sheet::A4, &poster()).unwrap(), make(Sheet::A4, &poster()).unwrap());
}

#[test]
fn hostile_and_strange_words_make_a_poster_too() {
    let long = "Très long ".repeat(300);
    let word = "x".repeat(900);
    for text in ["", " ", "\0\u{7}", "🚲🚲🚲", "\u{5d0}\u{5d1}\u{5d2}", "<script>) Tj ET", long.as_str(), word.as_str()]
    {
        let one = Poster {
            tagline: text,
            lead: text,
            place: text,
            call: text,
            how: text,
            or: text,
            foot: text,
            question: text,
            ..poster()
        };
        for sheet in [Sheet::A4, Sheet::TearOff] {
            let made = make(sheet, &one);
            assert!(made.is_ok(), "{text:.20}: {:?}", made.err());
        }
    }
    assert_eq!(make(Sheet::A4, &Poster { address: &word.repeat(5), ..poster() }), Err(Error::TooLong));
    assert!(make(Sheet::A4, &Poster { question: "", site: "", ..poster() }).is_err());
}
