//! The first contributions as they will be.

use super::*;

const FILE: &str = "id,title,text,status,author\n1,Un banc,Devant l'école,accepted,Léa\n2,Un parc,Appelez le 06 12 34 56 78,,\n\
    2,Encore,Le même,,\n3,,,,\n";

#[tokio::test]
async fn the_first_contributions_are_shown_as_they_will_be() {
    for engine in engines() {
        let t = instance(engine).await;
        let id = send(&t, "avis.csv", FILE.as_bytes()).await;
        let page = async |id: Uuid, lang| {
            text(pages::show::<Contributions>(ctx(&t, Role::Owner, lang), Path(id)).await.unwrap()).await
        };
        for lang in Lang::ALL {
            assert!(!page(id, lang).await.contains('⟦'));
        }
        let shown = page(id, Lang::Fr).await;
        let (_, shown) = shown.split_once("telles qu’elles seront</summary>").unwrap();
        let (shown, _) = shown.split_once("</table>").unwrap();
        let lines: Vec<&str> = shown.split("<tr>").skip(2).collect();
        assert_eq!(lines.len(), 2, "refused lines make none: {shown}");
        assert!(lines[0].contains("Un banc") && lines[0].contains("Retenue") && lines[0].contains(">nouvelle<"));
        assert!(lines[1].contains("Un parc") && lines[1].contains("À vérifier"), "{}", lines[1]);
        assert_eq!(contributions(&t).await, 0, "nothing is written");
        press(&t, id, &[("faire", "importer"), ("projet", "")]).await.unwrap();
        jobs::run_due(&t.app).await.unwrap();
        assert!(!page(id, Lang::Fr).await.contains("telles qu’elles seront"), "it is done");
        let again = send(&t, "avis.csv", FILE.as_bytes()).await;
        assert!(page(again, Lang::Fr).await.contains(">déjà là<"), "{engine:?}");
        let list = text(pages::list::<Contributions>(owner(&t)).await.unwrap()).await;
        assert!(list.contains("/annuler\"") && !list.contains('⟦'), "{list}");
    }
}
