//! A mail's content before it has a form.

/// Paragraphs, facts, one thing to do, a code, and what is said below.
#[derive(Default)]
pub struct Letter {
    pub subject: String,
    pub heading: String,
    pub paragraphs: Vec<String>,
    /// What it is called, and what it is.
    pub facts: Vec<(&'static str, String)>,
    /// What the button says, and where it leads.
    pub action: Option<(&'static str, String)>,
    /// What is said of the code, and the code.
    pub code: Option<(&'static str, String)>,
    pub notes: Vec<String>,
    /// Why the person has this mail.
    pub reason: &'static str,
}
