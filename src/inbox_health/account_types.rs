//! Categories of patients, which can hold them back from billing.

use crate::resource;
use crate::schema::*;

resource! {
    /// Categories of patients, which can hold them back from billing.
    accountTypes AccountTypesResource;

    /// Create a patient account type.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// The envelope is assumed from the other resources. No source says how a type is set on a
    /// patient.
    create "accountTypesCreate": POST "/partner/v2/account_types"
        body(OpenObject) in "account_type"
        reply(OpenObject) in "account_type";
}
