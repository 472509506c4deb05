//! Letters that people read to one another and type: Crockford's base 32, without any that looks like another one or a digit.

/// A value below 32 is written as the letter at its place.
pub(crate) const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Reads letters however they were typed: small ones, with spaces and hyphens, `O` for `0`, `I` or `L` for `1`. None if there is
/// another one among them, or if there are more than `most`.
pub(crate) fn values(text: &str, most: usize) -> Option<Vec<u8>> {
    let mut values = Vec::new();
    for typed in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        let letter = match typed.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let value = LETTERS
            .iter()
            .position(|known| char::from(*known) == letter)?;
        values.push(value as u8);
        if values.len() > most {
            return None;
        }
    }
    Some(values)
}
