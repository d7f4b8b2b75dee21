//! The ids of the page under which tools of customers know things: 12 lower case letters and digits, as Statuspage has them.
//! What came from such a page keeps its own; everything else gets one made from its lasting id. They are names and no
//! secrets: who knows the id can work out the code.

const SIGNS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const LENGTH: usize = 12;

/// The code of something: `kind` keeps incident 7 and page 7 apart.
pub fn code(kind: &str, id: &str) -> String {
    // FNV-1a, then the last steps of SplitMix64, without which ids that follow each other would look alike.
    let mut mixed = [kind, "/", id]
        .iter()
        .flat_map(|part| part.bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^= mixed >> 31;
    let mut code = String::with_capacity(LENGTH);
    for _ in 0..LENGTH {
        let sign = usize::try_from(mixed % 36).unwrap_or_default();
        code.push(char::from(SIGNS[sign]));
        mixed /= 36;
    }
    code
}

/// True for what may stand as a code in an address.
pub fn is_code(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|byte| SIGNS.contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_differ_and_stay_the_same() {
        let codes: BTreeSet<String> = (1..=20_000)
            .map(|number: i32| code("incident", &number.to_string()))
            .collect();
        assert_eq!(codes.len(), 20_000);
        assert!(codes.iter().all(|code| is_code(code)));
        // Kept by tools of customers: another build must come to the same.
        assert_eq!(code("incident", "142"), "wl3v4352d5vc");
        assert_ne!(code("incident", "142"), code("page", "142"));
        assert!(!is_code("g1zp3jpycgb") && !is_code("G1ZP3JPYCGBZ"));
    }
}
