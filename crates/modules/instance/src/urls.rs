//! Addresses of this module.

parvis_kernel::url! {
    /// Set-up, first step: language.
    SetUp {} = "/installation";
    /// Second step: campaign or town hall.
    SetUpKind {} = "/installation/qui";
    /// Third step: the commune.
    SetUpCommune {} = "/installation/commune";
    /// Fourth step: name and colour.
    SetUpLook {} = "/installation/couleur";
    /// Preview of a colour during the set-up, as a fragment.
    SetUpPreview {} = "/installation/couleur/apercu";
    /// Style sheet of a colour being tried during the set-up.
    SetUpCss {} = "/installation/apercu.css";
    /// Fifth step: the first person.
    SetUpAccount {} = "/installation/compte";
    /// What happens when everything is passed.
    SetUpLater {} = "/installation/plus-tard";
    /// Settings, first section: identity.
    Settings {} = "/equipe/reglages";
    /// Colour.
    Colour {} = "/equipe/reglages/couleur";
    /// Preview of a colour, as a fragment.
    ColourPreview {} = "/equipe/reglages/couleur/apercu";
    /// Style sheet of a colour being tried.
    ColourCss {} = "/equipe/reglages/apercu.css";
    /// Languages.
    Languages {} = "/equipe/reglages/langues";
    /// Mail server.
    Mail {} = "/equipe/reglages/courriel";
    /// What name servers say of the sender.
    Sender {} = "/equipe/reglages/courriel/domaine";
    /// How many mails leave in an hour.
    MailPace {} = "/equipe/reglages/courriel/rythme";
    /// Quiet hours of letters.
    QuietHours {} = "/equipe/reglages/courriel/heures";
    /// Own wording of statuses.
    Statuses {} = "/equipe/reglages/etats";
    /// Take back what was changed minutes ago.
    SettingsUndo { step: uuid::Uuid } = "/equipe/reglages/annuler/{step}";
    /// The pages of the foot.
    Pages {} = "/equipe/reglages/pages";
    /// One of them, to edit.
    EditPage { slug: String } = "/equipe/reglages/pages/{slug}";
    /// Preview of its text, as a fragment.
    PagePreview { slug: String } = "/equipe/reglages/pages/{slug}/apercu";
    /// Back to the text that comes with the program.
    RestorePage { slug: String } = "/equipe/reglages/pages/{slug}/origine";
    /// Outbox.
    Outbox {} = "/equipe/reglages/envois";
    /// One mail.
    OutboxMail { id: uuid::Uuid } = "/equipe/reglages/envois/{id}";
    /// Read a mail that signs in: written in the journal.
    OutboxRead { id: uuid::Uuid } = "/equipe/reglages/envois/{id}/lire";
    /// Send one mail again.
    OutboxAgain { id: uuid::Uuid } = "/equipe/reglages/envois/{id}/renvoyer";
    /// Backups.
    Backups {} = "/equipe/reglages/sauvegardes";
    /// Make one now.
    BackupNow {} = "/equipe/reglages/sauvegardes/maintenant";
    /// The file of one.
    BackupFile { id: uuid::Uuid } = "/equipe/reglages/sauvegardes/{id}";
    /// Terms of the open data.
    Licence {} = "/equipe/reglages/licence";
    /// Retention periods.
    Retention {} = "/equipe/reglages/conservation";
    /// Addresses of programs that are told.
    Webhooks {} = "/equipe/reglages/webhooks";
    /// One of them: try, stop, forget.
    Webhook { id: uuid::Uuid } = "/equipe/reglages/webhooks/{id}";
    /// The lists that leave as files.
    Exports {} = "/equipe/exports";
    /// Everything as one file, to leave.
    Leave {} = "/equipe/exports/tout";
    /// The open data.
    OpenData {} = "/donnees";
    /// One of its files.
    OpenFile { file: String } = "/donnees/{file}";
    /// Journal.
    Journal {} = "/equipe/journal";
    /// What is looked for from any page of the desk.
    Search {} = "/equipe/recherche";
    /// Turns keyboard shortcuts on or off.
    Shortcuts {} = "/equipe/raccourcis";
    /// A page of the foot.
    Page { slug: String } = "/pages/{slug}";
    /// Choice of a language.
    Language {} = "/langue";
    /// What search engines are asked.
    Robots {} = "/robots.txt";
}
