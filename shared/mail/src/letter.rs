//! A mail's content before it is laid out.

/// Paragraphs, facts, one link, a code, and a footer.
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
