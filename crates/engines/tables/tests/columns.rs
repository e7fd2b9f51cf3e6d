//! Recognising columns.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod common;

use common::{good, mapping, refused, roles};
use parvis_tables::{Age, Kind, KindName, MappingError, Role, Side, Tag, Why};

#[test]
fn the_consultation_export() {
    let file = "id,kind,section,title,text,votes_ok,votes_nok,votes_mitige,created,gov,parent,stance,votes,author\n\
        o1,proposal,104|Couverture numérique,Titre,Texte,25,72,9,2015-09-26T14:05:04+0200,False,,,,\n\
        a1,argument,104|Couverture numérique,,Contre !,,,,2015-09-26T22:50:16+0200,,o1,against,2,565d\n";
    assert_eq!(
        roles(file),
        [
            "external_id",
            "kind",
            "tag",
            "title",
            "text",
            "votes_for",
            "votes_against",
            "votes_neutral",
            "date",
            "ignored",
            "parent",
            "stance",
            "votes_total",
            "author"
        ]
    );
    let all = good(file.as_bytes());
    assert_eq!(all[0].tags, [Tag { code: Some("104".to_owned()), label: "Couverture numérique".to_owned() }]);
    assert_eq!((all[0].votes_for, all[0].votes_against, all[0].votes_neutral), (Some(25), Some(72), Some(9)));
    assert_eq!(all[1].kind, Kind::Comment { parent: "o1".to_owned(), side: Some(Side::Against) });
    assert_eq!((all[1].votes_total, all[1].author.as_deref(), all[1].title.as_str()), (Some(2), Some("565d"), ""));
}

#[test]
fn decidim_proposals_and_comments() {
    let file = "id;reference;category/id;category/name/en;category/name/fr;scope/id;scope/name/fr;title/en;title/fr;body/fr;author/id;author/name;\
        state;published_at;endorsements/total_count;address;latitude;longitude;url\n\
        12;V-PROP-2021-03-12;3;Mobility;Mobilités;8;Gare;A bench;Un banc;Devant la gare;77;Ana;accepted;2021-03-04 10:11:12 UTC;14;1 place;\
        48.85;2.35;https://exemple.example/12\n";
    let all = good(file.as_bytes());
    let r = &all[0];
    assert_eq!((r.external_id.as_str(), r.title.as_str(), r.text.as_str()), ("12", "Un banc", "Devant la gare"));
    assert_eq!(
        (r.tags[0].label.as_str(), r.area.as_deref(), r.author.as_deref()),
        ("Mobilités", Some("Gare"), Some("Ana"))
    );
    assert_eq!((r.status_word.as_deref(), r.votes_for), (Some("accepted"), Some(14)));
    assert_eq!((r.lat, r.lon, r.url.as_deref()), (Some(48.85), Some(2.35), Some("https://exemple.example/12")));
    assert_eq!(
        r.created.and_then(|m| m.instant()).map(|i| i.to_rfc3339()),
        Some("2021-03-04T10:11:12+00:00".to_owned())
    );
    let columns = mapping(file.as_bytes());
    assert_eq!(columns.columns()[7].why, Why::Taken(Role::Title));
    assert_eq!(columns.columns()[1].why, Why::Taken(Role::ExternalId));

    let comments = "id;created_at;body;locale;author/id;author/name;alignment;depth;commentable_id\n\
        1;2021-03-04 10:11:12 UTC;Oui;fr;7;Ana;1;0;12\n2;2021-03-04 10:12:12 UTC;Bof;fr;8;Ali;0;0;12\n";
    let all = good(comments.as_bytes());
    assert_eq!(all[0].kind, Kind::Comment { parent: "12".to_owned(), side: Some(Side::For) });
    assert_eq!(all[1].kind, Kind::Comment { parent: "12".to_owned(), side: None });
    assert_eq!(all[0].language.as_deref(), Some("fr"));
    assert_eq!(all[0].external_id, "comment:1", "comments are counted apart from proposals");

    let typed = "id;body;commentable_id;commentable_type\n1;<p>Oui</p><p>à tout</p>;1;Decidim::Proposals::Proposal\n\
        2;Non;1;Decidim::Comments::Comment\n";
    let all = good(typed.as_bytes());
    let parent = |i: usize| match &all[i].kind {
        Kind::Comment { parent, .. } => parent.as_str(),
        Kind::Idea => "",
    };
    assert_eq!((parent(0), parent(1)), ("1", "comment:1"));
    assert_eq!(all[0].text, "Oui\n\nà tout");
}

#[test]
fn what_decidim_does_not_show() {
    let head = "id;title/fr;body/fr;published_at;created_at;is_amend;withdrawn;withdrawn_at\n";
    let rows = "1;a;b;2025-01-02;2025-01-01;false;;\n2;a;b;2025-01-02;2025-01-01;false;true;\n\
        3;a;b;2025-01-02;2025-01-01;false;false;2025-02-01\n4;a;b;2025-01-02;2025-01-01;TRUE;;\n5;a;b;;2025-01-01;false;;\n";
    let refused: Vec<_> = refused(format!("{head}{rows}").as_bytes()).into_iter().map(|(c, l, _)| (c, l)).collect();
    assert_eq!(
        refused,
        [("withdrawn", Some(3)), ("withdrawn", Some(4)), ("amendment", Some(5)), ("not_published", Some(6))]
    );
    // Elsewhere, an empty date is a date that nobody knows.
    assert_eq!(good(b"id;titre;texte;published_at;created_at\n1;a;b;;2025-01-01\n").len(), 1);
    assert_eq!(good(b"id;titre;texte;withdrawn;is_amend\n1;a;b;non;0\n").len(), 1);
}

#[test]
fn decidims_votes_and_not_its_endorsements() {
    let supports = |head: &str, row: &str| {
        let all = good(format!("id;title/fr;body/fr;{head}\n1;a;b;{row}\n").as_bytes());
        all[0].votes_for.or(all[0].votes_total)
    };
    assert_eq!(supports("votes;endorsements/total_count", "90;0"), Some(90));
    assert_eq!(supports("endorsements/total_count;votes", "7;90"), Some(90));
    assert_eq!(supports("votes;endorsements/total_count", "0;7"), Some(7), "nobody votes there");
    assert_eq!(supports("supports;endorsements/total_count", "90;7"), Some(90));
    assert_eq!(supports("endorsements/total_count", "7"), Some(7));
    let columns = mapping(b"id;body/fr;votes;endorsements/total_count\n1;b;90;0\n");
    assert_eq!(columns.columns()[3].why, Why::Taken(Role::VotesTotal));
}

#[test]
fn official_answers() {
    let file = "id;title/fr;body/fr;state;answer/en;answer/fr;answered_at;state_published_at;is_amend\n\
        1;a;b;accepted;Yes;<p>Oui</p>;2025-03-02 10:00:00 UTC;2025-03-03;false\n2;a;b;;Yes;Oui;2025-03-02;;false\n";
    let all = good(file.as_bytes());
    assert_eq!(all[0].answer.as_deref(), Some("Oui"));
    assert!(all[0].answered.is_some_and(|m| m.has_time));
    assert_eq!(all[1].answer, None, "an answer that Decidim does not show yet");
    assert_eq!(roles("Titre;Texte;Réponse de la mairie\na;b;c\n"), ["title", "text", "answer"]);
    assert_eq!(roles("titre;texte;reponse;repondu_le\na;b;c;2025-01-02\n"), ["title", "text", "answer", "answered_at"]);
    assert_eq!(roles("Date;Réponse\n2025-01-02;b\n"), ["date", "text"], "of a survey");
}

#[test]
fn consul() {
    let file = "id,title,description,summary,author,cached_votes_up,cached_votes_down,created_at,geozone,tags\n\
        5,Un parc,Long texte,Court,marie,\"1 204\",3,2020-01-02 03:04:05,Nord,\"Nature, Sport\"\n";
    assert_eq!(
        roles(file),
        ["external_id", "title", "text", "ignored", "author", "votes_for", "votes_against", "date", "area", "tag"]
    );
    let all = good(file.as_bytes());
    assert_eq!(all[0].votes_for, Some(1204));
    assert_eq!(all[0].tags.iter().map(|t| t.label.as_str()).collect::<Vec<_>>(), ["Nature", "Sport"]);
}

#[test]
fn french_office_files() {
    let file = "N°;NOM;Prénom;Courriel;Tranche d'âge;Quartier de résidence;Rubrique;Titre de la proposition;Contribution;Date de dépôt;Soutiens\n\
        1;PERRIN;Suzanne;Suzanne@Courriel.example;65 ans et plus;Gare;Vélo;Des arceaux;Devant l'école;26/09/2015 14:05;12\n";
    let all = good(file.as_bytes());
    let r = &all[0];
    assert_eq!((r.external_id.as_str(), r.author.as_deref()), ("1", Some("Suzanne PERRIN")));
    assert_eq!(r.email.as_deref(), Some("suzanne@courriel.example"));
    assert_eq!(r.age, Some(Age::Group("65 ans et plus".to_owned())));
    assert_eq!((r.area.as_deref(), r.tags[0].label.as_str(), r.votes_for), (Some("Gare"), "Vélo", Some(12)));
    assert_eq!(roles("Proposition;Description\na;b\n"), ["title", "text"]);
    assert_eq!(roles("Proposition;Auteur\na;b\n"), ["text", "author"]);
    assert_eq!(roles("Avis;Commentaire\npour;b\n"), ["stance", "text"]);
    assert_eq!(roles("Type;Texte\nMobilité;b\n"), ["tag", "text"]);
    assert_eq!(
        roles("Date (jj/mm/aaaa);Texte\n31/12/2025;a\n31/02/2025;b\n"),
        ["date", "text"],
        "one wrong day hides nothing"
    );
    assert_eq!(roles("Date de naissance;Texte\n01/02/1990;b\n"), ["ignored", "text"]);
}

#[test]
fn by_content_when_the_headers_say_nothing() {
    let file = "q1;q2;q3;q4\n26/09/2015 14:05;ana@exemple.example;25-34 ans;Il faudrait vraiment plus de bancs à l'ombre dans le parc\n";
    assert_eq!(roles(file), ["date", "email", "age", "text"]);
    assert!(mapping(file.as_bytes()).columns().iter().all(|c| c.why == Why::Content));
    assert_eq!(good(file.as_bytes())[0].title, "Il faudrait vraiment plus de bancs à l'ombre dans le parc");
}

#[test]
fn forbidden_columns_are_never_read() {
    let mut mapping = mapping("Texte;Religion;Opinion politique\na;b;c\n".as_bytes());
    assert_eq!(mapping.columns()[1].why, Why::Forbidden);
    assert_eq!(mapping.set("religion", Role::Tag), Err(MappingError::ForbiddenColumn("Religion".to_owned())));
    assert_eq!(mapping.set("Religion", Role::Ignored), Ok(()));
    assert_eq!(mapping.columns()[2].why, Why::Forbidden);
}

#[test]
fn the_caller_may_correct() {
    let file = "Texte;Libellé;Genre\na;b;Brève\n".as_bytes();
    let mut mapping = mapping(file);
    mapping.set("libelle", Role::Text).unwrap();
    assert_eq!(mapping.position(Role::Text), Some(1));
    assert_eq!(mapping.columns()[0].why, Why::Taken(Role::Text));
    assert_eq!(mapping.set("absente", Role::Text), Err(MappingError::UnknownColumn("absente".to_owned())));
    assert!(mapping.set_at(9, Role::Text).is_err());
    mapping.set("Genre", Role::Kind).unwrap();
    let limits = parvis_tables::Limits::default();
    let refused = parvis_tables::records(file, &mapping, &limits).next().unwrap().unwrap_err();
    assert_eq!((refused.code.as_str(), refused.value.as_deref()), ("unknown_kind", Some("Brève")));
    mapping.set_kind("BREVE", KindName::Idea);
    assert_eq!(parvis_tables::records(file, &mapping, &limits).next().unwrap().unwrap().text, "b");
    mapping.set("libelle", Role::Ignored).unwrap();
    assert!(!mapping.has_text());
    let refused = parvis_tables::records(file, &mapping, &limits).next().unwrap().unwrap_err();
    assert_eq!(refused.code.as_str(), "no_text_column");
    let other = parvis_tables::records(&b"x;y\n1;2\n"[..], &mapping, &limits).next().unwrap().unwrap_err();
    assert_eq!(other.code.as_str(), "headers_changed");
}

#[test]
fn roles_have_stable_names() {
    for role in Role::ALL {
        assert_eq!(Role::from_name(role.as_str()), Some(*role));
    }
    assert_eq!(refused(b"titre\na\n"), []);
}

#[test]
fn what_a_comment_is_about_under_the_titles_of_office_files() {
    for about in ["idée n°", "Idée N°", "n° de l'idée", "N° idée", "numéro de l’idée", "ID idée", "Idea number"]
    {
        let file = format!("id;{about};commentaire;auteur;date\nc1;i1;Bien vu.;Léa;2026-03-02\n");
        assert_eq!(roles(&file), ["external_id", "parent", "text", "author", "date"], "{about}");
        assert_eq!(good(file.as_bytes())[0].kind, Kind::Comment { parent: "i1".to_owned(), side: None }, "{about}");
        // Alone, it is the number of the idea itself.
        let ideas = format!("{about};titre;texte\ni1;Un banc;Devant la gare.\n");
        assert_eq!(roles(&ideas), ["external_id", "title", "text"], "{about}");
    }
}
