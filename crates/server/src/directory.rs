//! Who is who, as far as the hub must know it.
