use super::*;

fn fr(text: &str) -> Vec<String> {
    search_terms(text, Language::Fr)
}

fn words(text: &str, language: Language) -> Vec<String> {
    tokens(text, language).into_iter().filter(|t| !t.elided).map(|t| t.word).collect()
}

#[test]
fn search_ignores_accents_case_and_endings() {
    for word in ["velo", "Vélo", "VÉLOS", "ve\u{301}los"] {
        assert_eq!(fr(word), fr("vélos"), "{word}");
        assert_eq!(fr(word).len(), 1);
    }
    assert_eq!(fr("école"), fr("ecoles"));
    assert_eq!(fr("l’hôpital"), fr("hopital"));
    assert_eq!(fr("l'hôpital"), fr("HOPITAL"));
    assert_eq!(fr("rénovée"), fr("renove"));
    assert_eq!(fr("rénovées"), fr("rénover"));
    for (one, many) in [("élu", "élus"), ("lieu", "lieux"), ("travail", "travaux"), ("ami", "amis"), ("eau", "eaux")]
    {
        assert_eq!(fr(one), fr(many));
    }
    assert_eq!(fr("accessibilité"), fr("accessibilites"));
    assert_eq!(fr("les journaux de la sœur"), fr("journal soeur"));
    assert_eq!(search_terms("estación", Language::Es), search_terms("estaciones", Language::Es));
    assert_eq!(search_terms("Straße", Language::De), search_terms("strassen", Language::De));
    assert_eq!(search_terms("dell’università", Language::It), search_terms("universita", Language::It));
    assert_eq!(search_terms("fietspaden", Language::Nl).len(), 1);
    assert_eq!(search_terms("the town's schools", Language::En), search_terms("town school", Language::En));
}

#[test]
fn french_elisions_split_and_fixed_words_stay() {
    assert_eq!(words("L’école qu’on aime aujourd'hui", Language::Fr), ["école", "on", "aime", "aujourd'hui"]);
    assert_eq!(words("jusqu'à lorsqu’elle puisqu'il", Language::Fr), ["elle", "il"]);
    assert_eq!(words("les prud’hommes", Language::Fr), ["les", "prud'hommes"]);
    assert_eq!(words("l'acqua dell’università", Language::It), ["acqua", "università"]);
    assert_eq!(words("we don’t like the mayor's car", Language::En), ["we", "don't", "like", "the", "mayor", "car"]);
}

#[test]
fn addresses_and_numbers_are_no_words() {
    let text =
        "Voir (https://exemple.fr/vélo?a=b) ou www.ville.fr/x, écrire à anne.martin@ville.fr avant le 12/03/2024 : 4G";
    assert_eq!(words(text, Language::Fr), ["voir", "ou", "écrire", "avant", "le", "4g"]);
    assert_eq!(words("centre-ville", Language::Fr), ["centre", "ville"]);
    assert_eq!(words("data.gouv.fr", Language::Fr), ["data", "gouv", "fr"]);
}

#[test]
fn tokens_point_into_the_text() {
    let text = "🚲 L’e\u{301}cole\0 du مرحبا\u{ad}x ½";
    for t in tokens(text, Language::Fr) {
        assert!(text.get(t.start..t.end).is_some(), "{t:?}");
    }
    assert!(tokens(&"a".repeat(100_000), Language::Fr).is_empty());
    assert!(tokens(&"a@".repeat(50_000), Language::Fr).len() <= 50_000);
    assert!(tokens("", Language::Fr).is_empty());
}

#[test]
fn an_accent_left_out_does_not_hide_a_stop_word() {
    assert_eq!(Words::of(Language::Fr).class("meme"), Class::Function);
    assert_eq!(Words::of(Language::Fr).class("tres"), Class::Filler);
    assert_eq!(Words::of(Language::Fr).class("maïs"), Class::Content);
    assert_eq!(Words::of(Language::Fr).class("librement"), Class::Generic);
    assert_eq!(Words::of(Language::Fr).class("stationnement"), Class::Content);
}

#[test]
fn languages_read_their_tags() {
    assert_eq!(Language::from_code("fr-CA"), Some(Language::Fr));
    assert_eq!("NL".parse(), Ok(Language::Nl));
    assert_eq!("pl".parse::<Language>(), Err(UnknownLanguage("pl".into())));
    for l in Language::ALL {
        assert_eq!(Language::from_code(l.code()), Some(l));
        assert!(Words::of(l).class(if l == Language::De { "und" } else { "per" }) != Class::Generic);
    }
}

#[test]
fn fold_is_idempotent() {
    for s in ["L’Été", "ŒUVRE", "Straße", "İstanbul", "ﬁn", "Ångström", "🚲"] {
        assert_eq!(fold(&fold(s)), fold(s));
    }
}
