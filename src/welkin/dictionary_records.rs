//! Rows of dictionaries.

use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Rows of dictionaries.
    dictionaryRecords DictionaryRecordsResource;

    /// Read all rows of a dictionary.
    list "dictionaryRecordsList": GET "/{tenantName}/{instanceName}/dictionaries/{dictionaryName}"
        path(
            /// Dictionary name, for example cpt, icd-10, timezone.
            dictionaryName: Text,
        )
        query {
            /// Only rows changed at this time or later.
            dateStart: DateTime,
            /// Only rows changed before this time.
            dateEnd: DateTime,
            /// Include deleted rows.
            showDeleted: Boolean,
        }
        reply(DictionaryRecords)
        pages RecordsObject;

    /// Add rows to a dictionary.
    ///
    /// Built-in dictionaries: cpt and icd-10 accept rows, timezone accepts none.
    add "dictionaryRecordsAdd": POST "/{tenantName}/{instanceName}/dictionaries/{dictionaryName}"
        path(
            /// Dictionary name, for example cpt, icd-10, timezone.
            dictionaryName: Text,
        )
        body(DictionaryRecordsInput)
        reply(DictionaryRecords);

    /// Replace all rows of a dictionary.
    ///
    /// Rows that were there are gone for good, not marked as deleted.
    replace_all "dictionaryRecordsReplaceAll": PUT "/{tenantName}/{instanceName}/dictionaries/{dictionaryName}"
        path(
            /// Dictionary name, for example cpt, icd-10, timezone.
            dictionaryName: Text,
        )
        body(DictionaryRecordsInput)
        reply(DictionaryRecords);

    /// Read one dictionary row.
    get "dictionaryRecordsGet": GET "/{tenantName}/{instanceName}/dictionaries/{dictionaryName}/{dictionaryRecordId}"
        path(
            /// Dictionary name, for example cpt, icd-10, timezone.
            dictionaryName: Text,
            /// Dictionary row id.
            dictionaryRecordId: Uuid,
        )
        reply(DictionaryRecord);

    /// Replace one dictionary row.
    replace "dictionaryRecordsReplace": PUT "/{tenantName}/{instanceName}/dictionaries/{dictionaryName}/{dictionaryRecordId}"
        path(
            /// Dictionary name, for example cpt, icd-10, timezone.
            dictionaryName: Text,
            /// Dictionary row id.
            dictionaryRecordId: Uuid,
        )
        body(DictionaryRecordInput)
        reply(DictionaryRecord);

    /// Mark one dictionary row as deleted.
    ///
    /// Unlike other deletes it gives the record.
    delete "dictionaryRecordsDelete": DELETE "/{tenantName}/{instanceName}/dictionaries/{dictionaryName}/{dictionaryRecordId}"
        path(
            /// Dictionary name, for example cpt, icd-10, timezone.
            dictionaryName: Text,
            /// Dictionary row id.
            dictionaryRecordId: Uuid,
        )
        reply(DictionaryRecord);
}

records! {
    /// All rows of a dictionary; not paged.
    DictionaryRecords {
        dictionaryName: Text,
        lastUpdatedAt: DateTime,
        records: List<DictionaryRecord>,
    }

    /// Dictionary row.
    DictionaryRecord {
        id: Uuid,
        createdAt: DateTime,
        updatedAt: DateTime,
        /// All values joined for display.
        fullValue: Text,
        deleted: Boolean,
        /// Value per dictionary field.
        values: Shaped<Map<Text>>,
    }

    /// Rows to store.
    DictionaryRecordsInput {
        records: List<DictionaryRecordInput>,
    }

    /// Row to store.
    DictionaryRecordInput {
        /// Value per dictionary field.
        values: Shaped<Map<Text>>,
    }
}
