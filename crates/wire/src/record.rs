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
/// Last fields may be left out, behind `and perhaps`: they are written up to the last one that says something ([`Perhaps`]), so that what was
/// made before there were such fields keeps its bytes. There is one encoding of each record: the last field that is written is never empty.
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
     and perhaps { $($(#[$last_attribute:meta])* pub $last:ident: $last_type:ty),+ $(,)? }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $($(#[$field_attribute])* pub $field: $type,)* $($(#[$last_attribute])* pub $last: $last_type),+ }

        impl $crate::cbor::Encode for $name {
            fn encode(&self, to: &mut $crate::cbor::Encoder) {
                let said = [$($crate::record::Perhaps::is_said(&self.$last)),+];
                let more = said.iter().rposition(|said| *said).map_or(0, |last| last + 1);
                to.array(<[&str]>::len(&[$(stringify!($field)),*]) + more);
                $($crate::cbor::Encode::encode(&self.$field, to);)*
                let mut at = 0;
                $(at += 1;
                if at <= more {
                    $crate::cbor::Encode::encode(&self.$last, to);
                })+
            }
        }

        impl $crate::cbor::Decode for $name {
            fn decode(from: &mut $crate::cbor::Decoder<'_>) -> Result<Self, $crate::cbor::DecodeError> {
                let least = <[&str]>::len(&[$(stringify!($field)),*]);
                let most = least + <[&str]>::len(&[$(stringify!($last)),+]);
                let fields = from.array()?;
                if !(least..=most).contains(&fields) {
                    return Err($crate::cbor::DecodeError::UnexpectedType);
                }
                $(let $field = $crate::cbor::Decode::decode(from)?;)*
                let mut left = fields - least;
                $(let $last = $crate::record::perhaps(&mut left, from)?;)+
                from.leave();
                Ok(Self { $($field,)* $($last),+ })
            }
        }
    };
}

/// A field at the end of a record that may be left out: nothing is written behind the last one that says something.
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

/// Reads a field of a record that may be left out, where so many of those are `left`. [`DecodeError::OutOfRange`] if it is the last one and
/// says nothing: then it is not written.
#[doc(hidden)]
pub fn perhaps<T: Decode + Perhaps>(
    left: &mut usize,
    from: &mut Decoder<'_>,
) -> Result<T, DecodeError> {
    let Some(behind) = left.checked_sub(1) else {
        return Ok(T::default());
    };
    *left = behind;
    let value = T::decode(from)?;
    match behind > 0 || value.is_said() {
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
