//! Formats for people's browsers, read as browsers read them.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::hostile::harmless;

/// What may stand in the Markdown as HTML; everything else would come from outside.
const OWN_HTML: [&str; 9] = [
    "<!-- flightcheck report -->",
    "<details>",
    "<details open>",
    "</details>",
    "<summary>",
    "</summary>",
    "<code>",
    "</code>",
    "\n",
];

/// Only our own headings, folds and tables; no link, no image, no mention.
pub(super) fn markdown(text: &str) {
    harmless(text);
    assert!(text.len() <= 65_536);
    let (mut headings, mut tables, mut in_block) = (0, 0, false);
    let (mut prose, mut code) = (String::new(), String::new());
    for event in Parser::new_ext(text, Options::all()) {
        match event {
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::Start(Tag::Table(_)) => tables += 1,
            Event::Start(Tag::CodeBlock(_)) => in_block = true,
            Event::End(TagEnd::CodeBlock) => in_block = false,
            Event::Start(tag) => {
                let foreign = matches!(
                    tag,
                    Tag::Link { .. } | Tag::Image { .. } | Tag::FootnoteDefinition(_) | Tag::BlockQuote(_)
                );
                assert!(!foreign, "{tag:?}");
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let rest = OWN_HTML.iter().fold(html.to_string(), |html, own| html.replace(own, ""));
                assert!(!rest.contains(['<', '>']), "{html}");
            }
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::Rule => {
                panic!("{event:?}")
            }
            Event::Text(text) if in_block => code += &text,
            Event::Code(text) => code += &text,
            Event::Text(text) => prose += &text,
            Event::SoftBreak | Event::End(_) => prose.push(' '),
            _ => {}
        }
    }
    assert_eq!((headings, tables), (1, 1));
    assert_eq!(text.matches("<!-- flightcheck report -->\n").count(), 1);
    assert!(code.contains("@everyone"), "the hostile text is there");
    let followed = |mark: char, by: fn(char) -> bool| prose.split(mark).skip(1).any(|after| after.starts_with(by));
    assert!(!followed('@', char::is_alphanumeric) && !followed('#', |char| char.is_ascii_digit()), "{prose}");
    assert!(!prose.contains("://") && !prose.to_lowercase().contains("www."), "{prose}");
}

/// The elements of the page, and their attributes.
const ELEMENTS: &[&str] = &[
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "header",
    "footer",
    "section",
    "article",
    "figure",
    "figcaption",
    "details",
    "summary",
    "h1",
    "h2",
    "h3",
    "p",
    "span",
    "strong",
    "code",
    "pre",
    "mark",
    "ul",
    "li",
    "dl",
    "dt",
    "dd",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "svg",
    "rect",
    "text",
    "a",
    "br",
];
const ATTRIBUTES: &[&str] = &[
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "id",
    "href",
    "scope",
    "role",
    "width",
    "height",
    "viewBox",
    "xmlns",
    "x",
    "y",
    "rx",
];

/// No error of the parser, and no element or attribute that is not ours.
pub(super) fn html(text: &str) {
    harmless(text);
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(text);
    let errors = dom.errors.borrow();
    assert!(errors.is_empty(), "{errors:?}");
    let mut seen = Vec::new();
    walk(&dom.document, &mut seen);
    assert_eq!(seen.iter().filter(|name| *name == "style").count(), 1);
    assert!(seen.iter().filter(|name| *name == "svg").count() > 5);
    assert_eq!(seen.iter().filter(|name| *name == "h1").count(), 1);
}

fn walk(node: &Handle, seen: &mut Vec<String>) {
    match &node.data {
        NodeData::Element { name, attrs, .. } => {
            let name = name.local.to_string();
            assert!(ELEMENTS.contains(&name.as_str()), "{name}");
            for attribute in attrs.borrow().iter() {
                let key = attribute.name.local.to_string();
                assert!(ATTRIBUTES.contains(&key.as_str()), "{name} {key}");
                assert!(key != "href" || attribute.value.starts_with('#'), "{}", attribute.value);
            }
            seen.push(name);
        }
        NodeData::Comment { contents } => panic!("{contents}"),
        _ => {}
    }
    node.children.borrow().iter().for_each(|child| walk(child, seen));
}
