//! What can be wrong with one signed thing.

use thiserror::Error;
use valise_wire::DecodeError;

/// Why a signed thing is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Breach {
    /// Not the one encoding of what it has to be.
    #[error("not the one encoding of what it has to be: {0}")]
    Malformed(DecodeError),
    /// Headers other than the ones that such a thing has.
    #[error("headers other than the expected ones")]
    Headers,
    /// A thing of another type had to stand here.
    #[error("a thing of another type")]
    AnotherType,
    /// Larger than allowed.
    #[error("too large")]
    TooLarge,
    /// A field has a value that it cannot have.
    #[error("the field {0} is out of range")]
    Field(&'static str),
    /// The name of the signing key is not the one of the key that it was verified with.
    #[error("signed with another key")]
    AnotherKey,
    /// The signature does not verify: something was changed, or it was made for another room or request.
    #[error("the signature does not hold")]
    Forged,
    /// The second signature of a seal, which is of another kind, does not verify.
    #[error("the second signature of the seal does not hold")]
    SecondForged,
    /// The seal is on something else.
    #[error("the seal is on something else")]
    AnotherObject,
}
