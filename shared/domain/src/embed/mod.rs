//! What a widget on a page needs: origins, conversations, live frames.

pub mod conversation;
pub mod live;
pub mod origin;
pub mod recent;
pub mod waiting;
