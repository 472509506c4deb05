//! The token of a session in a header.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

/// Reads `Authorization: Bearer <32 bytes in hexadecimal digits>`; none if there is no such header, or another one.
pub fn bearer_token(headers: &HeaderMap) -> Option<[u8; 32]> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let (value, None) = (values.next()?, values.next()) else {
        return None;
    };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    let mut bytes = [0; 32];
    hex::decode_to_slice(token, &mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(values: &[&str]) -> Option<[u8; 32]> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, value.parse().unwrap());
        }
        bearer_token(&headers)
    }

    #[test]
    fn only_a_whole_token_is_one() {
        let text = hex::encode([7; 32]);
        assert_eq!(token(&[&format!("Bearer {text}")]), Some([7; 32]));
        assert_eq!(token(&[&format!("bearer {text}")]), Some([7; 32]));
        for bad in [
            text.clone(),
            format!("Basic {text}"),
            format!("Bearer {text}AA"),
            format!("Bearer {}", &text[1..]),
            "Bearer ".into(),
        ] {
            assert_eq!(token(&[&bad]), None, "{bad}");
        }
        assert_eq!(
            token(&[&format!("Bearer {text}"), &format!("Bearer {text}")]),
            None
        );
        assert_eq!(token(&[]), None);
    }
}
