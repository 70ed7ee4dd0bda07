//! What the JSON of the two APIs must look like, as static data.
//!
//! A [`Record`] is written once, with the [`records!`](crate::records) macro, and read by many: the
//! drift check, the check of request bodies, the TypeScript declarations, the contract test and, on
//! native targets, serde through the struct that the macro makes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a value must be. Enumerations are [`Type::Text`] here, because all of them are open.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// Nothing is known: every JSON value will do.
    Anything,
    /// A string.
    Text,
    /// A number without a fraction that JavaScript holds exactly.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// One of several kinds, as a union of [`Kind`] bits.
    Mixed(u8),
    /// An array of equal elements.
    List(&'static Type),
    /// An object whose keys are data.
    Map(&'static Type),
    /// A value, or an array of such values.
    OneOrMany(&'static Type),
    /// An object with known fields. Unknown fields are always allowed.
    Record(&'static Record),
    /// A part of a form that is a file. In the JSON that describes a form it is shown as `{}`.
    File,
}

/// The kinds of JSON values, as bits of [`Type::Mixed`].
pub struct Kind;

impl Kind {
    /// A string.
    pub const TEXT: u8 = 1;
    /// A whole number.
    pub const INTEGER: u8 = 2;
    /// `true` or `false`.
    pub const BOOLEAN: u8 = 4;
    /// An array.
    pub const LIST: u8 = 8;
}

/// An object with known fields.
#[derive(Debug)]
pub struct Record {
    /// The name in the reference and in the declarations.
    #[cfg(feature = "declarations")]
    pub name: &'static str,
    /// Documentation, line by line.
    #[cfg(feature = "declarations")]
    pub docs: &'static [&'static str],
    /// A record whose fields this one has too.
    pub base: Option<&'static Record>,
    /// The record's own fields, in the order in which the API sends them.
    pub fields: &'static [Field],
    /// Whether the customer adds fields of his own.
    #[cfg(feature = "declarations")]
    pub shaped: bool,
}

/// One field of a [`Record`], or a parameter of an operation.
#[derive(Debug)]
pub struct Field {
    /// The key on the wire.
    pub name: &'static str,
    /// What the value must be.
    pub of: Type,
    /// What is known of its presence, and whether it must be given.
    pub marks: Marks,
    /// The type as it is written in the table.
    #[cfg(feature = "declarations")]
    pub written: &'static str,
    /// Documentation, line by line.
    #[cfg(feature = "declarations")]
    pub docs: &'static [&'static str],
}

/// What the references say of the presence of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    /// `null` was seen, or is to be expected.
    pub const NULL: Marks = Marks(1);
    /// The key was missing in some samples.
    pub const ABSENT: Marks = Marks(2);
    /// A request without it is refused by the API.
    pub const REQUIRED: Marks = Marks(4);
    /// It is compared with the body and not sent.
    pub const COMPARED: Marks = Marks(8);

    /// Reads the words that follow a type in the table.
    #[expect(
        clippy::panic,
        reason = "tables are read by the compiler: a misspelt mark does not build"
    )]
    pub const fn read(words: &[&str]) -> Marks {
        match words {
            [] => Marks(0),
            [word, rest @ ..] => {
                let mark = match word.as_bytes() {
                    b"null" => Marks::NULL,
                    b"absent" => Marks::ABSENT,
                    b"required" => Marks::REQUIRED,
                    b"compared" => Marks::COMPARED,
                    _ => panic!("a mark is null, absent, required or compared"),
                };
                mark.and(Marks::read(rest))
            }
        }
    }

    /// These marks and those.
    pub const fn and(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    /// Whether all of `other` is set.
    pub const fn has(self, other: Marks) -> bool {
        self.0 & other.0 == other.0
    }
}

/// Takes what Rust needs of a name off it: `r#type` is `type` on the wire, and a name that is no
/// identifier is written as a string.
pub const fn wire_name(written: &'static str) -> &'static str {
    match written.as_bytes() {
        [b'r', b'#', ..] => written.split_at(2).1,
        [b'"', .., b'"'] => written.split_at(written.len() - 1).0.split_at(1).1,
        _ => written,
    }
}

/// Gives the Rust type that a table names its place in a [`Record`].
pub trait Typed {
    /// What a value of this type must be.
    const TYPE: Type;
}

/// A string.
pub type Text = String;
/// A UUID in its canonical text form.
pub type Uuid = String;
/// An instant as the API writes it: ISO 8601; in requests UTC with milliseconds and `Z`.
pub type DateTime = String;
/// A calendar date, `YYYY-MM-DD`.
pub type PlainDate = String;
/// An absolute URL.
pub type Uri = String;
/// An email address.
pub type Email = String;
/// A whole number.
pub type Integer = i64;
/// An amount of money in whole US cents.
pub type Cents = i64;
/// A number.
pub type Number = f64;
/// `true` or `false`.
pub type Boolean = bool;
/// An array.
pub type List<T> = Vec<T>;
/// An object whose keys are data.
pub type Map<T> = BTreeMap<String, T>;
/// A value that some answers wrap in an array.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany<T> {
    /// An array of values.
    Many(Vec<T>),
    /// The value itself.
    One(T),
}
/// Any JSON value.
pub type Anything = serde_json::Value;
/// A file: a part of a form, or the whole reply of a download.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// The bytes.
    pub bytes: Vec<u8>,
}
/// An object whose fields no source shows.
pub type OpenObject = BTreeMap<String, serde_json::Value>;
/// A value that the customer shapes in Designer, otherwise a `T`. Whoever calls from TypeScript
/// names its type: what holds such a value is generic there.
pub type Shaped<T> = T;
/// A change of a shaped value: what is left out stays, and `null` clears.
pub type Changes<T> = T;

impl Typed for String {
    const TYPE: Type = Type::Text;
}
impl Typed for i64 {
    const TYPE: Type = Type::Integer;
}
impl Typed for f64 {
    const TYPE: Type = Type::Number;
}
impl Typed for bool {
    const TYPE: Type = Type::Boolean;
}
impl Typed for serde_json::Value {
    const TYPE: Type = Type::Anything;
}
impl Typed for File {
    const TYPE: Type = Type::File;
}
impl<T: Typed> Typed for Vec<T> {
    const TYPE: Type = Type::List(&T::TYPE);
}
impl<T: Typed> Typed for BTreeMap<String, T> {
    const TYPE: Type = Type::Map(&T::TYPE);
}
impl<T: Typed> Typed for OneOrMany<T> {
    const TYPE: Type = Type::OneOrMany(&T::TYPE);
}

/// As the engine's check sees a file: its bytes travel beside the JSON.
impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map::<&str, &str, _>([])
    }
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = File;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<File, E> {
                Ok(File { bytes: bytes.to_vec() })
            }
        }

        deserializer.deserialize_bytes(Bytes)
    }
}

/// Makes a type that the APIs write in more than one JSON kind.
macro_rules! mixed {
    ($($(#[$doc:meta])* $name:ident = $bits:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub serde_json::Value);

        impl Typed for $name {
            const TYPE: Type = Type::Mixed($bits);
        }
    )*};
}

mixed! {
    /// A string in one place and a whole number in another.
    TextOrInteger = Kind::TEXT | Kind::INTEGER;
    /// One string or an array of strings.
    TextOrTexts = Kind::TEXT | Kind::LIST;
    /// A flag that comes as a boolean, as a whole number or as a string.
    TextIntegerOrBoolean = Kind::TEXT | Kind::INTEGER | Kind::BOOLEAN;
}

/// The value of a field, with `null` and absent kept apart: a PATCH can leave, clear or set it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value<T> {
    /// The key is not there.
    #[default]
    Absent,
    /// The key is there and holds `null`.
    Null,
    /// The key is there and holds a value.
    Set(T),
}

impl<T> Value<T> {
    /// The value, if one is set.
    pub fn get(&self) -> Option<&T> {
        match self {
            Value::Set(value) => Some(value),
            Value::Absent | Value::Null => None,
        }
    }

    /// Whether the key is missing.
    pub fn is_absent(&self) -> bool {
        matches!(self, Value::Absent)
    }
}

impl<T> From<T> for Value<T> {
    fn from(value: T) -> Self {
        Value::Set(value)
    }
}

impl From<&str> for Value<String> {
    fn from(value: &str) -> Self {
        Value::Set(value.to_owned())
    }
}

impl<T: Serialize> Serialize for Value<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Set(value) => serializer.serialize_some(value),
            Value::Absent | Value::Null => serializer.serialize_none(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Value<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::deserialize(deserializer)? {
            Some(value) => Value::Set(value),
            None => Value::Null,
        })
    }
}

/// A set of known words to which the API may add.
#[derive(Debug)]
pub struct Enumeration {
    /// The name in the reference and in the declarations.
    pub name: &'static str,
    /// The words that are known.
    pub values: &'static [&'static str],
    /// Documentation, line by line.
    pub docs: &'static [&'static str],
}

/// A name for a type that the reference uses in several places.
#[derive(Debug)]
pub struct Alias {
    /// The name in the reference and in the declarations.
    pub name: &'static str,
    /// The type as it is written in the table.
    pub written: &'static str,
    /// What is known of `null`.
    pub marks: Marks,
    /// Documentation, line by line.
    pub docs: &'static [&'static str],
}

/// All types that one resource file declares.
#[derive(Debug, Default)]
pub struct Types {
    /// Objects.
    pub records: &'static [&'static Record],
    /// Sets of known words.
    pub enumerations: &'static [&'static Enumeration],
    /// Other names.
    pub aliases: &'static [&'static Alias],
}

/// No records: those that a file declares take the place of this name there.
#[cfg(feature = "declarations")]
pub static RECORDS: &[&Record] = &[];
/// No enumerations, likewise.
#[cfg(feature = "declarations")]
pub static ENUMERATIONS: &[&Enumeration] = &[];
/// No aliases, likewise.
#[cfg(feature = "declarations")]
pub static ALIASES: &[&Alias] = &[];

/// The text of an open enumeration.
pub type Word = Cow<'static, str>;

/// Declares the objects of a resource.
///
/// ```text
/// records! {
///     /// One region grant.
///     UserTerritory {
///         /// Region name.
///         name: Text,
///         createdAt: DateTime | absent,
///         statusType: Text | null,
///     }
///     /// A page that also has the fields of another record.
///     UserPage: PageBase { content: List<User> }
///     /// An object to which the customer adds fields.
///     CdtJsonBody: CdtSystemFields + Shaped {}
/// }
/// ```
#[macro_export]
macro_rules! records {
    (@base) => { None };
    (@base $base:ident) => { Some($base::RECORD) };
    (@shaped) => { false };
    (@shaped Shaped) => { true };
    ($(
        $(#[doc = $doc:literal])*
        $name:ident $(: $base:ident)? $(+ $shaped:ident)? {
            $( $(#[doc = $field_doc:literal])* $field:ident : $of:ty $(| $mark:ident)* ),* $(,)?
        }
    )*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
            #[serde(default)]
            #[allow(non_snake_case, missing_docs)]
            pub struct $name {
                $(
                    $(#[doc = $field_doc])*
                    #[serde(skip_serializing_if = "Value::is_absent")]
                    pub $field: Value<$of>,
                )*
                $(
                    #[doc = concat!("The fields of [`", stringify!($base), "`].")]
                    #[serde(flatten)]
                    pub base: $base,
                )?
                /// Fields that the reference does not know.
                #[serde(flatten)]
                pub other: std::collections::BTreeMap<String, serde_json::Value>,
            }

            impl $crate::schema::Typed for $name {
                const TYPE: $crate::schema::Type = $crate::schema::Type::Record(Self::RECORD);
            }

            impl $name {
                /// The record as data.
                pub const RECORD: &'static $crate::schema::Record = {
                    static RECORD: $crate::schema::Record = $crate::schema::Record {
                        #[cfg(feature = "declarations")]
                        name: stringify!($name),
                        #[cfg(feature = "declarations")]
                        docs: &[$($doc),*],
                        base: $crate::records!(@base $($base)?),
                        fields: &[$($crate::schema::Field {
                            name: $crate::schema::wire_name(stringify!($field)),
                            of: <$of as $crate::schema::Typed>::TYPE,
                            marks: $crate::schema::Marks::read(&[$(stringify!($mark)),*]),
                            #[cfg(feature = "declarations")]
                            written: stringify!($of),
                            #[cfg(feature = "declarations")]
                            docs: &[$($field_doc),*],
                        }),*],
                        #[cfg(feature = "declarations")]
                        shaped: $crate::records!(@shaped $($shaped)?),
                    };
                    &RECORD
                };
            }
        )*

        /// The records of this file.
        #[cfg(feature = "declarations")]
        pub static RECORDS: &[&$crate::schema::Record] = &[$($name::RECORD),*];
    };
}

/// Declares the open enumerations of a resource: `Gender { MALE = "MALE" }`.
#[macro_export]
macro_rules! enumerations {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident { $( $value:ident = $word:literal ),* $(,)? }
    )*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
            #[serde(transparent)]
            #[allow(missing_docs)]
            pub struct $name(pub $crate::schema::Word);

            impl $name {
                $(
                    #[doc = concat!("`", $word, "`.")]
                    pub const $value: $name = $name($crate::schema::Word::Borrowed($word));
                )*
            }

            impl $crate::schema::Typed for $name {
                const TYPE: $crate::schema::Type = $crate::schema::Type::Text;
            }
        )*

        /// The enumerations of this file.
        #[cfg(feature = "declarations")]
        pub static ENUMERATIONS: &[&$crate::schema::Enumeration] = &[$(
            &$crate::schema::Enumeration {
                name: stringify!($name),
                values: &[$($word),*],
                docs: &[$($doc),*],
            }
        ),*];
    };
}

/// Declares other names for types: `DateOrDateTime = Text;`.
#[macro_export]
macro_rules! aliases {
    ($( $(#[doc = $doc:literal])* $name:ident = $of:ty $(| $mark:ident)*; )*) => {
        $(
            $(#[doc = $doc])*
            pub type $name = $of;
        )*

        /// The aliases of this file.
        #[cfg(feature = "declarations")]
        pub static ALIASES: &[&$crate::schema::Alias] = &[$(
            &$crate::schema::Alias {
                name: stringify!($name),
                written: stringify!($of),
                marks: $crate::schema::Marks::read(&[$(stringify!($mark)),*]),
                docs: &[$($doc),*],
            }
        ),*];
    };
}
