//! The files that people have, as they have them: the desk's screen and the command line store the same of each, and
//! nothing twice.

use std::{
    io::{Cursor, Write},
    path::Path,
};

use axum::body::Body;
use chrono::{DateTime, SecondsFormat, Utc};
use parvis::commands::import::{self, ImportArgs};
use parvis_kernel::{args, db, jobs, permission::Role};
use parvis_testing::engines;
use sea_orm::FromQueryResult;
use uuid::Uuid;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::support::{Browser, Site};

/// A file, the address of the project it goes to, and what is stored there once it was imported.
struct Brought {
    name: &'static str,
    project: &'static str,
    bytes: Vec<u8>,
    rows: &'static [&'static str],
}

/// As the administrators of Decidim download their proposals.
const DECIDIM: &str = "\
id;category/id;category/name/fr;scope/id;scope/name/fr;participatory_space/id;participatory_space/url;component/id;title/fr;\
body/fr;address;latitude;longitude;state;reference;answer/fr;answered_at;votes;endorsements/total_count;\
endorsements/user_endorsements;comments;attachments;followers;published_at;url;meeting_urls;related_proposals;is_amend;\
original_proposal/title;original_proposal/url;withdrawn;withdrawn_at;created_at;updated_at;author/id;author/name;author/url
12;3;Mobilités;7;Quartier Gare;4;https://decidim.example/processes/velo;9;Un banc devant l’école;\
<p>Les parents attendent debout.</p><p>À l’ombre, si possible.</p>;3 rue du Port;48.8588;2.3470;accepted;RV-PROP-12;\
<p>Il sera posé en mai.</p>;2025-03-02 10:00:00 UTC;41;2;Ana Diallo;2;0;5;2025-01-14 08:30:00 UTC;\
https://decidim.example/proposals/12;;;false;;;false;;2025-01-13 21:05:00 UTC;2025-03-02 10:00:00 UTC;77;Léa Marchand;\
https://decidim.example/profiles/lea
13;;;;;4;https://decidim.example/processes/velo;9;Un parc;\"Des arbres ; et \"\"de l'ombre\"\" l'été.\";;;;;RV-PROP-13;;;7;0;;0;0;\
1;2025-01-15 08:30:00 UTC;https://decidim.example/proposals/13;;;false;;;false;;2025-01-14 09:00:00 UTC;\
2025-01-14 09:00:00 UTC;78;Marc Petit;https://decidim.example/profiles/marc
14;;;;;4;https://decidim.example/processes/velo;9;Retirée;Par son auteur;;;;;RV-PROP-14;;;1;0;;0;0;1;2025-01-15 08:30:00 UTC;\
https://decidim.example/proposals/14;;;false;;;true;2025-01-16 08:30:00 UTC;2025-01-14 09:00:00 UTC;2025-01-14 09:00:00 UTC;\
78;Marc Petit;https://decidim.example/profiles/marc
";

/// And the comments on them, in a file of their own.
const DECIDIM_COMMENTS: &str = "\
id;created_at;body;locale;author/id;author/name;alignment;depth;user_group/id;user_group/name;commentable_id;commentable_type;\
root_commentable_url
12;2025-01-15 07:00:00 UTC;Très bonne idée;fr;79;Ana Diallo;1;0;;;12;Decidim::Proposals::Proposal;https://decidim.example/proposals/12
13;2025-01-16 07:00:00 UTC;Avec un dossier ?;fr;78;Marc Petit;0;1;;;12;Decidim::Comments::Comment;https://decidim.example/proposals/12
";

const CONSUL: &str = "\
id,title,description,summary,author,cached_votes_up,cached_votes_down,comments_count,created_at,geozone,tags,video_url
5,Un parc,\"<p>Des arbres,<br>de l&#39;ombre</p>\",Court,Marie Renard,\"1 204\",3,2,2020-01-02 03:04:05,Nord,\"Nature, Sport\",
6,Une fontaine,Près de la halle,,u12345,0,0,0,2020-07-02 03:04:05,,,
";

const OFFICE: &str = "\
N°;NOM;Prénom;Tranche d'âge;Quartier de résidence;Rubrique;Titre de la proposition;Contribution;Date de dépôt;Soutiens
1;PERRIN;Suzanne;65 ans et plus;Gare;Vélo;Des arceaux à 50 €;Devant l’école, au cœur du bourg – en mai;26/09/2015 14:05;12
2;;;;;;;Un parc pour les œuvres d’élèves;03/05/2026;
3;PETIT;Marc;;;;Faux jour;Un texte;31/02/2026;
";

/// As a French office saves it: what Windows-1252 has between 0x80 and 0x9F, and Latin-1.
fn windows_1252(text: &str) -> Vec<u8> {
    let byte = |c| match c {
        '€' => 0x80,
        '’' => 0x92,
        '–' => 0x96,
        'œ' => 0x9c,
        '\n' => b'\n',
        c => u8::try_from(u32::from(c)).unwrap(),
    };
    text.chars().map(byte).collect()
}

/// A cell: text, or a number with the format of a date, or without any.
enum Cell {
    T(&'static str),
    Day(f64),
    N(f64),
}
use Cell::{Day, N, T};

/// A workbook: a title over the table, two joined rows of header, dates as numbers.
fn workbook() -> Vec<u8> {
    let rows: [(u32, Vec<Cell>); 6] = [
        (1, vec![T("Avis reçus en 2025")]),
        (3, vec![T("N°"), T("Dépôt"), T(""), T("Auteur"), T(""), T("Texte"), T("Rubrique"), T("Soutiens")]),
        (4, vec![T(""), T("Date"), T("Heure"), T("Nom"), T("Prénom"), T(""), T(""), T("")]),
        (
            5,
            vec![
                N(1.0),
                Day(46022.0),
                T(""),
                T("Perrin"),
                T("Léa"),
                T("Un banc&#10;devant l’école"),
                T("Voirie"),
                N(12.0),
            ],
        ),
        (6, vec![N(2.0), Day(46022.5), T(""), T(""), T(""), T("Un parc"), T("Voirie"), N(0.0)]),
        (8, vec![N(3.0), N(45992.0), T(""), T("Petit"), T("Marc"), T("Une fontaine"), T(""), T("")]),
    ];
    let cell = |at: u32, (cell, column): (&Cell, char)| match cell {
        T("") => String::new(),
        T(text) => format!(r#"<c r="{column}{at}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#),
        Day(n) => format!(r#"<c r="{column}{at}" s="1"><v>{n}</v></c>"#),
        N(n) => format!(r#"<c r="{column}{at}"><v>{n}</v></c>"#),
    };
    let row = |(at, cells): &(u32, Vec<Cell>)| {
        let cells: String = cells.iter().zip('A'..).map(|one| cell(*at, one)).collect();
        format!(r#"<row r="{at}">{cells}</row>"#)
    };
    let joined: String = ["A1:H1", "A3:A4", "B3:C3", "D3:E3", "F3:F4", "G3:G4", "H3:H4"]
        .iter()
        .map(|cells| format!(r#"<mergeCell ref="{cells}"/>"#))
        .collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        ("[Content_Types].xml", format!(r#"<Types xmlns="{package}/content-types"></Types>"#)),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Avis" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                r#"<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                r#"<worksheet xmlns="{main}"><sheetData>{}</sheetData><mergeCells count="7">{joined}</mergeCells></worksheet>"#,
                rows.iter().map(row).collect::<String>()
            ),
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(format!("<?xml version=\"1.0\"?>{text}").as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The files, in the order in which they are brought.
fn files() -> [Brought; 5] {
    [
        Brought {
            name: "decidim-propositions.csv",
            project: "decidim-propositions",
            bytes: DECIDIM.into(),
            rows: &[
                "12 [] Un banc devant l’école | Les parents attendent debout.\n\nÀ l’ombre, si possible. | Léa Marchand | \
                 2025-01-13T21:05:00Z | Mobilités | 3 rue du Port | +41 -0 | accepted | Il sera posé en mai.",
                "13 [] Un parc | Des arbres ; et \"de l'ombre\" l'été. | Marc Petit | 2025-01-14T09:00:00Z |  |  | +7 -0 | \
                 proposed | ",
            ],
        },
        Brought {
            name: "decidim-commentaires.csv",
            project: "decidim-propositions",
            bytes: DECIDIM_COMMENTS.into(),
            rows: &[
                "12 [] Un banc devant l’école | Les parents attendent debout.\n\nÀ l’ombre, si possible. | Léa Marchand | \
                 2025-01-13T21:05:00Z | Mobilités | 3 rue du Port | +41 -0 | accepted | Il sera posé en mai.",
                "13 [] Un parc | Des arbres ; et \"de l'ombre\" l'été. | Marc Petit | 2025-01-14T09:00:00Z |  |  | +7 -0 | \
                 proposed | ",
                "comment:12 [12]  | Très bonne idée | Ana Diallo | 2025-01-15T07:00:00Z |  |  | +0 -0 | proposed | ",
                "comment:13 [comment:12]  | Avec un dossier ? | Marc Petit | 2025-01-16T07:00:00Z |  |  | +0 -0 | proposed | ",
            ],
        },
        Brought {
            name: "consul.csv",
            project: "consul",
            bytes: CONSUL.into(),
            rows: &[
                "5 [] Un parc | Des arbres,\nde l'ombre | Marie Renard | 2020-01-02T02:04:05Z | Nature | Nord | +1204 -3 | proposed | ",
                // A pseudonym is no name to show.
                "6 [] Une fontaine | Près de la halle |  | 2020-07-02T01:04:05Z |  |  | +0 -0 | proposed | ",
            ],
        },
        Brought {
            name: "mairie.csv",
            project: "mairie",
            bytes: windows_1252(OFFICE),
            rows: &[
                "1 [] Des arceaux à 50 € | Devant l’école, au cœur du bourg – en mai | Suzanne PERRIN | 2015-09-26T12:05:00Z | \
                 Vélo | Gare | +12 -0 | proposed | ",
                "2 []  | Un parc pour les œuvres d’élèves |  | 2026-05-02T22:00:00Z |  |  | +0 -0 | proposed | ",
            ],
        },
        Brought {
            name: "avis.xlsx",
            project: "avis",
            bytes: workbook(),
            rows: &[
                "1 []  | Un banc\ndevant l’école | Léa Perrin | 2025-12-30T23:00:00Z | Voirie |  | +12 -0 | proposed | ",
                "2 []  | Un parc |  | 2025-12-31T11:00:00Z | Voirie |  | +0 -0 | proposed | ",
                "3 []  | Une fontaine | Marc Petit | 2025-11-30T23:00:00Z |  |  | +0 -0 | proposed | ",
            ],
        },
    ]
}

#[derive(FromQueryResult)]
struct Stored {
    external_id: String,
    under: String,
    title: String,
    body: String,
    author_name: String,
    created_at: DateTime<Utc>,
    tag: String,
    place: String,
    votes: i64,
    opposes: i64,
    status: String,
    answer: String,
}

/// What a project holds, a line for each contribution.
async fn stored(site: &Site, project: &str) -> Vec<String> {
    let sql = "SELECT c.external_id, coalesce(r.external_id, i.external_id, '') AS under, c.title, c.body, c.author_name, \
               c.created_at, c.tag, c.place, c.supports + c.brought AS votes, c.opposes, c.status, \
               coalesce(a.body, '') AS answer FROM contribution c JOIN project p ON p.id = c.project_id \
               LEFT JOIN contribution i ON i.id = c.idea_id LEFT JOIN contribution r ON r.id = c.reply_to \
               LEFT JOIN answer a ON a.contribution_id = c.id WHERE p.slug = $1";
    let rows: Vec<Stored> = db::all(site.app().db.read(), sql, args![project.to_owned()]).await.unwrap();
    let line = |s: &Stored| {
        format!(
            "{} [{}] {} | {} | {} | {} | {} | {} | +{} -{} | {} | {}",
            s.external_id,
            s.under,
            s.title,
            s.body,
            s.author_name,
            s.created_at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
            s.tag,
            s.place,
            s.votes,
            s.opposes,
            s.status,
            s.answer
        )
    };
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    lines.sort();
    lines
}

async fn project_of(site: &Site, slug: &str) -> Option<Uuid> {
    let sql = "SELECT id FROM project WHERE slug = $1";
    db::scalar(site.app().db.read(), sql, args![slug.to_owned()]).await.unwrap()
}

/// As somebody does it at the desk: the file is sent, its columns are left as they were recognised, one button.
async fn by_screen(site: &Site, browser: &mut Browser, file: &Brought) {
    let project = project_of(site, file.project).await.map_or(String::new(), |id| id.to_string());
    let head = format!("--x\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"{}\"\r\n\r\n", file.name);
    let body = [head.as_bytes(), &file.bytes, b"\r\n--x--\r\n"].concat();
    let sent = browser.post_body("/equipe/importer", "multipart/form-data; boundary=x", Body::from(body)).await;
    assert!(sent.status.is_redirection(), "{}: {}", file.name, sent.text);
    let asked = browser.post(&sent.location, &[("faire", "importer"), ("projet", &project)]).await;
    assert!(asked.status.is_redirection(), "{}: {}", file.name, asked.text);
    jobs::run_due(site.app()).await.unwrap();
    let open = "SELECT count(*) FROM import_file WHERE state <> 'done'";
    assert_eq!(db::count(site.app().db.read(), open, vec![]).await.unwrap(), 0, "{}", file.name);
}

/// As somebody types it: the file alone, or with its project.
async fn by_command(site: &Site, folder: &Path, file: &Brought) {
    let path = folder.join(file.name);
    std::fs::write(&path, &file.bytes).unwrap();
    let own = file.name.starts_with(&format!("{}.", file.project));
    let args = ImportArgs {
        file: path,
        people: false,
        origin: None,
        not_official: false,
        project: (!own).then(|| file.project.to_owned()),
        sheet: None,
        set: Vec::new(),
        dry_run: false,
        lang: None,
    };
    import::run(site.app(), &args).await.unwrap();
}

#[tokio::test]
async fn the_screen_and_the_command_line_store_the_same_of_each_file_and_once() {
    for engine in engines() {
        let (desk, terminal) = (Site::open(engine).await, Site::open(engine).await);
        let (_, mut owner) = desk.team(Role::Owner).await;
        let folder = tempfile::tempdir().unwrap();
        let files = files();
        for file in &files {
            by_screen(&desk, &mut owner, file).await;
            by_command(&terminal, folder.path(), file).await;
            assert_eq!(stored(&desk, file.project).await, file.rows, "{} by the screen on {engine:?}", file.name);
            assert_eq!(stored(&terminal, file.project).await, file.rows, "{} by command on {engine:?}", file.name);
        }
        // Again, and each the other's way: nothing is new, nothing was touched.
        for file in &files {
            by_screen(&desk, &mut owner, file).await;
            by_command(&desk, folder.path(), file).await;
            by_command(&terminal, folder.path(), file).await;
        }
        // What the command line brought stands among the files of the desk.
        let listed = "SELECT count(*) FROM import_file WHERE by_command AND state = 'done' AND NOT kept";
        let listed = db::count(terminal.app().db.read(), listed, vec![]).await.unwrap();
        assert_eq!(usize::try_from(listed).unwrap(), 2 * files.len(), "{engine:?}");
        for site in [&desk, &terminal] {
            for file in files.iter().filter(|f| f.name != "decidim-propositions.csv") {
                assert_eq!(stored(site, file.project).await, file.rows, "{} again on {engine:?}", file.name);
            }
            for untouched in
                ["SELECT count(*) FROM contribution WHERE version <> 1", "SELECT count(*) - 4 FROM project"]
            {
                assert_eq!(db::count(site.app().db.read(), untouched, vec![]).await.unwrap(), 0, "{untouched}");
            }
        }
    }
}
