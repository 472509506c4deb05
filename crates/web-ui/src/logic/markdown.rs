//! What a text says with GitHub's Markdown, as a tree of what is shown. HTML is text, links are text, pictures are text:
//! nothing of somebody else's ever becomes an element of its own choice or an address to fetch from.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::iter::Peekable;

/// Parts within parts beyond which everything is on one level: a hostile text has thousands.
const DEEPEST: usize = 8;
/// Texts longer than this are shown as they stand.
const LONGEST: usize = 16 << 10;

/// A part that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Some lines.
    Lines(Vec<Inline>),
    /// A heading.
    Heading(Vec<Inline>),
    /// Code, as it stands.
    Code(String),
    /// What somebody else said.
    Quote(Vec<Block>),
    /// A list; numbered from something, or not.
    List(Option<u64>, Vec<Vec<Block>>),
    /// A line across.
    Rule,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// As it stands.
    Text(String),
    /// Code.
    Code(String),
    /// Heavy.
    Strong(Vec<Inline>),
    /// Slanted.
    Emphasis(Vec<Inline>),
    /// Struck through.
    Strike(Vec<Inline>),
}

type Events<'a> = Peekable<Parser<'a>>;

/// Reads a text.
pub fn read(text: &str) -> Vec<Block> {
    if text.len() > LONGEST {
        return vec![Block::Lines(vec![Inline::Text(text.to_owned())])];
    }
    let mut events = Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH).peekable();
    blocks(&mut events, None, 0)
}

/// Reads up to the end of a part. What is deeper than [`DEEPEST`] is read as if it stood here.
fn blocks(events: &mut Events<'_>, end: Option<TagEnd>, depth: usize) -> Vec<Block> {
    let mut found = Vec::new();
    let mut flattened = 0_usize;
    while let Some(event) = events.peek() {
        if !is_block(event) {
            found.push(Block::Lines(inlines(events, None, depth)));
            continue;
        }
        let Some(event) = events.next() else { break };
        match event {
            Event::End(tag) if flattened == 0 && Some(tag) == end => break,
            Event::End(_) => flattened = flattened.saturating_sub(1),
            Event::Rule => found.push(Block::Rule),
            Event::Start(Tag::Paragraph) => {
                found.push(Block::Lines(inlines(
                    events,
                    Some(TagEnd::Paragraph),
                    depth,
                )));
            }
            Event::Start(Tag::HtmlBlock) => {
                found.push(Block::Lines(inlines(
                    events,
                    Some(TagEnd::HtmlBlock),
                    depth,
                )));
            }
            Event::Start(Tag::Heading { level, .. }) => {
                let end = TagEnd::Heading(level);
                found.push(Block::Heading(inlines(events, Some(end), depth)));
            }
            Event::Start(Tag::CodeBlock(_)) => found.push(Block::Code(code(events))),
            Event::Start(_) if depth >= DEEPEST => flattened += 1,
            Event::Start(Tag::BlockQuote(kind)) => {
                let end = Some(TagEnd::BlockQuote(kind));
                found.push(Block::Quote(blocks(events, end, depth + 1)));
            }
            Event::Start(Tag::List(first)) => {
                found.push(Block::List(
                    first,
                    items(events, first.is_some(), depth + 1),
                ));
            }
            _ => flattened += 1,
        }
    }
    found
}

fn items(events: &mut Events<'_>, is_numbered: bool, depth: usize) -> Vec<Vec<Block>> {
    let mut found = Vec::new();
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Item) => found.push(blocks(events, Some(TagEnd::Item), depth)),
            Event::End(TagEnd::List(numbered)) if numbered == is_numbered => break,
            _ => {}
        }
    }
    found
}

fn code(events: &mut Events<'_>) -> String {
    let mut text = String::new();
    for event in events.by_ref() {
        match event {
            Event::Text(part) => text.push_str(&part),
            Event::End(TagEnd::CodeBlock) => break,
            _ => {}
        }
    }
    text.truncate(text.trim_end_matches('\n').len());
    text
}

/// Reads up to an end, or without one up to the next part that stands by itself.
fn inlines(events: &mut Events<'_>, end: Option<TagEnd>, depth: usize) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut flattened = 0_usize;
    while let Some(event) = events.peek() {
        if end.is_none() && is_block(event) {
            break;
        }
        let Some(event) = events.next() else { break };
        match event {
            Event::End(tag) if flattened == 0 && Some(tag) == end => break,
            Event::End(_) => flattened = flattened.saturating_sub(1),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                push(&mut found, &text);
            }
            Event::Code(text) => found.push(Inline::Code(text.into_string())),
            Event::SoftBreak | Event::HardBreak => push(&mut found, "\n"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                link(events, TagEnd::Link, &dest_url, &mut found);
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                link(events, TagEnd::Image, &dest_url, &mut found);
            }
            Event::Start(tag) if depth < DEEPEST => {
                let end = Some(tag.to_end());
                match tag {
                    Tag::Strong => found.push(Inline::Strong(inlines(events, end, depth + 1))),
                    Tag::Emphasis => found.push(Inline::Emphasis(inlines(events, end, depth + 1))),
                    Tag::Strikethrough => {
                        found.push(Inline::Strike(inlines(events, end, depth + 1)));
                    }
                    _ => flattened += 1,
                }
            }
            Event::Start(_) => flattened += 1,
            _ => {}
        }
    }
    found
}

/// A link is its words and, where those say something else, its address: nobody is led anywhere by other words.
fn link(events: &mut Events<'_>, end: TagEnd, address: &str, found: &mut Vec<Inline>) {
    let mut words = String::new();
    let mut inside = 0_usize;
    for event in events.by_ref() {
        match event {
            Event::End(tag) if inside == 0 && tag == end => break,
            Event::End(_) => inside = inside.saturating_sub(1),
            Event::Start(_) => inside += 1,
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => {
                words.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    push(found, &words);
    if words != address && format!("mailto:{words}") != address {
        push(found, &format!(" ({address})"));
    }
}

fn push(found: &mut Vec<Inline>, text: &str) {
    match found.last_mut() {
        Some(Inline::Text(last)) => last.push_str(text),
        _ => found.push(Inline::Text(text.to_owned())),
    }
}

/// Tells whether an event begins or ends a part that stands by itself.
fn is_block(event: &Event<'_>) -> bool {
    match event {
        Event::Rule => true,
        Event::Start(tag) => is_block_end(&tag.to_end()),
        Event::End(end) => is_block_end(end),
        _ => false,
    }
}

fn is_block_end(end: &TagEnd) -> bool {
    !matches!(
        end,
        TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text(text.into())
    }

    fn lines(parts: Vec<Inline>) -> Vec<Block> {
        vec![Block::Lines(parts)]
    }

    #[test]
    fn words_can_be_heavy_slanted_struck_and_code() {
        assert_eq!(
            read("a **b** *c* ~~d~~ `e`"),
            lines(vec![
                text("a "),
                Inline::Strong(vec![text("b")]),
                text(" "),
                Inline::Emphasis(vec![text("c")]),
                text(" "),
                Inline::Strike(vec![text("d")]),
                text(" "),
                Inline::Code("e".into()),
            ])
        );
        assert_eq!(read("one\ntwo"), lines(vec![text("one\ntwo")]));
        assert_eq!(
            read("2 * 3 * 4 and snake_case_name"),
            lines(vec![text("2 * 3 * 4 and snake_case_name")])
        );
    }

    #[test]
    fn lists_quotes_and_code_stand_by_themselves() {
        assert_eq!(
            read("- one\n- **two**\n\n> said\n\n```rust\nlet a = 1;\n```\n"),
            [
                Block::List(
                    None,
                    vec![
                        lines(vec![text("one")]),
                        lines(vec![Inline::Strong(vec![text("two")])]),
                    ]
                ),
                Block::Quote(lines(vec![text("said")])),
                Block::Code("let a = 1;".into()),
            ]
        );
        assert_eq!(
            read("3. three"),
            [Block::List(Some(3), vec![lines(vec![text("three")])])]
        );
    }

    #[test]
    fn html_links_and_pictures_are_text() {
        assert_eq!(
            read("<img src=x onerror=alert(1)>"),
            lines(vec![text("<img src=x onerror=alert(1)>")])
        );
        assert_eq!(
            read("see [the bank](https://evil.example) and ![x](https://evil.example/p.png)"),
            lines(vec![text(
                "see the bank (https://evil.example) and x (https://evil.example/p.png)"
            )])
        );
        assert_eq!(
            read("<https://good.example> https://plain.example"),
            lines(vec![text("https://good.example https://plain.example")])
        );
    }

    #[test]
    fn a_text_that_nests_without_end_is_flat_somewhere() {
        for hostile in [
            "> ".repeat(8_000),
            "- ".repeat(8_000),
            "*_".repeat(8_000),
            "[".repeat(16_000),
        ] {
            let shown = format!("{hostile}x");
            assert!(
                format!("{:?}", read(&shown)).contains('x'),
                "{}",
                &shown[..4]
            );
        }
        assert_eq!(
            read(&"*a* ".repeat(8_000)).len(),
            1,
            "long texts stand as they are"
        );
    }
}
