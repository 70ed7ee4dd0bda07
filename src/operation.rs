//! An operation of one of the two APIs as one static value, and the macro that writes a resource.

use crate::schema::{Record, Type};

/// The APIs that carewire speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// Welkin Health v8.
    Welkin,
    /// Inbox Health Partner API.
    InboxHealth,
}

/// The resources of an API, in the order of their declaration.
pub type Table = &'static [&'static Resource];

impl Api {
    /// All resources of the API.
    pub fn resources(self) -> Table {
        match self {
            Api::Welkin => crate::welkin::RESOURCES,
            Api::InboxHealth => crate::inbox_health::RESOURCES,
        }
    }

    /// All named types of the API: those that lists share and that webhooks bring, then those of each
    /// resource.
    #[cfg(feature = "declarations")]
    pub fn types(self) -> impl Iterator<Item = &'static crate::schema::Types> {
        let shared = match self {
            Api::Welkin => crate::welkin::SHARED,
            Api::InboxHealth => crate::inbox_health::SHARED,
        };
        shared.iter().chain(self.resources().iter().map(|resource| &resource.types))
    }

    /// All operations of the API.
    pub fn operations(self) -> impl Iterator<Item = &'static Operation> {
        self.resources().iter().flat_map(|resource| resource.operations.iter().copied())
    }

    /// The operation of this id, for example `patientsGet`.
    pub fn operation(self, id: &str) -> Option<&'static Operation> {
        self.operations().find(|operation| operation.id == id)
    }
}

/// The operations on one kind of thing.
#[derive(Debug)]
pub struct Resource {
    /// The name on the client, for example `calendarEvents`.
    #[cfg(feature = "declarations")]
    pub name: &'static str,
    /// Documentation, line by line.
    #[cfg(feature = "declarations")]
    pub docs: &'static [&'static str],
    /// The operations in the order of their declaration.
    pub operations: &'static [&'static Operation],
    /// The types that the operations take and give.
    #[cfg(feature = "declarations")]
    pub types: crate::schema::Types,
}

/// The methods of HTTP that the APIs use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::upper_case_acronyms)]
pub enum Method {
    /// Reads.
    GET,
    /// Creates, or reads with a filter in the body.
    POST,
    /// Replaces; the Inbox Health API also changes with it.
    PUT,
    /// Changes some fields.
    PATCH,
    /// Deletes.
    DELETE,
}

impl Method {
    /// The word of the request line.
    pub const fn name(self) -> &'static str {
        match self {
            Method::GET => "GET",
            Method::POST => "POST",
            Method::PUT => "PUT",
            Method::PATCH => "PATCH",
            Method::DELETE => "DELETE",
        }
    }
}

/// One call of an API.
#[derive(Debug)]
pub struct Operation {
    /// The id in the reference: resource and method in one word.
    pub id: &'static str,
    /// The method of HTTP.
    pub method: Method,
    /// The path with parameters in braces.
    pub path: &'static str,
    /// The path parameters that a caller gives, in the order of the path.
    pub segments: &'static [Parameter],
    /// The query parameters.
    pub query: &'static [Parameter],
    /// The JSON body.
    pub body: Option<&'static Body>,
    /// The form (`multipart/form-data`) that is the body when files go along; without a JSON body
    /// always.
    pub form: Option<&'static Form>,
    /// The JSON of a successful reply; `None` when the API sends none or what it sends is not known.
    pub reply: Option<&'static Reply>,
    /// Whether a successful reply is a file: its bytes as they are.
    pub file: bool,
    /// How the pages of a list follow each other.
    pub paging: Paging,
    /// Whether the same request may be sent twice.
    pub repeat: Repeat,
    /// Whether the request goes without a token.
    pub open: bool,
    /// Documentation, line by line.
    #[cfg(feature = "declarations")]
    pub docs: &'static [&'static str],
}

/// A parameter of the path or of the query, or a key beside the envelope of a body.
pub type Parameter = crate::schema::Field;

/// The JSON body of a request.
#[derive(Debug)]
pub struct Body {
    /// What the caller gives.
    pub of: Type,
    /// The key under which it travels; empty when it travels as it is.
    pub envelope: &'static str,
    /// Keys that travel beside the envelope; the caller gives them where other calls take the query.
    pub beside: &'static [Parameter],
    /// Whether the `id` of the path is repeated beside the envelope.
    pub repeats_id: bool,
    /// What may only be done as a whole.
    pub whole: Option<&'static Whole>,
    /// The type as it is written in the table.
    #[cfg(feature = "declarations")]
    pub written: &'static str,
}

/// A body of parts, some of which are files.
#[derive(Debug)]
pub struct Form {
    /// The parts by their names on the wire; a list is a part that is repeated.
    pub parts: &'static Record,
    /// The type as it is written in the table.
    #[cfg(feature = "declarations")]
    pub written: &'static str,
}

/// A change of a record that the API makes only as a whole: with the flag, a field of the body must
/// hold the same number as the record that the caller gives to compare, if he gives it, and the body must
/// name this record (`payment_id` the `id` of the `payment`).
#[derive(Debug)]
pub struct Whole {
    /// The flag beside the envelope.
    pub flag: &'static str,
    /// The field of the body.
    pub field: &'static str,
    /// The record to compare with, a key beside the envelope that is marked so.
    pub record: &'static str,
    /// Its field.
    pub of: &'static str,
}

/// The JSON of a successful reply.
#[derive(Debug)]
pub struct Reply {
    /// What the caller gets.
    pub of: Type,
    /// The key under which it travels; empty when it travels as it is.
    pub envelope: &'static str,
    /// The type as it is written in the table.
    #[cfg(feature = "declarations")]
    pub written: &'static str,
}

/// Whether sending the same request twice could double an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// It cannot.
    Safe,
    /// It can.
    Unsafe,
}

/// How the pages of a list follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// Not a list.
    None,
    /// Spring Data page: `content`, `last`; `page` counts from 0.
    SpringPage,
    /// Spring Data page inside `data`: `data.content`, `data.last`; `page` counts from 0.
    NamedSpringPage,
    /// `data` beside `metaInfo.lastPage`; `page` counts from 0.
    MetaInfo,
    /// `content` beside `meta.nextPageToken`; with a token nothing else is sent.
    PageToken,
    /// Rows beside `cursor.end` and `hasNext`; the next page starts at the cursor.
    Cursor,
    /// A bare array: one page.
    PlainArray,
    /// `records` of a dictionary: one page.
    RecordsObject,
    /// An array under this key; `page` counts from 1 and no reply says which page is the last.
    PageNumber(&'static str),
}

/// Declares a resource: its operations as data, and its handle on the client for Rust.
///
/// ```text
/// resource! {
///     /// Patient records.
///     patients Patients;
///
///     /// Read a patient.
///     get "patientsGet": GET "/{tenantName}/{instanceName}/patients/{patientId}"
///         path(
///             /// Patient id.
///             patientId: Text
///         )
///         query { expand: Boolean }
///         reply(Patient);
/// }
/// ```
///
/// After the path come, each of them optional and in this order: `path(…)`, `query {…}`,
/// `body(Type)` with `in "envelope"`, `beside {…}`, `whole(…)`, `and id`, `form(Type)`
/// for a body with files, then `reply(Type)` with `in "envelope"`, `gives file` for raw bytes, `pages
/// Style`, `repeat Safe|Unsafe` (by default GET, PUT and DELETE are safe) and `token none` for calls
/// that go without one. A query may begin with the parameters that many lists share:
/// `query { ..spring_paging, name: Text, }` names a macro that is in scope.
#[macro_export]
macro_rules! resource {
    (@text) => { "" };
    (@text $text:literal) => { $text };
    (@option) => { None };
    (@option $value:expr) => { Some($value) };
    (@paging) => { $crate::operation::Paging::None };
    (@paging $paging:ident) => { $crate::operation::Paging::$paging };
    (@paging $paging:ident $items:literal) => { $crate::operation::Paging::$paging($items) };
    (@repeat $method:ident $repeat:ident) => { $crate::operation::Repeat::$repeat };
    (@repeat POST) => { $crate::operation::Repeat::Unsafe };
    (@repeat PATCH) => { $crate::operation::Repeat::Unsafe };
    (@repeat $method:ident) => { $crate::operation::Repeat::Safe };
    (@given) => { false };
    (@given $word:ident) => { true };
    (@reply) => { () };
    (@reply file) => { $crate::schema::File };
    (@reply $reply:ty) => { $reply };
    (
        $(#[doc = $resource_doc:literal])*
        $resource:ident $handle:ident;
        $(
            $(#[doc = $doc:literal])*
            $name:ident $id:literal : $method:ident $path:literal
            $( path( $( $(#[doc = $segment_doc:literal])* $segment:ident : $segment_of:ty ),* $(,)? ) )?
            $( query $query:tt )?
            $( body($body:ty)
                $( in $body_envelope:literal )?
                $( beside { $( $(#[doc = $beside_doc:literal])* $beside:ident : $beside_of:ty $(| $beside_mark:ident)* ),* $(,)? } )?
                $( whole($flag:ident: $field:ident is $record:ident.$record_field:ident) )?
                $( and $repeats_id:ident )?
            )?
            $( form($form:ident) )?
            $( reply($reply:ty) $( in $reply_envelope:literal )? )?
            $( gives $file:ident )?
            $( pages $paging:ident $( ( $items:literal ) )? )?
            $( repeat $repeat:ident )?
            $( token $open:ident )?
            ;
        )*
    ) => {
        $(
            $(#[doc = $doc])*
            #[allow(non_snake_case)]
            pub mod $name {
                #[allow(unused_imports)]
                use super::*;

                /// The operation as data.
                pub static OPERATION: $crate::operation::Operation = $crate::operation::Operation {
                    id: $id,
                    method: $crate::operation::Method::$method,
                    path: $path,
                    segments: &[$($( $crate::operation::Parameter {
                        name: $crate::schema::wire_name(stringify!($segment)),
                        of: <$segment_of as $crate::schema::Typed>::TYPE,
                        marks: $crate::schema::Marks::REQUIRED,
                        #[cfg(feature = "declarations")]
                        written: stringify!($segment_of),
                        #[cfg(feature = "declarations")]
                        docs: &[$($segment_doc),*],
                    } ),*)?],
                    query: QUERY,
                    body: $crate::resource!(@option $( &$crate::operation::Body {
                        of: <$body as $crate::schema::Typed>::TYPE,
                        envelope: $crate::resource!(@text $($body_envelope)?),
                        beside: &[$($( $crate::operation::Parameter {
                            name: $crate::schema::wire_name(stringify!($beside)),
                            of: <$beside_of as $crate::schema::Typed>::TYPE,
                            marks: $crate::schema::Marks::read(&[$(stringify!($beside_mark)),*]),
                            #[cfg(feature = "declarations")]
                            written: stringify!($beside_of),
                            #[cfg(feature = "declarations")]
                            docs: &[$($beside_doc),*],
                        } ),*)?],
                        repeats_id: $crate::resource!(@given $($repeats_id)?),
                        whole: $crate::resource!(@option $( &$crate::operation::Whole {
                            flag: stringify!($flag),
                            field: stringify!($field),
                            record: stringify!($record),
                            of: stringify!($record_field),
                        } )?),
                        #[cfg(feature = "declarations")]
                        written: stringify!($body),
                    } )?),
                    form: $crate::resource!(@option $( &$crate::operation::Form {
                        parts: $form::RECORD,
                        #[cfg(feature = "declarations")]
                        written: stringify!($form),
                    } )?),
                    reply: $crate::resource!(@option $( &$crate::operation::Reply {
                        of: <$reply as $crate::schema::Typed>::TYPE,
                        envelope: $crate::resource!(@text $($reply_envelope)?),
                        #[cfg(feature = "declarations")]
                        written: stringify!($reply),
                    } )?),
                    file: $crate::resource!(@given $( $file )?),
                    paging: $crate::resource!(@paging $( $paging $( $items )? )?),
                    repeat: $crate::resource!(@repeat $method $( $repeat )?),
                    open: $crate::resource!(@given $( $open )?),
                    #[cfg(feature = "declarations")]
                    docs: &[$($doc),*],
                };

                $crate::query! {
                    [$($query)?]
                    { $($($( $(#[doc = $beside_doc])* $beside: $beside_of, )*)?)? }
                }
            }
        )*

        /// The resource as data.
        pub static RESOURCE: $crate::operation::Resource = $crate::operation::Resource {
            #[cfg(feature = "declarations")]
            name: stringify!($resource),
            #[cfg(feature = "declarations")]
            docs: &[$($resource_doc),*],
            operations: &[$(&$name::OPERATION),*],
            #[cfg(feature = "declarations")]
            types: $crate::schema::Types {
                records: RECORDS,
                enumerations: ENUMERATIONS,
                aliases: ALIASES,
            },
        };

        $(#[doc = $resource_doc])*
        #[derive(Clone, Copy)]
        pub struct $handle<'a, T: $crate::engine::Transport, A> {
            pub(crate) engine: &'a $crate::engine::Engine<T, A>,
        }

        #[allow(non_snake_case)]
        impl<'a, T: $crate::engine::Transport, A: $crate::engine::TokenSource> $handle<'a, T, A> {
            $(
                $(#[doc = $doc])*
                pub fn $name(
                    &self,
                    $($( $segment: impl std::fmt::Display, )*)?
                    $( body: &$body, )?
                ) -> $crate::engine::Call<'a, T, A, $name::Query, $crate::resource!(@reply $($reply)? $($file)?)> {
                    #[allow(unused_mut)]
                    let mut call = $crate::engine::Call::new(self.engine, &$name::OPERATION);
                    $($( call.segment(&$segment); )*)?
                    $( call.body::<$body>(body); )?
                    call
                }
            )*
        }
    };
}

/// The query parameters of an operation, as data and as a Rust type that holds what travels beside
/// an envelope too. A part of [`resource!`](crate::resource).
#[macro_export]
macro_rules! query {
    (@wire $name:ident) => { $crate::schema::wire_name(stringify!($name)) };
    (@wire $name:ident $wire:literal) => { $wire };
    ([] $beside:tt) => { $crate::query! { {} $beside } };
    ([$query:tt] $beside:tt) => { $crate::query! { $query $beside } };
    ({ ..$group:ident $(, $($own:tt)*)? } $beside:tt) => {
        $group! { { $($($own)*)? } $beside }
    };
    (
        { $( $(#[doc = $doc:literal])* $name:ident $(as $wire:literal)? : $of:ty $(| $mark:ident)* ),* $(,)? }
        { $( $(#[doc = $beside_doc:literal])* $beside:ident : $beside_of:ty, )* }
    ) => {
        const QUERY: &[$crate::operation::Parameter] = &[$( $crate::operation::Parameter {
            name: $crate::query!(@wire $name $($wire)?),
            of: <$of as $crate::schema::Typed>::TYPE,
            marks: $crate::schema::Marks::read(&[$(stringify!($mark)),*]),
            #[cfg(feature = "declarations")]
            written: stringify!($of),
            #[cfg(feature = "declarations")]
            docs: &[$($doc),*],
        } ),*];

        /// What goes beside path and body; `None` is not sent.
        #[derive(Clone, Debug, Default, serde::Serialize)]
        #[allow(non_snake_case)]
        pub struct Query {
            $(
                $(#[doc = $doc])*
                $(#[serde(rename = $wire)])?
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $name: Option<$of>,
            )*
            $(
                $(#[doc = $beside_doc])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $beside: Option<$beside_of>,
            )*
        }
    };
}

/// Declares an API: its files of records without operations, its resource files, its table and its
/// client for Rust.
#[macro_export]
macro_rules! api {
    (
        $(#[doc = $client_doc:literal])*
        $client:ident $(, with the records of $( $file:ident ),+ )?;
        $( $(#[doc = $doc:literal])* $resource:ident: $handle:ident, )*
    ) => {
        $($( pub mod $file; )+)?
        $( $(#[doc = $doc])* pub mod $resource; )*

        /// The types that no resource declares.
        #[cfg(feature = "declarations")]
        pub static SHARED: &[$crate::schema::Types] = &[$($( $crate::schema::Types {
            records: $file::RECORDS,
            enumerations: &[],
            aliases: &[],
        } ),+)?];

        /// All resources.
        pub static RESOURCES: $crate::operation::Table = &[$(&$resource::RESOURCE),*];

        $(#[doc = $client_doc])*
        pub struct $client<T, A> {
            engine: $crate::engine::Engine<T, A>,
        }

        impl<T: $crate::engine::Transport, A: $crate::engine::TokenSource> $client<T, A> {
            /// A client. Without a token source no credential is sent: a gateway adds it.
            pub fn new(
                settings: $crate::engine::Settings,
                transport: T,
                tokens: Option<A>,
                runtime: std::rc::Rc<dyn $crate::engine::Runtime>,
            ) -> Self {
                $client { engine: $crate::engine::Engine::new(settings, transport, tokens, runtime) }
            }

            /// The engine, for calls by operation and for requests that the table does not know.
            pub fn engine(&self) -> &$crate::engine::Engine<T, A> {
                &self.engine
            }

            $(
                $(#[doc = $doc])*
                pub fn $resource(&self) -> $resource::$handle<'_, T, A> {
                    $resource::$handle { engine: &self.engine }
                }
            )*
        }
    };
}
