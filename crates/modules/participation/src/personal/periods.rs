//! How long what nobody finished is kept.

use parvis_kernel::retention::{Goes, Retention};
use parvis_people::passes::Purpose;

/// Texts of ideas that were begun and not posted.
pub const DRAFTS: Retention = Retention {
    code: "brouillons",
    key: "keep-drafts",
    days: 30,
    least: 1,
    most: 90,
    table: "draft",
    goes: Goes::Row,
    when: "created_at < $1",
};

/// What nobody finished: drafts of ideas and of answers, and the addresses left beside a text that nobody confirmed, once no link can confirm them
/// any more; and the keys of programs, which make a contribution once.
pub const PERIODS: [Retention; 7] = [
    DRAFTS,
    Retention {
        code: "adresses",
        key: "keep-addresses",
        days: CONFIRMED_WITHIN,
        least: CONFIRMED_WITHIN,
        most: 60,
        table: "contribution",
        goes: Goes::Emptied("pending_email = NULL, pending_consent = NULL"),
        when: "pending_email IS NOT NULL AND created_at < $1 AND NOT EXISTS (SELECT 1 FROM pass p \
               WHERE p.purpose = 'confirm' AND p.used_at IS NULL AND p.expires_at > $2 \
               AND (p.subject_id = contribution.id OR p.visitor_id = contribution.holder))",
    },
    Retention {
        code: "adresses-saisies",
        key: "keep-entered-addresses",
        days: CONFIRMED_WITHIN,
        least: CONFIRMED_WITHIN,
        most: 60,
        table: "entry",
        goes: Goes::Emptied("email = NULL, holder = NULL"),
        when: "(email IS NOT NULL OR holder IS NOT NULL) AND created_at < $1 AND NOT EXISTS (SELECT 1 FROM pass p \
               WHERE p.purpose = 'confirm' AND p.used_at IS NULL AND p.expires_at > $2 AND p.visitor_id = entry.holder)",
    },
    Retention {
        code: "suivis-demandes",
        key: "keep-asked-follows",
        days: CONFIRMED_WITHIN,
        least: CONFIRMED_WITHIN,
        most: 60,
        table: "asked_follow",
        goes: Goes::Row,
        when: "created_at < $1 AND NOT EXISTS (SELECT 1 FROM pass p WHERE p.purpose = 'confirm' AND p.used_at IS NULL \
               AND p.expires_at > $2 AND p.visitor_id = asked_follow.visitor)",
    },
    Retention {
        code: "consultations-demandees",
        key: "keep-asked-projects",
        days: CONFIRMED_WITHIN,
        least: CONFIRMED_WITHIN,
        most: 60,
        table: "asked_project",
        goes: Goes::Row,
        when: "created_at < $1 AND NOT EXISTS (SELECT 1 FROM pass p WHERE p.purpose = 'confirm' AND p.used_at IS NULL \
               AND p.expires_at > $2 AND p.visitor_id = asked_project.visitor)",
    },
    Retention {
        code: "reponses-commencees",
        key: "keep-answer-drafts",
        days: 90,
        least: 7,
        most: 365,
        table: "answer_draft",
        goes: Goes::Row,
        when: "saved_at < $1",
    },
    Retention {
        code: "cles",
        key: "keep-keys",
        days: 7,
        least: 2,
        most: 30,
        table: "api_request",
        goes: Goes::Row,
        when: "created_at < $1",
    },
];

/// Days that the link of a confirmation lasts.
const CONFIRMED_WITHIN: i64 = Purpose::Confirm.lasts().num_days();
