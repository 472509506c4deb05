//! The two shapes of every protocol type: a record of fields and a choice between records.

use crate::cbor::{Decode, DecodeError, Decoder, Encode, Encoder};

/// Opaque bytes, written as a CBOR byte string: something sealed, signed or of another protocol.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Octets(pub Vec<u8>);

impl std::fmt::Debug for Octets {
    /// Shows the length alone: what is inside may be content.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} octets", self.0.len())
    }
}

impl From<Vec<u8>> for Octets {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Octets {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl std::ops::Deref for Octets {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl Encode for Octets {
    fn encode(&self, to: &mut Encoder) {
        to.bytes(&self.0);
    }
}

impl Decode for Octets {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        from.bytes().map(Octets::from)
    }
}

/// Defines a struct that is written as a CBOR array of its fields, in their order.
///
/// A field is never added to a record that is in use: a new protocol version gets a new record.
///
/// One last field may be left out, behind `and perhaps`: it is written only where it says something ([`Perhaps`]), so that what was made
/// before there was such a field keeps its bytes. There is one encoding of each record: the field is never written empty.
#[macro_export]
macro_rules! record {
    ($(#[$attribute:meta])* pub struct $name:ident { $($(#[$field_attribute:meta])* pub $field:ident: $type:ty),* $(,)? }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $($(#[$field_attribute])* pub $field: $type),* }

        impl $crate::cbor::Encode for $name {
            fn encode(&self, to: &mut $crate::cbor::Encoder) {
                to.array(<[&str]>::len(&[$(stringify!($field)),*]));
                $($crate::cbor::Encode::encode(&self.$field, to);)*
            }
        }

        impl $crate::cbor::Decode for $name {
            fn decode(from: &mut $crate::cbor::Decoder<'_>) -> Result<Self, $crate::cbor::DecodeError> {
                from.array_of(<[&str]>::len(&[$(stringify!($field)),*]))?;
                $(let $field = $crate::cbor::Decode::decode(from)?;)*
                from.leave();
                Ok(Self { $($field),* })
            }
        }
    };
    ($(#[$attribute:meta])* pub struct $name:ident { $($(#[$field_attribute:meta])* pub $field:ident: $type:ty),* $(,)? }
     and perhaps { $(#[$last_attribute:meta])* pub $last:ident: $last_type:ty $(,)? }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $($(#[$field_attribute])* pub $field: $type,)* $(#[$last_attribute])* pub $last: $last_type }

        impl $crate::cbor::Encode for $name {
            fn encode(&self, to: &mut $crate::cbor::Encoder) {
                let is_said = $crate::record::Perhaps::is_said(&self.$last);
                to.array(<[&str]>::len(&[$(stringify!($field)),*]) + usize::from(is_said));
                $($crate::cbor::Encode::encode(&self.$field, to);)*
                if is_said {
                    $crate::cbor::Encode::encode(&self.$last, to);
                }
            }
        }

        impl $crate::cbor::Decode for $name {
            fn decode(from: &mut $crate::cbor::Decoder<'_>) -> Result<Self, $crate::cbor::DecodeError> {
                let least = <[&str]>::len(&[$(stringify!($field)),*]);
                let fields = from.array()?;
                if fields != least && fields != least + 1 {
                    return Err($crate::cbor::DecodeError::UnexpectedType);
                }
                $(let $field = $crate::cbor::Decode::decode(from)?;)*
                let $last = match fields == least {
                    true => <$last_type as Default>::default(),
                    false => $crate::record::said(from)?,
                };
                from.leave();
                Ok(Self { $($field,)* $last })
            }
        }
    };
}

/// The last field of a record that may be left out: it is written only where it says something.
pub trait Perhaps: Default {
    /// Tells whether there is anything in it.
    fn is_said(&self) -> bool;
}

impl<T> Perhaps for Vec<T> {
    fn is_said(&self) -> bool {
        !self.is_empty()
    }
}

impl<T> Perhaps for Option<T> {
    fn is_said(&self) -> bool {
        self.is_some()
    }
}

/// Reads the last field of a record that may be left out, where it stands. [`DecodeError::OutOfRange`] if it says nothing: then it is
/// not written.
#[doc(hidden)]
pub fn said<T: Decode + Perhaps>(from: &mut Decoder<'_>) -> Result<T, DecodeError> {
    let value = T::decode(from)?;
    match value.is_said() {
        true => Ok(value),
        false => Err(DecodeError::OutOfRange),
    }
}

/// Defines an enum of records that is written as `[number, record]`.
#[macro_export]
macro_rules! choice {
    ($(#[$attribute:meta])* pub enum $name:ident { $($(#[$variant_attribute:meta])* $number:literal => $variant:ident($type:ty)),* $(,)? }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_attribute])* $variant($type)),* }

        impl $name {
            /// The numbers of all variants, ascending.
            pub const NUMBERS: &'static [u64] = &[$($number),*];

            /// Returns the variant's name, for logs and metrics: it says nothing of what is inside.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => stringify!($variant)),* }
            }

            /// Returns the variant's number, which it is written with.
            pub fn number(&self) -> u64 {
                match self { $(Self::$variant(_) => $number),* }
            }
        }

        $(impl From<$type> for $name {
            fn from(value: $type) -> Self {
                Self::$variant(value)
            }
        })*

        impl $crate::cbor::Encode for $name {
            fn encode(&self, to: &mut $crate::cbor::Encoder) {
                to.array(2);
                to.unsigned(self.number());
                match self { $(Self::$variant(value) => $crate::cbor::Encode::encode(value, to)),* }
            }
        }

        impl $crate::cbor::Decode for $name {
            fn decode(from: &mut $crate::cbor::Decoder<'_>) -> Result<Self, $crate::cbor::DecodeError> {
                from.array_of(2)?;
                let value = match from.unsigned()? {
                    $($number => Self::$variant($crate::cbor::Decode::decode(from)?),)*
                    _ => return Err($crate::cbor::DecodeError::OutOfRange),
                };
                from.leave();
                Ok(value)
            }
        }
    };
}

/// Defines an enum without content that is written as its number.
#[macro_export]
macro_rules! code {
    ($(#[$attribute:meta])* pub enum $name:ident { $($(#[$variant_attribute:meta])* $variant:ident = $number:literal),* $(,)? }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_attribute])* $variant = $number),* }

        impl $crate::cbor::Encode for $name {
            fn encode(&self, to: &mut $crate::cbor::Encoder) {
                to.unsigned(*self as u64);
            }
        }

        impl $crate::cbor::Decode for $name {
            fn decode(from: &mut $crate::cbor::Decoder<'_>) -> Result<Self, $crate::cbor::DecodeError> {
                match from.unsigned()? {
                    $($number => Ok(Self::$variant),)*
                    _ => Err($crate::cbor::DecodeError::OutOfRange),
                }
            }
        }
    };
}
