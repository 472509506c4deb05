//! The languages of the interface.

/// Makes [`Language`] of a table. A row is its name here, its tag, its own name for itself; its catalogue is `tag.ftl`.
macro_rules! languages {
    ($($name:ident $tag:literal $own_name:literal;)+) => {
        /// A language of the interface.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Language {
            $(#[doc = concat!(stringify!($name), ".")] $name,)+
        }

        impl Language {
            /// All of them, in the order in which they are offered.
            pub const ALL: [Self; [$($tag),+].len()] = [$(Self::$name),+];

            /// Its tag for the browser.
            pub const fn tag(self) -> &'static str {
                match self { $(Self::$name => $tag,)+ }
            }

            /// Its own name for itself.
            pub const fn own_name(self) -> &'static str {
                match self { $(Self::$name => $own_name,)+ }
            }

            #[cfg(test)]
            pub(super) const fn catalogue(self) -> &'static str {
                match self { $(Self::$name => include_str!(concat!($tag, ".ftl")),)+ }
            }
        }
    };
}

// English and Russian are complete; what another one lacks is said in English.
languages! {
    English "en" "English";
    German "de" "Deutsch";
    French "fr" "Français";
    Russian "ru" "Русский";
}

impl Language {
    /// The language of a tag such as `ru-RU`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let main = tag.split(['-', '_']).next()?.to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|language| language.tag() == main)
    }
}
