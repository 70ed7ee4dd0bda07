//! The parameters that the lists of many resources share.

/// The paging of a list, after the parameters of its own. A part of [`resource!`](crate::resource).
macro_rules! paging {
    ({ $($own:tt)* } $beside:tt) => {
        $crate::query! {
            {
                $($own)*
                /// Field to sort by, as in `id`; the order is ascending, no other is known.
                sort: Text,
                /// Page number; the first is 1.
                page: Integer,
                /// Records per page; neither the default nor the most that is allowed is known.
                per_page: Integer,
            }
            $beside
        }
    };
}
pub(crate) use paging;

/// The same for a list of which no source shows a filter field: any may be tried.
macro_rules! filtered_paging {
    ({} $beside:tt) => {
        $crate::inbox_health::pages::paging! {
            {
                /// Values by field, sent as `filter[field]=value`; no field is known for this list.
                filter: Map<Text>,
            }
            $beside
        }
    };
}
pub(crate) use filtered_paging;
