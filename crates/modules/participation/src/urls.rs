//! Addresses of this module.

parvis_kernel::url! {
    /// Home page.
    Home {} = "/";
    /// All projects.
    Projects {} = "/projets";
    /// One project.
    Project { slug: String } = "/projets/{slug}";
    /// Follow a project, or stop.
    FollowProject { slug: String } = "/projets/{slug}/suivre";
    /// The visible ideas of a project as a file.
    ProjectCsv { slug: String } = "/projets/{slug}/idees.csv";
    /// An image or a document of a project.
    ProjectFile { slug: String, id: uuid::Uuid } = "/projets/{slug}/fichiers/{id}";
    /// All ideas of all public projects.
    Ideas {} = "/idees";
    /// The newest ideas, for feed readers.
    FeedIdeasAtom {} = "/flux/idees.atom";
    /// The same.
    FeedIdeasRss {} = "/flux/idees.rss";
    /// The newest answers, for feed readers.
    FeedAnswersAtom {} = "/flux/reponses.atom";
    /// The same.
    FeedAnswersRss {} = "/flux/reponses.rss";
    /// The newest ideas of a project, for feed readers.
    FeedProjectAtom { slug: String } = "/projets/{slug}/idees.atom";
    /// The same.
    FeedProjectRss { slug: String } = "/projets/{slug}/idees.rss";
    /// The parts of the map of the site, for search engines.
    Sitemap {} = "/sitemap.xml";
    /// One part.
    SitemapPart { page: i64 } = "/sitemap/{page}";
    /// The frame for the town's own site.
    Widget {} = "/integrer";
    /// The picture of the site, shown with its link elsewhere.
    SiteCard {} = "/carte.png";
    /// The picture of a project.
    ProjectCard { slug: String } = "/projets/{slug}/carte.png";
    /// The picture of an idea.
    IdeaCard { number: i64 } = "/idees/{number}/carte.png";
    /// What became of ideas: those answered.
    Answers {} = "/reponses";
    /// One idea.
    Idea { number: i64 } = "/idees/{number}";
    /// Support an idea, or take the support back.
    Support { number: i64 } = "/idees/{number}/soutenir";
    /// Oppose an idea, or take it back.
    Oppose { number: i64 } = "/idees/{number}/opposer";
    /// Follow an idea, or stop.
    Follow { number: i64 } = "/idees/{number}/suivre";
    /// Comment an idea.
    Comment { number: i64 } = "/idees/{number}/commenter";
    /// Report an idea or a comment.
    Report { number: i64 } = "/contributions/{number}/signaler";
    /// Reply once to what was decided of one's own text.
    AuthorReply { number: i64 } = "/contributions/{number}/repondre";
    /// The public log of moderation.
    Moderation {} = "/moderation";
    /// The same as a file.
    ModerationCsv {} = "/moderation.csv";
    /// Take back one's own idea, or change it before publication.
    Withdraw { number: i64 } = "/idees/{number}/retirer";
    /// First screen of posting: the text.
    Post {} = "/deposer";
    /// Second screen: place and signature.
    Sign { draft: uuid::Uuid } = "/deposer/{draft}";
    /// Third screen: thanks.
    Thanks { draft: uuid::Uuid } = "/deposer/{draft}/merci";
    /// Confirm supports with a mail address.
    ConfirmSupports {} = "/confirmer-mes-soutiens";
    /// A short link, as printed with its QR code.
    Short { code: String } = "/i/{code}";
    /// Leave the mails about an idea, from a mail.
    Unsubscribe { sealed: String } = "/desabonnement/{sealed}";
    /// Another rhythm of letters, from a letter.
    ChangeRhythm { sealed: String } = "/rythme/{sealed}";
    /// How often each followed thing is written about, from one's own space.
    Rhythms {} = "/mon-espace/suivre";
    /// Whether a member of the team is told each day what waits.
    MorningLetter {} = "/mon-espace/ce-qui-attend";
    /// Today's desk.
    Desk {} = "/equipe";
    /// The queue.
    Queue {} = "/equipe/contributions";
    /// One contribution on the desk.
    Handle { number: i64 } = "/equipe/contributions/{number}";
    /// Notes of the team about a contribution.
    Notes { number: i64 } = "/equipe/contributions/{number}/notes";
    /// Block the author of a contribution, or undo it.
    BlockAuthor { number: i64 } = "/equipe/contributions/{number}/bloquer";
    /// Words of refusals that the team keeps.
    ReplyTemplates {} = "/equipe/contributions/modeles";
    /// One of them.
    ReplyTemplate { template: uuid::Uuid } = "/equipe/contributions/modeles/{template}";
    /// Filters of the queue kept under a name.
    Views {} = "/equipe/contributions/vues";
    /// What somebody said, entered by the team.
    Enter {} = "/equipe/contributions/saisir";
    /// The same, for a pile of sheets.
    EnterPile {} = "/equipe/contributions/saisir/feuilles";
    /// Takes an entry back within ten minutes.
    EnterUndo { entry: uuid::Uuid } = "/equipe/contributions/saisir/{entry}/annuler";
    /// Ideas that say the same, to be united.
    Merge {} = "/equipe/contributions/fusion";
    /// Takes a union back within ten minutes.
    MergeUndo { merging: uuid::Uuid } = "/equipe/contributions/fusion/{merging}";
    /// Several contributions decided on at once.
    Lot { lot: uuid::Uuid } = "/equipe/contributions/lots/{lot}";
    /// Official answer.
    AnswerForm { number: i64 } = "/equipe/contributions/{number}/repondre";
    /// Preview of an answer while it is written.
    AnswerPreview { number: i64 } = "/equipe/contributions/{number}/repondre/apercu";
    /// Ask a colleague to read an answer again before it is published.
    AnswerReread { number: i64 } = "/equipe/contributions/{number}/repondre/relecture";
    /// The draft of an answer.
    AnswerDraft { number: i64 } = "/equipe/contributions/{number}/repondre/brouillon";
    /// Take an answer back within ten minutes.
    AnswerUndo { number: i64 } = "/equipe/contributions/{number}/repondre/annuler";
    /// Projects on the desk.
    DeskProjects {} = "/equipe/projets";
    /// A new project.
    NewProject {} = "/equipe/projets/nouveau";
    /// Images and documents of a project on the desk.
    DeskProjectMedia { slug: String } = "/equipe/projets/{slug}/fichiers";
    /// One of them: other words, another place, or away.
    DeskProjectFile { slug: String, id: uuid::Uuid } = "/equipe/projets/{slug}/fichiers/{id}";
    /// One project on the desk.
    DeskProject { slug: String } = "/equipe/projets/{slug}";
    /// Its texts in each language.
    DeskProjectLanguages { slug: String } = "/equipe/projets/{slug}/langues";
    /// As somebody else reads it.
    DeskProjectPreview { slug: String, reader: String } = "/equipe/projets/{slug}/apercu/{reader}";
    /// Make a project's short link.
    DeskProjectLink { slug: String } = "/equipe/projets/{slug}/lien";
    /// Short links on the desk.
    DeskLinks {} = "/equipe/liens";
    /// One short link on the desk.
    DeskLink { code: String } = "/equipe/liens/{code}";
    /// Its code as a drawing.
    DeskLinkSvg { code: String } = "/equipe/liens/{code}/code.svg";
    /// Its code as a picture.
    DeskLinkPng { code: String } = "/equipe/liens/{code}/code.png";
    /// Its poster.
    DeskPosterA4 { code: String } = "/equipe/liens/{code}/affiche-a4.pdf";
    /// Its poster, twice as large.
    DeskPosterA3 { code: String } = "/equipe/liens/{code}/affiche-a3.pdf";
    /// Its sheet of codes to tear off.
    DeskTearOff { code: String } = "/equipe/liens/{code}/languettes.pdf";
    /// The code of the frame, on the desk.
    DeskWidget {} = "/equipe/liens/integrer";
    /// Files that the team imports.
    Imports {} = "/equipe/importer";
    /// One of them.
    Import { id: uuid::Uuid } = "/equipe/importer/{id}";
    /// What taking it back would do, and doing it.
    ImportUndo { id: uuid::Uuid } = "/equipe/importer/{id}/annuler";
    /// Its refused lines, to correct.
    ImportRefused { id: uuid::Uuid } = "/equipe/importer/{id}/refusees.csv";
    /// Word lists and limits of moderation.
    Screening {} = "/equipe/reglages/moderation";
}
