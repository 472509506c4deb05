//! Encrypted files: how they are named and padded. They travel by HTTP (tus 1.0 up, ranges down), see `spec/attachments.md`.

/// Path under which uploads are created; one blob lies at this path, a slash and its id in hexadecimal.
pub const BLOBS_PATH: &str = "/v1/blobs";

/// Returns the length to which a file of `length` bytes is padded (Padmé, PURBs §4): at most 12 % more, and only
/// O(log log length) bits of the true length stay visible.
pub fn padded_length(length: u64) -> u64 {
    if length < 256 {
        return 256;
    }
    let exponent = u64::from(length.ilog2());
    let significand = u64::from(exponent.ilog2()) + 1;
    let mask = (1u64 << (exponent - significand)) - 1;
    length.saturating_add(mask) & !mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_hides_the_length_at_a_small_price() {
        assert_eq!(padded_length(0), 256);
        assert_eq!(padded_length(256), 256);
        for length in [257, 1000, 65_537, 1 << 20, (1 << 31) - 7] {
            let padded = padded_length(length);
            assert!(
                padded >= length && padded as f64 <= length as f64 * 1.12,
                "{length} -> {padded}"
            );
            assert_eq!(padded_length(padded), padded, "padding is stable");
        }
    }
}
