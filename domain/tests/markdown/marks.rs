//! Markdown: what the marks become, and the plain text of it.

use crate::nodes::shown;
use domain::markdown::{excerpt, plain};

#[test]
fn words_and_stress() {
    assert_eq!(shown(""), "");
    assert_eq!(shown("Reads moved."), "p[Reads moved.]");
    assert_eq!(
        shown("a *b* **c** ~~d~~ `e`"),
        "p[a em[b] strong[c] strike[d] code[e]]"
    );
    assert_eq!(shown("***both***"), "p[em[strong[both]]]");
    assert_eq!(shown("one\ntwo  \nthree\r\nfour"), "p[one⏎two⏎⏎three⏎four]");
    assert_eq!(shown("a\n\nb"), "p[a]p[b]");
    assert_eq!(shown("db_eu_2 and 2 * 3 * 4"), "p[db_eu_2 and 2 * 3 * 4]");
    assert_eq!(
        shown(r"\*not stressed\* &amp; &lt;"),
        "p[*not stressed* & <]"
    );
}

#[test]
fn headings_quotes_rules() {
    assert_eq!(shown("# A\n###### B *c*"), "h1[A]h6[B em[c]]");
    assert_eq!(shown("A\n==="), "h1[A]");
    assert_eq!(shown("> a\n> > b"), "quote[p[a]quote[p[b]]]");
    assert_eq!(shown("a\n\n---\n\nb"), "p[a]rulep[b]");
}

#[test]
fn lists() {
    assert_eq!(shown("- a\n- b *c*"), "list[•[a]•[b em[c]]]");
    assert_eq!(shown("- a\n\n- b"), "list[•p[a]•p[b]]");
    assert_eq!(shown("7. a\n8. b"), "list7[•[a]•[b]]");
    assert_eq!(
        shown("- a\n  - b\n    more\n- c"),
        "list[•[a]list[•[b⏎more]]•[c]]"
    );
    assert_eq!(
        shown("- a\n  ```\n  x\n  ```\n  b"),
        "list[•[a]code[x\n][b]]"
    );
}

#[test]
fn task_lists() {
    assert_eq!(
        shown("- [x] call\n- [ ] wait\n- talk"),
        "list[☑[call]☐[wait]•[talk]]"
    );
    assert_eq!(shown("- [X] a\n\n- [ ] b"), "list[☑p[a]☐p[b]]");
    assert_eq!(shown("- [x] a\n  - [ ] b"), "list[☑[a]list[☐[b]]]");
    assert_eq!(shown("[x] no list"), "p[[x] no list]");
}

#[test]
fn tables() {
    assert_eq!(
        shown("| host | load |\n|:--|--:|\n| db-eu-2 | **31%** |\n| db-eu-3 |"),
        "table:lr[host|load/db-eu-2|strong[31%]/db-eu-3|]"
    );
    assert_eq!(
        shown("|a|b|\n|-|:-:|\n|\\||`c`|"),
        "table:ac[a|b/||code[c]]"
    );
}

#[test]
fn code() {
    assert_eq!(
        shown("```sql\nselect *\n  from t\n```"),
        "code:sql[select *\n  from t\n]"
    );
    assert_eq!(shown("```c++ title\nx\n```"), "code:c++[x\n]");
    assert_eq!(shown("```\"onload=\nx\n```"), "code[x\n]");
    assert_eq!(shown("    indented\r\n    more"), "code[indented\nmore]");
    assert_eq!(shown("```\na\r\n\tb\r\n```"), "code[a\n\tb\n]");
}

#[test]
fn links() {
    assert_eq!(
        shown("[run book](https://wiki.example/a_(b))"),
        "p[link:https://wiki.example/a_(b)[run book]]"
    );
    assert_eq!(
        shown("[a][1] and [b]\n\n[1]: /incidents/142\n[b]: #now \"title\""),
        "p[link:/incidents/142[a] and link:#now[b]]"
    );
    assert_eq!(
        shown("<https://a.example> <bo@a.example>"),
        "p[link:https://a.example[https://a.example] link:mailto:bo@a.example[bo@a.example]]"
    );
    assert_eq!(
        shown("[call](tel:+4930123) [**mail**](MAILTO:bo@a.example)"),
        "p[link:tel:+4930123[call] link:MAILTO:bo@a.example[strong[mail]]]"
    );
    assert_eq!(shown("[](/empty)"), "p[link:/empty[/empty]]");
}

#[test]
fn pasted_addresses_are_links() {
    assert_eq!(
        shown("see https://a.example/x?b=1&c=2, (or http://b.example/a_(b))."),
        "p[see link:https://a.example/x?b=1&c=2[https://a.example/x?b=1&c=2], \
         (or link:http://b.example/a_(b)[http://b.example/a_(b)]).]"
    );
    assert_eq!(
        shown("**https://a.example**"),
        "p[strong[link:https://a.example[https://a.example]]]"
    );
    assert_eq!(
        shown("- https://a.example"),
        "list[•[link:https://a.example[https://a.example]]]"
    );
    assert_eq!(
        shown("https://a.example/snake_case_name"),
        "p[link:https://a.example/snake_case_name[https://a.example/snake_case_name]]"
    );
    assert_eq!(shown("`https://a.example`"), "p[code[https://a.example]]");
    assert_eq!(
        shown("[https://a.example](https://b.example)"),
        "p[link:https://b.example[https://a.example]]"
    );
    assert_eq!(
        shown("[*https://a.example*](https://b.example)"),
        "p[link:https://b.example[em[https://a.example]]]"
    );
    for text in [
        "http and https://",
        "xhttps://a.example",
        "https://. x",
        "javascript:https",
        "https://(",
        "https://!)",
    ] {
        assert_eq!(shown(text), format!("p[{text}]"));
    }
}

#[test]
fn images_are_links_to_the_picture() {
    assert_eq!(
        shown("![graph *of* load](https://a.example/g.png)"),
        "p[link:https://a.example/g.png[image: graph of load]]"
    );
    assert_eq!(shown("![](/g.png)"), "p[link:/g.png[image]]");
    assert_eq!(
        shown("[![load](https://a.example/g.png)](https://b.example)"),
        "p[link:https://b.example[image: load]]"
    );
    assert_eq!(
        shown("![a [b](https://b.example) https://c.example](https://a.example)"),
        "p[link:https://a.example[image: a b https://c.example]]"
    );
    assert_eq!(shown("![a ![b](/b)](/a)"), "p[link:/a[image: a image: b]]");
}

#[test]
fn plain_text() {
    assert_eq!(plain(""), "");
    assert_eq!(
        plain("# A\n\nb *c* [d](https://e.example)\nf  \ng"),
        "A\nb c d f\ng"
    );
    assert_eq!(
        plain("- a\n- [x] b\n  - [ ] c\n\n> d"),
        "a\n[x] b\n[ ] c\nd"
    );
    assert_eq!(plain("|a|b|\n|-|-|\n|c|d|"), "a | b\nc | d");
    assert_eq!(plain("```\nx\n  y\n```\n---\n![z](/z)"), "x\n  y\nimage: z");
    assert_eq!(plain("<b>5 < 6</b>"), "<b>5 < 6</b>");
}

#[test]
fn excerpts() {
    let text = "Reads **are being moved** to\n\ndb-eu-2.";
    assert_eq!(excerpt(text, 99), "Reads are being moved to db-eu-2.");
    assert_eq!(excerpt(text, 33), "Reads are being moved to db-eu-2.");
    assert_eq!(excerpt(text, 32), "Reads are being moved to…");
    assert_eq!(excerpt(text, 16), "Reads are being…");
    assert_eq!(excerpt(text, 15), "Reads are…");
    assert_eq!(excerpt(text, 4), "Rea…");
    assert_eq!(excerpt(text, 1), "…");
    assert_eq!(excerpt(text, 0), "");
    assert_eq!(
        excerpt("👩\u{200D}🚒👩\u{200D}🚒", 5),
        "👩\u{200D}🚒…",
        "no sign is torn apart"
    );
    assert_eq!(excerpt("\n \n", 5), "");
}
