//! Markdown: whatever the text, the tree is safe, small and quickly made.

use crate::nodes::found;
use domain::markdown::{Block, excerpt, parse, plain};
use proptest::prelude::*;

const DEPTH: usize = 45;
const NODES: usize = 120_000;

fn is_allowed(address: &str) -> bool {
    let address = address.to_lowercase();
    let scheme = ["http://", "https://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    let local =
        address.starts_with('#') || (address.starts_with('/') && !address.starts_with("//"));
    (scheme || local)
        && !address.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\')
}

fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || ('\u{202A}'..='\u{202E}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
}

fn check(source: &str) -> Result<(), TestCaseError> {
    let found = found(source);
    prop_assert!(
        found.links.iter().all(|address| is_allowed(address)),
        "{:?}",
        found.links
    );
    prop_assert_eq!(found.nested_links, 0);
    prop_assert!(found.depth <= DEPTH);
    prop_assert!(!found.words.contains(is_hidden), "{:?}", found.words);
    let plain = plain(source);
    prop_assert!(!plain.contains(is_hidden), "{plain:?}");
    for max in [0, 1, 7, 80] {
        let excerpt = excerpt(source, max);
        prop_assert!(
            excerpt.chars().count() <= max && !excerpt.contains('\n'),
            "{excerpt:?}"
        );
    }
    Ok(())
}

/// Pieces of Markdown in any order: nearer to the edges than letters at random.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "word ",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "    ",
        "> ",
        "- ",
        "1. ",
        "- [x] ",
        "# ",
        "|",
        "|-|\n",
        "```",
        "~~~\n",
        "`",
        "*",
        "**",
        "_",
        "~~",
        "[",
        "]",
        "(",
        ")",
        "](",
        "![",
        "<",
        ">",
        "/",
        "//",
        "\\",
        "&",
        "&#x202E;",
        "&Tab;",
        "&colon;",
        "\u{202E}",
        "\u{0}",
        "javascript:",
        "data:",
        "https://a.example",
        "http://",
        "mailto:",
        "a@b.example",
        "/x",
        "#y",
        ": ",
        "[r]: ",
        "[r]",
        "\"t\"",
        "<b>",
        "</b>",
        "<script>",
        "<!--",
        "-->",
        "---\n",
        "===\n",
        "שלום",
        "👩\u{200D}🚒",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_pieces_of_markdown_are_safe(source in markdown()) {
        check(&source)?;
    }

    #[test]
    fn any_text_is_safe(source in any::<String>()) {
        check(&source)?;
    }

    #[test]
    fn any_address_is_safe(address in any::<String>()) {
        check(&format!("[x](<{address}>) ![x]({address}) <{address}> https://{address}"))?;
    }

    #[test]
    fn plain_words_stay(words in prop::collection::vec("[a-z]{1,9}", 1..20)) {
        prop_assert_eq!(plain(&words.join(" ")), words.join(" "));
    }
}

/// Texts of about `n` bytes, each made to be deep, or slow, or large.
fn hostile(n: usize) -> Vec<(&'static str, String)> {
    vec![
        ("quotations", ">".repeat(n)),
        ("quotations and words", "> ".repeat(n / 2) + "a"),
        (
            "a deep quotation and lines",
            ">".repeat(n / 2) + "a\n" + &"b\n".repeat(n / 4),
        ),
        (
            "a deep quotation and shallow ones",
            ">".repeat(n / 2) + "a\n" + &">b\n".repeat(n / 6),
        ),
        ("deep quotations", (">".repeat(300) + "a\n").repeat(n / 300)),
        ("lists in one line", "- ".repeat(n / 2) + "a"),
        ("numbered lists in one line", "1. ".repeat(n / 3) + "a"),
        (
            "lists",
            (0..400)
                .map(|depth| " ".repeat(2 * depth) + "- a\n")
                .collect(),
        ),
        (
            "lists and lines",
            (0..250)
                .map(|depth| " ".repeat(2 * depth) + "- a\n")
                .collect::<String>()
                + &"b\n".repeat(n / 4),
        ),
        ("lists and quotations", "- > ".repeat(n / 4) + "a"),
        ("open brackets", "[".repeat(n)),
        ("open links", "[a](".repeat(n / 4)),
        ("open images", "![[]()".repeat(n / 6)),
        ("closed links", "[".repeat(n / 2) + &"](/a)".repeat(n / 10)),
        (
            "images in images",
            "![".repeat(n / 6) + &"](/a)".repeat(n / 6),
        ),
        ("open stress", "*a **b ".repeat(n / 7)),
        (
            "nested stress",
            "*a **a ".repeat(n / 14) + &"a** a*".repeat(n / 14),
        ),
        ("closed stress", "*a*".repeat(n / 3)),
        ("stars", "**".repeat(n / 2)),
        ("underscores", "a_*b".repeat(n / 4)),
        ("tildes", "~~a ".repeat(n / 4)),
        (
            "backticks",
            (1..440).map(|len| "`".repeat(len) + "a").collect(),
        ),
        ("angles", "<".repeat(n)),
        ("comments", "a <!--".repeat(n / 6)),
        ("instructions", "a <?a".repeat(n / 5)),
        ("sections", "a <![CDATA[".repeat(n / 11)),
        ("tags", "<a href=\"".repeat(n / 9)),
        ("lines of tags", "<div>\n".repeat(n / 6)),
        (
            "a wide table",
            "|a".repeat(n / 8) + "|\n" + &"|-".repeat(n / 8) + "|\n" + &"|\n".repeat(n / 4),
        ),
        (
            "a long table",
            "|a|\n|-|\n".to_owned() + &"|b|\n".repeat(n / 4),
        ),
        ("definitions", "[a]: /u\n".repeat(n / 8)),
        (
            "one address again and again",
            format!("[a]: /{}\n\n{}", "u".repeat(n / 2), "[a] ".repeat(n / 8)),
        ),
        (
            "a refused address again and again",
            format!("[a]: x:{}\n\n{}", "u".repeat(n / 2), "[a] ".repeat(n / 8)),
        ),
        ("entities", "&#x202E;".repeat(n / 8)),
        ("backslashes", "\\".repeat(n)),
        ("zeros", "\0".repeat(n)),
        ("empty lines", "\n".repeat(n)),
        ("tabs", "\t".repeat(n)),
        ("fences", "```\n".repeat(n / 4)),
        ("tasks", "- [ ] a\n".repeat(n / 8)),
        ("pasted addresses", "https://a.example ".repeat(n / 18)),
        ("almost addresses", "https://(".repeat(n / 9)),
        ("nearly addresses", "http".repeat(n / 4)),
        ("closing brackets", "https://a".to_owned() + &")".repeat(n)),
        ("one long word", "a".repeat(n)),
        ("joined signs", "👩".to_owned() + &"\u{200D}".repeat(n / 3)),
    ]
}

#[test]
fn hostile_texts_stay_small_and_shallow() {
    for (name, source) in hostile(5_000).into_iter().chain(hostile(40_000)) {
        let found = found(&source);
        assert!(found.depth <= DEPTH, "{name}: {} deep", found.depth);
        assert!(found.nodes <= NODES, "{name}: {} nodes", found.nodes);
        assert!(
            found.words.len() <= 3 * source.len() + 1_000_000,
            "{name}: {} bytes",
            found.words.len()
        );
        assert!(excerpt(&source, 80).chars().count() <= 80, "{name}");
    }
}

#[test]
fn too_large_is_shown_as_written() {
    let deep = ">".repeat(50_000) + "a\n" + &"b\n".repeat(20_000);
    let many = "*a* ".repeat(30_000);
    let large = "**a**".to_owned() + &" b".repeat(600_000);
    for source in [deep, many, large] {
        let written = Block::Code {
            language: None,
            text: source.clone(),
        };
        assert_eq!(parse(&source), [written]);
    }
    let hidden = "**a**\u{202E}\r\n**b**\r".repeat(90_000);
    assert_eq!(
        parse(&hidden),
        [Block::Code {
            language: None,
            text: "**a**\n**b**\n".repeat(90_000)
        }]
    );
}

#[test]
fn a_long_sitrep_is_still_markdown() {
    let source =
        "- **Reads** are being moved to `db-eu-2`, see [the run book](https://wiki.example/1).\n"
            .repeat(2_400);
    assert!(source.len() > 200_000);
    assert!(
        matches!(parse(&source).as_slice(), [Block::List { items, .. }] if items.len() == 2_400)
    );
    let banner = format!("{}\n\n**a**\n\n", "-".repeat(200)).repeat(1_000);
    assert_eq!(parse(&banner).len(), 2_000);
}

#[test]
fn deep_nesting_keeps_the_words() {
    let words: Vec<String> = (0..60).map(|n| format!("w{n}")).collect();
    let mut nested = String::new();
    for (depth, word) in words.iter().enumerate() {
        nested += &"  ".repeat(depth);
        nested += &["- ", word.as_str(), "\n"].concat();
    }
    assert_eq!(plain(&nested), words.join("\n"));
    let quoted = ">".repeat(60) + " a\n\nb";
    assert_eq!(plain(&quoted), "a\nb");
    let stressed = "*a **b ".repeat(60) + &"c** d* ".repeat(60);
    assert_eq!(plain(&stressed).matches(['a', 'b', 'c', 'd']).count(), 240);
}
