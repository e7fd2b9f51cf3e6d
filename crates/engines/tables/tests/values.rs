//! Typed values, identifiers, parents.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod common;

use common::{good, mapping, read, refused};
use parvis_tables::{Age, Ids, Kind, Limits, parse_moment, parse_number, records};

#[test]
fn dates() {
    let read = |text: &str| {
        parse_moment(text).map(|m| format!("{} {:?} {}", m.local, m.offset.map(|o| o.to_string()), m.has_time))
    };
    let with = |date: &str, offset: Option<&str>| Some(format!("{date} {offset:?} true"));
    assert_eq!(read("2015-09-26T14:05:04+02:00"), with("2015-09-26 14:05:04", Some("+02:00")));
    assert_eq!(read("2015-09-26T14:05:04+0200"), with("2015-09-26 14:05:04", Some("+02:00")));
    assert_eq!(read("2015-09-26T14:05:04.250Z"), with("2015-09-26 14:05:04.250", Some("+00:00")));
    assert_eq!(read("2021-03-04 10:11:12 UTC"), with("2021-03-04 10:11:12", Some("+00:00")));
    assert_eq!(read("2015-09-26T14:05:04.123456789-05"), with("2015-09-26 14:05:04.123", Some("-05:00")));
    for text in ["2015-09-26 14:05", "26/09/2015 14:05", "26/09/2015 à 14h05", "26/9/15 14:05:00", "26.09.2015, 14h05"]
    {
        assert_eq!(read(text), with("2015-09-26 14:05:00", None), "{text}");
    }
    assert_eq!(read(" 26/09/2015 "), Some("2015-09-26 00:00:00 None false".to_owned()));
}

#[test]
fn what_is_no_date() {
    for wrong in [
        "31/02/2015",
        "29/02/2015",
        "09/26/2015",
        "26/09/12015",
        "26/09",
        "2015",
        "",
        "hier",
        "26/09/2015 25:00",
        "26/09/2015 14:60",
        "26/09/2015 14:05 +9999",
        "42273",
        "0015-01-01",
        "26/09-2015",
        "2015-09-26T14:05:04+2",
        "2015-09-26 é",
        "26/09/2015é",
    ] {
        assert_eq!(parse_moment(wrong), None, "{wrong}");
    }
}

#[test]
fn numbers() {
    for (text, number) in
        [("1 234,5", 1234.5), ("1\u{202f}234", 1234.0), ("1234", 1234.0), ("-0.5", -0.5), ("\u{2212}2", -2.0)]
    {
        assert_eq!(parse_number(text), Some(number), "{text}");
    }
    for wrong in ["", "abc", "1,2,3", "NaN", "inf", "1e5", "12 votes", "é"] {
        assert_eq!(parse_number(wrong), None, "{wrong}");
    }
}

#[test]
fn each_bad_value_says_its_line_and_column() {
    let file = b"titre;date;votes pour;courriel;latitude;age\n\
        a;31/02/2015;;;;\nb;;douze;;;\nc;;-1;;;\nd;;;jean@courriel;;\ne;;;;95;\nf;;;;;130\ng;;1,5;;;\nh;26/09/2015;3,0;j@c.example;-48,5;17\n";
    let mut mapping = mapping(b"titre;date;votes pour;courriel;latitude;age\n");
    mapping.set("latitude", parvis_tables::Role::Latitude).unwrap();
    let all: Vec<_> = records(&file[..], &mapping, &Limits::default()).collect();
    let bad: Vec<_> = all
        .iter()
        .filter_map(|r| r.as_ref().err())
        .map(|r| (r.code.as_str(), r.line.unwrap(), r.column.as_deref().unwrap()))
        .collect();
    assert_eq!(
        bad,
        [
            ("bad_date", 2, "date"),
            ("bad_number", 3, "votes pour"),
            ("bad_number", 4, "votes pour"),
            ("bad_email", 5, "courriel"),
            ("bad_coordinate", 6, "latitude"),
            ("bad_number", 7, "age"),
            ("bad_number", 8, "votes pour")
        ]
    );
    let last = all.last().unwrap().as_ref().unwrap();
    assert_eq!((last.votes_for, last.lat, &last.age), (Some(3), Some(-48.5), &Some(Age::Years(17))));
    assert_eq!(all[0].as_ref().unwrap_err().value.as_deref(), Some("31/02/2015"));
    assert_eq!(all[0].as_ref().unwrap_err().to_string(), "bad_date (line 2)");
}

#[test]
fn ages() {
    let file = "texte;age\na;34\nb;34 ans\nc;25-34\nd;75+\ne;\n";
    let ages: Vec<_> = good(file.as_bytes()).into_iter().map(|r| r.age).collect();
    let group = |text: &str| Some(Age::Group(text.to_owned()));
    assert_eq!(ages, [Some(Age::Years(34)), Some(Age::Years(34)), group("25-34"), group("75+"), None]);
}

#[test]
fn titles_and_texts() {
    let long = "Il faudrait que la mairie installe davantage de bancs à l'ombre dans le parc, surtout pour les personnes âgées.";
    let file =
        format!("titre;texte;auteur\nSeul;;\n;{long};\n;{};\n;{};\n ; \u{a0};moi\n", "x".repeat(200), "é".repeat(90));
    let all = read(file.as_bytes());
    let titles: Vec<_> = all.iter().flatten().map(|r| r.title.clone()).collect();
    assert_eq!(titles[0], "Seul");
    assert_eq!(titles[1], "Il faudrait que la mairie installe davantage de bancs à l'ombre dans le parc, surtout…");
    assert_eq!(titles[2], format!("{}…", "x".repeat(89)));
    assert_eq!(titles[3], "é".repeat(90), "exactly the longest title is not cut");
    assert!(titles.iter().all(|t| t.chars().count() <= 90));
    let flat = all[4].as_ref().unwrap_err();
    assert_eq!((flat.code.as_str(), flat.line), ("missing_text", Some(6)));
    let family = format!("texte\n{}\n", "👩\u{200d}🌾".repeat(60));
    let title = good(family.as_bytes())[0].title.clone();
    assert!(title.ends_with("🌾…") && title.chars().count() <= 90, "{title}");
}

#[test]
fn identifiers() {
    let file = b"id;titre\n1;a\n1;b\n2;c\n";
    assert_eq!(refused(file), [("duplicate_id", Some(3), Some("id".to_owned()))]);

    let file = "titre;texte;auteur;votes\na;b;moi;1\na;b;moi;2\na;b;toi;1\n;oui;;\n;oui;;\n";
    assert_eq!(refused(file.as_bytes()), [("duplicate_id", Some(3), None)]);
    let ids =
        |file: &str| -> Vec<String> { read(file.as_bytes()).into_iter().flatten().map(|r| r.external_id).collect() };
    let first = ids(file);
    assert_eq!(first, ids(file), "importing twice gives the same identifiers");
    assert_eq!(first, ids(&file.replace(";1\n", ";9\n")), "votes change between two exports");
    assert_eq!(first.len(), 4, "two people may say the same thing");
    assert!(first[0].starts_with("auto-") && first[3] == format!("{}-2", first[2]));
}

#[test]
fn comments_need_a_known_parent() {
    let file = b"id;kind;texte;parent\nc1;comment;avant;i1\ni1;idea;a;\nc2;comment;b;nulle part\nc3;comment;c;\nc4;comment;d;old\n";
    let (mapping, limits) = (mapping(file), Limits::default());
    let mut ids = Ids::scan(&file[..], &mapping, &limits).unwrap();
    ids.insert("old");
    let all: Vec<_> = records(&file[..], &mapping, &limits).checking_parents(ids).collect();
    assert!(all[0].is_ok() && all[1].is_ok() && all[4].is_ok());
    assert_eq!(all[0].as_ref().unwrap().kind, Kind::Comment { parent: "i1".to_owned(), side: None });
    let bad: Vec<_> = all.iter().filter_map(|r| r.as_ref().err()).map(|r| (r.code.as_str(), r.line)).collect();
    assert_eq!(bad, [("unknown_parent", Some(4)), ("missing_parent", Some(5))]);
}

#[test]
fn stances() {
    let file = b"id;texte;parent;stance\n1;a;;\n2;b;1;Pour\n3;c;1;CONTRE\n4;d;1;mitig\xe9\n5;e;1;-1\n";
    let sides: Vec<_> = good(file).into_iter().map(|r| r.kind).collect();
    assert!(
        format!("{sides:?}").matches("For)").count() == 1 && format!("{sides:?}").matches("Against").count() == 2,
        "{sides:?}"
    );
    let mut mapping = mapping(file);
    mapping.set("stance", parvis_tables::Role::Stance).unwrap();
    let wrong = b"id;texte;parent;stance\n2;b;1;violet\n";
    assert_eq!(
        records(&wrong[..], &mapping, &Limits::default()).next().unwrap().unwrap_err().code.as_str(),
        "unknown_stance"
    );
}
