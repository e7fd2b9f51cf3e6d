//! A consultation in the very columns of a large real one, with rows invented here: what is stored is what the file says.

use super::*;

const FILE: &[u8] = include_bytes!("consultation.csv");

fn at(text: &str) -> chrono::DateTime<chrono::Utc> {
    text.parse().unwrap()
}

#[tokio::test]
async fn each_row_of_a_consultation_is_stored_as_its_file_says() {
    for engine in engines() {
        let t = instance(engine).await;
        let read = t.app.db.read();
        assert_eq!(import(&t, FILE, None).await.unwrap().line(), "32 read, 32 created, 0 updated, 0 refused");
        assert_eq!((count(&t, "c.kind = 'idea'").await, count(&t, "c.kind = 'comment'").await), (9, 23));
        assert_eq!((count(&t, "c.side = 'for'").await, count(&t, "c.side = 'against'").await), (13, 10));
        let sections: Vec<String> = db::column(read, "SELECT DISTINCT tag FROM contribution", vec![]).await.unwrap();
        let sections = std::collections::BTreeSet::from_iter(sections);
        let sections: Vec<&str> = sections.iter().map(String::as_str).collect();
        assert_eq!(sections, ["Eau et jardins", "Rues et places", "École et enfants"], "{engine:?}");
        let sum = async |column: &str| {
            let sql = format!("SELECT CAST(sum({column}) AS BIGINT) FROM contribution");
            db::count(read, &sql, vec![]).await.unwrap()
        };
        assert_eq!((sum("brought").await, sum("opposes").await, sum("supports").await), (3298, 441, 0));

        let idea = stored(&t, "o1").await;
        assert_eq!((idea.title.as_str(), idea.tag.as_str()), ("Des bancs à mi-chemin de l’hôpital", "Rues et places"));
        assert!(idea.body.starts_with("Entre la gare et l’hôpital, il y a huit cents mètres"), "{}", idea.body);
        assert_eq!((idea.created_at, idea.published_at), (at("2015-09-26T12:05:04Z"), Some(idea.created_at)));
        assert_eq!((idea.supports, idea.opposes, idea.comments), (25, 3, 3));
        assert_eq!((idea.author_name.as_str(), idea.status()), ("", Status::Proposed));
        assert_eq!(stored(&t, "o4").await.body.lines().count(), 2, "its lines stay lines");

        let signed = stored(&t, "a12").await;
        assert_eq!(
            (signed.idea_id, signed.side.as_str(), signed.author_name.as_str()),
            (Some(idea.id), "for", "Jeanne D.")
        );
        assert_eq!((signed.created_at, signed.supports), (at("2015-10-01T07:00:00Z"), 0));
        assert_eq!(signed.body, "Pas d\" obligation d’en mettre partout, mais devant l’arrêt du bus oui.");
        let coded = stored(&t, "a10").await;
        assert_eq!((coded.author_name.as_str(), coded.side.as_str(), coded.supports), ("", "for", 11), "no name");
        assert_eq!(stored(&t, "a11").await.side, "against");
        assert_eq!(stored(&t, "a21").await.holder, coded.holder, "one author is one voice under every idea");
        let voices = "SELECT count(*) FROM (SELECT DISTINCT holder FROM contribution) AS v";
        assert_eq!(db::count(read, voices, vec![]).await.unwrap(), 10, "nine authors, and whoever wrote the ideas");

        assert_eq!(import(&t, FILE, None).await.unwrap().line(), "32 read, 0 created, 0 updated, 0 refused");
        assert_eq!(count(&t, "c.visible").await, 32, "nothing doubled");
        assert_eq!((sum("brought").await, sum("opposes").await, sum("comments").await), (3298, 441, 23));
    }
}
