//! Markdown: hostile texts. Whatever is written, a reader gets words and checked links.

use crate::nodes::{found, shown};
use domain::markdown::{Href, plain};

/// Text that must come out as a paragraph of exactly these letters.
fn stays_text(source: &str) {
    assert_eq!(shown(source), format!("p[{source}]"));
}

#[test]
fn html_is_text() {
    for source in [
        "<script>alert(1)</script>",
        "</textarea><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <img src=x onerror=alert(1)> b",
        "<svg/onload=alert(1)>",
        "<svg><set href=#x attributeName=href to=javascript:alert(1) /></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<style>*{display:none}</style>",
        "<base href=//evil.example>",
        "<!-- <script> -->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?php echo 1 ?>",
        "<!DOCTYPE html>",
        "<form action=/people><button>x</button></form>",
        "a <b>bold</b> <!-- c --> <x-y z>",
        "<details open ontoggle=alert(1)>",
        "--><script>alert(1)</script>",
        "\"><script>alert(1)</script>",
    ] {
        stays_text(source);
        assert_eq!(plain(source), source);
    }
    assert_eq!(
        shown("<div>\n<script>\nalert(1)\n</script>"),
        "p[<div>⏎⏎<script>⏎⏎alert(1)⏎⏎</script>]"
    );
    assert_eq!(
        shown("&lt;script&gt;alert(1)&#60;/script&#x3e;"),
        "p[<script>alert(1)</script>]"
    );
    assert_eq!(
        shown("|<script>|\n|-|\n|</td><img src=x>|"),
        "table:a[<script>/</td><img src=x>]"
    );
    assert_eq!(shown("# <img src=x>"), "h1[<img src=x>]");
    assert_eq!(shown("- <img src=x>"), "list[•p[<img src=x>]]");
    assert_eq!(shown("<b>**a**</b>"), "p[<b>strong[a]</b>]");
}

#[test]
fn refused_addresses_are_shown_as_text() {
    assert_eq!(
        shown("[pay](javascript:alert(1))"),
        "p[pay (javascript:alert(1))]"
    );
    assert_eq!(
        shown("[*pay* now](data:text/html,x) soon"),
        "p[em[pay] now (data:text/html,x) soon]"
    );
    assert_eq!(shown("<javascript:alert(1)>"), "p[javascript:alert(1)]");
    assert_eq!(shown("[](javascript:alert(1))"), "p[javascript:alert(1)]");
    assert_eq!(
        shown("![x](javascript:alert(1))"),
        "p[image: x (javascript:alert(1))]"
    );
    assert_eq!(
        shown("[x][1]\n\n[1]: javascript:alert(1)"),
        "p[x (javascript:alert(1))]"
    );
    assert_eq!(
        shown("[x](<javascript:alert(1)\u{202E}>)"),
        "p[x (javascript:alert(1))]"
    );
    assert_eq!(shown("[x]()"), "p[x]");
    let long = shown(&format!("[x](data:{})", "a".repeat(5000)));
    assert!(
        long.chars().count() < 220 && long.ends_with("…)]"),
        "{long}"
    );
}

#[test]
fn no_scheme_but_the_four() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "JAVASCRIPT:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "javascript&#x3A;alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;&#x61;&#x76;&#x61;script:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "java&#9;script:alert(1)",
        "java&#10;script:alert(1)",
        "java&#13;script:alert(1)",
        "&#1;javascript:alert(1)",
        "&#32;javascript:alert(1)",
        "&nbsp;javascript:alert(1)",
        "&#x200B;javascript:alert(1)",
        "\\javascript:alert(1)",
        "javascript\\:alert(1)",
        "javascript%3Aalert(1)",
        "%6Aavascript:alert(1)",
        "javascript://%0aalert(1)",
        "javascript:https://a.example",
        "data:text/html;base64,PHNjcmlwdD4=",
        "DATA:image/svg+xml,x",
        "vbscript:msgbox(1)",
        "livescript:x",
        "mocha:x",
        "file:///etc/passwd",
        "ftp://a.example",
        "blob:https://a.example/1",
        "filesystem:https://a.example/1",
        "view-source:https://a.example",
        "about:blank",
        "intent://a#Intent;end",
        "ms-msdt:/id",
        "ws://a.example",
        "jar:https://a.example!/",
        "feed:javascript:alert(1)",
        "x:y",
        ":",
        "://a.example",
        "//evil.example",
        "///evil.example",
        "/\\\\evil.example",
        "\\\\\\\\evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https://",
        "https:///evil.example",
        "https://@evil.example",
        "https://known.example@evil.example",
        "https://known.example:x@evil.example/",
        "https:\\\\\\\\evil.example",
        "https://\\\\evil.example",
        "https://a.example\\\\@evil.example",
        "mailto:",
        "tel:",
        "evil.example",
        "www.evil.example",
        "../up",
        "?q",
        "x",
        "https&#58;//a\u{202E}.example",
        "https://a.example/&#0;",
        "https://a.example/\u{7}",
    ] {
        for source in [
            format!("[x]({address})"),
            format!("[x](<{address}>)"),
            format!("![x]({address})"),
            format!("[x][r]\n\n[r]: {address}"),
            format!("[r]\n\n[r]: <{address}> 'title'"),
            format!("<{address}>"),
            format!("[![x](/local)]({address})"),
            format!("[x]( {address} \"t\")"),
            format!("**[x]({address})**"),
            format!("> - [x]({address})"),
        ] {
            let links = found(&source).links;
            // An address pasted within the refused one may be a link of its own, and the picture is.
            assert!(
                links
                    .iter()
                    .all(|link| link == "/local" || link.starts_with("https://a.example")),
                "{source:?} leads to {links:?}"
            );
        }
    }
}

#[test]
fn good_addresses_stay_links() {
    for address in [
        "http://a.example",
        "https://a.example:8443/x?y=%20z#w",
        "HTTPS://A.EXAMPLE",
        "https://[::1]:3000/",
        "https://münchen.example/ü",
        "https://10.0.0.1",
        "https://a.example/@bo",
        "https://a.example?next=javascript:x",
        "mailto:bo@a.example?subject=x",
        "tel:+49-30-123",
        "/",
        "/incidents/142#t-1358",
        "#",
        "#t-1358",
        "/a:b",
        "/a//b",
    ] {
        assert_eq!(
            Href::parse(address).as_ref().map(Href::as_str),
            Some(address)
        );
        assert_eq!(found(&format!("[x]({address})")).links, [address]);
    }
    assert_eq!(
        Href::parse(&format!("https://a.example/{}", "a".repeat(2048))),
        None
    );
    let external = |address| Href::parse(address).map(|href| href.is_external());
    assert_eq!(external("HTTP://a.example"), Some(true));
    assert_eq!(external("https://a.example"), Some(true));
    assert_eq!(external("/http"), Some(false));
    assert_eq!(external("mailto:bo@a.example"), Some(false));
}

#[test]
fn what_nobody_can_see_is_removed() {
    let hidden = "a\u{202E}b\u{2066}c\u{2069}d\u{0}e\u{1B}[31mf\u{7F}g\u{9B}h\u{FFF9}i";
    assert_eq!(
        shown(hidden),
        "p[abcdef[31mfghi]".replace("def[", "de[").as_str()
    );
    assert_eq!(shown("a&#x202E;b&#x2066;c&#8;d"), "p[abcd]");
    assert_eq!(shown("`a\u{202E}b`"), "p[code[ab]]");
    assert_eq!(shown("```\na\u{202E}b\u{1}\n\tc\n```"), "code[ab\n\tc\n]");
    assert_eq!(shown("<b \u{202E}>"), "p[<b >]");
    assert_eq!(shown("[a\u{202E}b](/x)"), "p[link:/x[ab]]");
    assert_eq!(shown("```a\u{202E}b\nx\n```"), "code[x\n]");
    assert_eq!(shown("a\rb"), "p[a⏎b]");
    let kept = "שלום \u{200F}עולם, سلام, e\u{301}, 👩\u{200D}🚒, \u{FEFF}x";
    assert_eq!(plain(kept), kept);
}

#[test]
fn an_address_leads_where_it_says() {
    // Refused as it was written; what is left of it for the reader is an address like any other.
    let link = "link:https://elpmaxe.example[https://elpmaxe.example]";
    assert_eq!(
        shown("[x](https://&#x202E;elpmaxe.example)"),
        format!("p[x ({link})]")
    );
    assert_eq!(
        shown("https://\u{202E}elpmaxe.example"),
        format!("p[{link}]")
    );
}

#[test]
fn links_never_nest() {
    for source in [
        "[a [b](https://b.example) c](https://a.example)",
        "[![a](/b)](/a)",
        "![[a](/b)](/a)",
        "[<https://b.example>](/a)",
        "[https://b.example](/a)",
        "[*https://b.example*](/a)",
        "![![[a](/c)](/b)](/a)",
        "[![[a](/c)](/b)](/a)",
        "[a][b][c]\n\n[b]: /b\n[c]: /c",
        "[![x](javascript:y)](/a)",
    ] {
        assert_eq!(found(source).nested_links, 0, "{source}");
    }
}
