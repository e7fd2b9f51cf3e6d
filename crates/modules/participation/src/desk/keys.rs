//! The keys of the desk's pages, as the help of each page lists them: the keys, then the name of the words.

/// A page's keys.
pub(crate) type Keys = &'static [(&'static [&'static str], &'static str)];

/// The queue.
pub(crate) const QUEUE: Keys = &[
    (&["J", "K"], "desk-keys-move"),
    (&["desk-keys-enter"], "desk-keys-open"),
    (&["X"], "desk-keys-tick"),
    (&["T"], "desk-keys-tick-all"),
    (&["P"], "desk-keys-publish"),
    (&["R"], "desk-keys-refuse"),
    (&["A"], "desk-keys-answer"),
    (&["M"], "desk-keys-merge"),
    (&["N", "B"], "desk-keys-page"),
    (&["U"], "desk-keys-undo"),
    (&["/"], "desk-keys-search"),
    (&["?"], "desk-keys-all"),
];

/// One contribution.
pub(crate) const HANDLE: Keys = &[
    (&["J", "K"], "desk-keys-move"),
    (&["P"], "desk-keys-publish"),
    (&["R"], "desk-keys-refuse"),
    (&["A"], "desk-keys-answer"),
    (&["M"], "desk-keys-merge"),
    (&["U"], "desk-keys-undo"),
    (&["/"], "desk-keys-search"),
    (&["?"], "desk-keys-all"),
];
