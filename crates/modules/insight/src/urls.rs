//! Addresses of this module.

parvis_kernel::url! {
    /// What the town says.
    Analysis {} = "/equipe/analyse";
    /// Compute it again now.
    Recalculate {} = "/equipe/analyse/recalculer";
    /// The very texts of a theme.
    ThemeTexts { theme: uuid::Uuid } = "/equipe/analyse/themes/{theme}";
    /// The very texts behind a figure about all themes.
    Texts {} = "/equipe/analyse/contributions";
}
