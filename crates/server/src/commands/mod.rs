//! The commands beside serving.

/// What a command says when it can't do its work: one clear line with the remedy. The exit code is 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandError {
    /// The line.
    pub line: String,
}

impl CommandError {
    /// From anything that can be said.
    pub fn new(line: impl std::fmt::Display) -> Self {
        Self { line: line.to_string() }
    }
}

impl std::fmt::Display for CommandError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.line)
    }
}

impl From<parvis_kernel::Error> for CommandError {
    fn from(e: parvis_kernel::Error) -> Self {
        Self::new(e)
    }
}
