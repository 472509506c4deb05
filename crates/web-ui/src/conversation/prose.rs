//! What a message says, as its author set it.

use crate::logic::{
    markdown::{Block, Inline, read},
    text,
};
use leptos::prelude::*;

/// The text of a message. A plain one is one paragraph; the direction of each part is its own.
pub fn prose(written: &str) -> AnyView {
    let mut blocks = read(&text::body(written));
    if let [Block::Lines(_)] = blocks[..]
        && let Some(Block::Lines(line)) = blocks.pop()
    {
        return view! { <p class="text" dir="auto">{inlines(line)}</p> }.into_any();
    }
    view! { <div class="text parts" dir="auto">{all(blocks)}</div> }.into_any()
}

fn all(blocks: Vec<Block>) -> AnyView {
    blocks.into_iter().map(block).collect_view().into_any()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Lines(line) => view! { <p dir="auto">{inlines(line)}</p> }.into_any(),
        // No heading of the page: whoever goes from heading to heading is not led through others' texts.
        Block::Heading(line) => {
            view! { <p class="text-head" dir="auto">{inlines(line)}</p> }.into_any()
        }
        Block::Code(code) => view! { <pre dir="ltr"><code>{code}</code></pre> }.into_any(),
        Block::Quote(blocks) => view! { <blockquote>{all(blocks)}</blockquote> }.into_any(),
        Block::List(None, items) => view! { <ul>{list(items)}</ul> }.into_any(),
        Block::List(Some(first), items) => {
            view! { <ol start=first.to_string()>{list(items)}</ol> }.into_any()
        }
        Block::Rule => view! { <hr/> }.into_any(),
    }
}

fn list(items: Vec<Vec<Block>>) -> AnyView {
    let item = |blocks| view! { <li>{all(blocks)}</li> };
    items.into_iter().map(item).collect_view().into_any()
}

fn inlines(line: Vec<Inline>) -> AnyView {
    line.into_iter().map(inline).collect_view().into_any()
}

fn inline(part: Inline) -> AnyView {
    match part {
        Inline::Text(text) => text.into_any(),
        Inline::Code(code) => view! { <code dir="ltr">{code}</code> }.into_any(),
        Inline::Strong(line) => view! { <strong>{inlines(line)}</strong> }.into_any(),
        Inline::Emphasis(line) => view! { <em>{inlines(line)}</em> }.into_any(),
        Inline::Strike(line) => view! { <s>{inlines(line)}</s> }.into_any(),
    }
}
