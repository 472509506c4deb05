//! What a message says, as its author set it.

use crate::logic::{
    markdown::{Block, Inline, read},
    mention::{marked, unmarked},
    text,
};
use crate::parts::outside;
use leptos::prelude::*;
use valise_views::mention::{Mention, Piece};

/// The text of a message. A plain one is one paragraph; the direction of each part is its own.
pub fn prose(written: &str, mentions: &[Mention]) -> AnyView {
    let mut blocks = read(&marked(&text::body(written), mentions));
    if let [Block::Lines(_)] = blocks[..]
        && let Some(Block::Lines(line)) = blocks.pop()
    {
        return view! { <p class="text" dir="auto">{inlines(line, mentions)}</p> }.into_any();
    }
    view! { <div class="text parts" dir="auto">{all(blocks, mentions)}</div> }.into_any()
}

/// A text word by word, without any marks being read in it: what was signed is shown as it was signed.
pub fn plain(written: &str) -> impl IntoView + use<> {
    view! { <p class="text" dir="auto">{text::body(written)}</p> }
}

fn all(blocks: Vec<Block>, mentions: &[Mention]) -> AnyView {
    let blocks = blocks.into_iter().map(|part| block(part, mentions));
    blocks.collect_view().into_any()
}

fn block(block: Block, mentions: &[Mention]) -> AnyView {
    match block {
        Block::Lines(line) => view! { <p dir="auto">{inlines(line, mentions)}</p> }.into_any(),
        // No heading of the page: whoever goes from heading to heading is not led through others' texts.
        Block::Heading(line) => {
            view! { <p class="text-head" dir="auto">{inlines(line, mentions)}</p> }.into_any()
        }
        Block::Code(code) => {
            view! { <pre dir="ltr"><code>{names(&code, mentions)}</code></pre> }.into_any()
        }
        Block::Quote(blocks) => {
            view! { <blockquote>{all(blocks, mentions)}</blockquote> }.into_any()
        }
        Block::List(None, items) => view! { <ul>{list(items, mentions)}</ul> }.into_any(),
        Block::List(Some(first), items) => {
            view! { <ol start=first.to_string()>{list(items, mentions)}</ol> }.into_any()
        }
        Block::Rule => view! { <hr/> }.into_any(),
    }
}

fn list(items: Vec<Vec<Block>>, mentions: &[Mention]) -> AnyView {
    let item = |blocks| view! { <li>{all(blocks, mentions)}</li> };
    items.into_iter().map(item).collect_view().into_any()
}

fn inlines(line: Vec<Inline>, mentions: &[Mention]) -> AnyView {
    let parts = line.into_iter().map(|part| inline(part, mentions));
    parts.collect_view().into_any()
}

fn inline(part: Inline, mentions: &[Mention]) -> AnyView {
    match part {
        Inline::Text(text) => named(&text, mentions),
        Inline::Code(code) => view! { <code dir="ltr">{names(&code, mentions)}</code> }.into_any(),
        Inline::Strong(line) => view! { <strong>{inlines(line, mentions)}</strong> }.into_any(),
        Inline::Emphasis(line) => view! { <em>{inlines(line, mentions)}</em> }.into_any(),
        Inline::Strike(line) => view! { <s>{inlines(line, mentions)}</s> }.into_any(),
    }
}

/// A text in which members who are mentioned stand out.
fn named(text: &str, mentions: &[Mention]) -> AnyView {
    let part = |piece: Piece<'_>| match piece {
        Piece::Text(text) => text.to_owned().into_any(),
        Piece::Mention(mention) => {
            let name = format!("@{}", text::harmless(&mention.name));
            let of = outside(mention.outside.as_ref());
            if mention.is_member {
                view! { <bdi class="mention" class:me=mention.is_me>{name}</bdi>{of} }.into_any()
            } else {
                view! { <bdi>{name}</bdi>{of} }.into_any()
            }
        }
    };
    let parts: Vec<AnyView> = unmarked(text, mentions).into_iter().map(part).collect();
    parts.into_any()
}

/// A text with names alone.
fn names(text: &str, mentions: &[Mention]) -> String {
    let part = |piece: Piece<'_>| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Mention(mention) => format!("@{}", text::harmless(&mention.name)),
    };
    unmarked(text, mentions).into_iter().map(part).collect()
}
