//! A stylesheet is compiled once, however often a change is decided again.

use livery_domain::brand::theme::Theme;
use livery_http::{Problem, ProblemKind, problem::FieldFault};
use livery_theme::{CssFault, Stylesheet};

/// The stylesheet of the theme that was asked for last. Compiling takes milliseconds and is the same for the same theme, so a change
/// keeps one of these outside its decision: decided again, it compiles again only where the theme is another one.
#[derive(Default)]
pub struct Compiled(Option<(Theme, Stylesheet)>);

impl Compiled {
    /// # Errors
    /// 422 `unsafe_stylesheet` with every place that is at fault.
    pub fn of(&mut self, theme: &Theme) -> Result<&Stylesheet, Problem> {
        self.with(theme, compiled)
    }

    fn with(
        &mut self,
        theme: &Theme,
        compile: impl FnOnce(&Theme) -> Result<Stylesheet, Problem>,
    ) -> Result<&Stylesheet, Problem> {
        let last = self.0.take().filter(|(of, _)| of == theme);
        let entry = match last {
            Some(last) => last,
            None => (theme.clone(), compile(theme)?),
        };
        Ok(&self.0.insert(entry).1)
    }
}

/// The stylesheet of a theme.
///
/// # Errors
/// 422 `unsafe_stylesheet` with every place that is at fault.
fn compiled(theme: &Theme) -> Result<Stylesheet, Problem> {
    livery_theme::compile(theme).map_err(|faults| {
        Problem::new(ProblemKind::UnsafeStylesheet).faults(faults.into_iter().map(field_fault).collect())
    })
}

fn field_fault(fault: CssFault) -> FieldFault {
    match fault {
        CssFault::Token(fault) => FieldFault::new(fault.pointer, fault.reason, fault.detail),
        CssFault::Custom(fault) => FieldFault::new("/custom_css", fault.rule.reason(), fault.detail).placed(
            fault.rule.slug(),
            fault.line,
            fault.column,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_compiled_again_only_where_it_is_another_one() {
        let (first, second) = (Theme::default(), Theme { powered_by: false, ..Theme::default() });
        let mut times = 0;
        let mut kept = Compiled::default();
        for theme in [&first, &first, &second, &second, &first] {
            let counted = |theme: &Theme| {
                times += 1;
                compiled(theme)
            };
            assert!(kept.with(theme, counted).is_ok());
        }
        assert_eq!(times, 3);
    }
}
