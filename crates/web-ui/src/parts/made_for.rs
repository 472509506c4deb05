//! What is shown for a state, and stays until the state is another one.

use leptos::prelude::untrack;

/// Makes what is shown for a state, anew whenever that is set, be it to the same, and only then.
///
/// What is read while it is made is not followed. A plain closure would follow it: a dialog that once asks who one is
/// would be made anew, and lose what was typed into it, with every message that comes in.
pub fn made_for<S, V>(
    state: impl Fn() -> S + 'static,
    make: impl Fn(S) -> V + 'static,
) -> impl Fn() -> V + 'static {
    move || {
        let state = state();
        untrack(|| make(state))
    }
}
