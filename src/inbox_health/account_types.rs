//! Patient categories (named only).

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Patient categories (named only).
    accountTypes AccountTypesResource;

    /// Create a patient account type.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Named in prose only; body and reply are unknown, the envelope is assumed from the pattern of
    /// the other resources.
    create "accountTypesCreate": POST "/partner/v2/account_types"
        body(OpenObject) in "account_type"
        reply(OpenObject) in "account_type";
}

records! {
}

enumerations! {
}

aliases! {
}
