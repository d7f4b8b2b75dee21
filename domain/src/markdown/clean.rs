//! Taking out what nobody can see.

use std::borrow::Cow;

/// Characters that are removed from every text (see the head of the module above).
pub(super) fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFF9}'..='\u{FFFB}')
}

/// The text without them. A line end stays one, whichever way it was written.
pub(super) fn clean(text: &str) -> String {
    let text = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    };
    text.chars().filter(|&c| !is_hidden(c)).collect()
}
