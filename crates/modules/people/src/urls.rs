//! Addresses of this module.

parvis_kernel::url! {
    /// Ask for a link and a code.
    SignIn {} = "/connexion";
    /// Type the code.
    Code {} = "/connexion/code";
    /// The second factor of a sign-in.
    Verify {} = "/connexion/verification";
    /// One's own second factor.
    SecondFactor {} = "/mon-espace/verification";
    /// One's own passkeys.
    Passkeys {} = "/mon-espace/verification/cles";
    /// Sign in with a passkey.
    PasskeySignIn {} = "/connexion/cle";
    /// Whether the instance asks for a second factor.
    RequireSecond {} = "/equipe/reglages/equipe/verification";
    /// The link of a mail: a page with one button.
    Link { token: String } = "/connexion/{token}";
    /// Take back the code, or the address, of a mail that somebody else asked for.
    NotMe { token: String } = "/connexion/{token}/pas-moi";
    /// Sign out.
    SignOut {} = "/deconnexion";
    /// A person's own space.
    Space {} = "/mon-espace";
    /// Name, area, age.
    Profile {} = "/mon-espace/moi";
    /// Give or withdraw a consent.
    Consents {} = "/mon-espace/accords";
    /// End sessions.
    Devices {} = "/mon-espace/appareils";
    /// Download everything.
    Download {} = "/mon-espace/donnees";
    /// Erase the account.
    Erase {} = "/mon-espace/effacer";
    /// The team and its roles.
    Team {} = "/equipe/reglages/equipe";
    /// Invite somebody.
    Invite {} = "/equipe/reglages/equipe/inviter";
    /// Change or remove the role of a member.
    Member { id: uuid::Uuid } = "/equipe/reglages/equipe/{id}";
    /// Tokens of programs.
    Tokens {} = "/equipe/reglages/jetons";
    /// Revoke a token.
    Token { id: uuid::Uuid } = "/equipe/reglages/jetons/{id}";
    /// The areas of the town.
    Areas {} = "/equipe/reglages/quartiers";
    /// Add areas from a file.
    AreaFile {} = "/equipe/reglages/quartiers/fichier";
    /// What a file of areas would change, and the button that writes it.
    AreaTrial { id: uuid::Uuid } = "/equipe/reglages/quartiers/fichier/{id}";
    /// Its refused outlines.
    AreaRefused { id: uuid::Uuid } = "/equipe/reglages/quartiers/fichier/{id}/refuses.geojson";
    /// An import of areas, to be taken back.
    AreaImport { id: uuid::Uuid } = "/equipe/reglages/quartiers/import/{id}";
    /// Rename or remove an area.
    Area { id: uuid::Uuid } = "/equipe/reglages/quartiers/{id}";
    /// The people the instance knows.
    Directory {} = "/equipe/personnes";
    /// Enter a person by hand.
    NewPerson {} = "/equipe/personnes/nouvelle";
    /// Import people from a file.
    ImportPeople {} = "/equipe/personnes/importer";
    /// One file of people, from its columns to its import.
    PeopleFile { id: uuid::Uuid } = "/equipe/personnes/importer/{id}";
    /// Take its import back.
    PeopleUndo { id: uuid::Uuid } = "/equipe/personnes/importer/{id}/annuler";
    /// Its refused lines.
    PeopleRefused { id: uuid::Uuid } = "/equipe/personnes/importer/{id}/refusees.csv";
    /// One person's sheet.
    Sheet { id: uuid::Uuid } = "/equipe/personnes/{id}";
    /// Correct a sheet.
    EditPerson { id: uuid::Uuid } = "/equipe/personnes/{id}/modifier";
    /// Write an accord down.
    NoteAccord { id: uuid::Uuid } = "/equipe/personnes/{id}/accords";
    /// Take an accord back.
    TakeAccordBack { id: uuid::Uuid } = "/equipe/personnes/{id}/accords/retirer";
    /// Sheets that may be one person.
    Duplicates {} = "/equipe/personnes/doublons";
    /// Two sheets side by side, and their merge.
    MergePerson { id: uuid::Uuid } = "/equipe/personnes/{id}/fusionner";
    /// Take a merge back.
    UndoMerge { id: uuid::Uuid } = "/equipe/personnes/{id}/separer";
    /// A person's data, for them.
    GiveData { id: uuid::Uuid } = "/equipe/personnes/{id}/donnees";
    /// Erase a person who asked.
    ErasePerson { id: uuid::Uuid } = "/equipe/personnes/{id}/effacer";
    /// What was done at somebody's request.
    Receipts {} = "/equipe/personnes/recus";
    /// What an erasure did, or what was given.
    Receipt { id: uuid::Uuid } = "/equipe/personnes/recus/{id}";
    /// Write again to an address that refused letters.
    LiftAddress { id: uuid::Uuid } = "/equipe/personnes/{id}/adresse";
    /// Add or remove a note.
    PersonNotes { id: uuid::Uuid } = "/equipe/personnes/{id}/notes";
    /// Block a person, or undo it.
    BlockPerson { id: uuid::Uuid } = "/equipe/personnes/{id}/bloquer";
    /// The blocks that hold, and their replies.
    Blocks {} = "/equipe/personnes/blocages";
    /// Undo one of them, or keep it after its reply.
    Block { id: uuid::Uuid } = "/equipe/personnes/blocages/{id}";
    /// Why whoever asks may not post, and their reply.
    Suspension {} = "/suspension";
    /// The census of the town.
    Census {} = "/equipe/reglages/recensement";
    /// What a file of the census would change, and the button that writes it.
    CensusTrial { id: uuid::Uuid } = "/equipe/reglages/recensement/{id}";
    /// Its refused lines.
    CensusRefused { id: uuid::Uuid } = "/equipe/reglages/recensement/{id}/refusees.csv";
}
