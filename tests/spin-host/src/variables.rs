//! Application variables and the `{{ name }}` templates that use them.

use std::collections::BTreeMap;

use crate::manifest::Variable;

/// The values of the variables that `[variables]` declares.
#[derive(Debug)]
pub struct Variables(BTreeMap<String, String>);

impl Variables {
    /// From the command line, else from `environment` (`SPIN_VARIABLE_<NAME>`), else the default. A required variable
    /// that has no value ends the start: if it were found at the first request, that request would fail for it.
    pub fn resolve(
        declared: &BTreeMap<String, Variable>,
        given: &[(String, String)],
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        if let Some((name, _)) = given.iter().find(|(name, _)| !declared.contains_key(name)) {
            return Err(format!("--variable {name}: spin.toml declares no such variable"));
        }
        let mut values = BTreeMap::new();
        for (name, variable) in declared {
            check_name(name)?;
            if variable.required == variable.default.is_some() {
                return Err(format!("[variables] {name}: give it either required = true or a default"));
            }
            let from_environment = format!("SPIN_VARIABLE_{}", name.to_uppercase());
            let value = given
                .iter()
                .rev()
                .find(|(given, _)| given == name)
                .map(|(_, value)| value.clone())
                .or_else(|| environment(&from_environment))
                .or_else(|| variable.default.clone())
                .ok_or_else(|| {
                    format!(
                        "the variable '{name}' is required, set {from_environment} or --variable {name}=…"
                    )
                })?;
            values.insert(name.clone(), value);
        }
        Ok(Self(values))
    }

    pub fn render(&self, template: &str) -> Result<String, String> {
        let mut rendered = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((literal, after)) = rest.split_once("{{") {
            rendered.push_str(literal);
            let (name, after) =
                after.split_once("}}").ok_or_else(|| format!("'{template}': a {{{{ has no }}}}"))?;
            let name = name.trim();
            let value =
                self.0.get(name).ok_or_else(|| format!("'{template}': [variables] declares no '{name}'"))?;
            rendered.push_str(value);
            rest = after;
        }
        rendered.push_str(rest);
        Ok(rendered)
    }
}

/// The names that Spin accepts: lower case words joined by single underscores, each starting with a letter.
pub fn check_name(name: &str) -> Result<(), String> {
    let good = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_lowercase())
            && word.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit())
    };
    if name.split('_').all(good) {
        Ok(())
    } else {
        Err(format!("'{name}' is not a variable name such as my_name"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(text: &str) -> BTreeMap<String, Variable> {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn the_command_line_wins_over_the_environment_and_that_over_the_default() {
        let declared = declared("a = { default = '1' }\nb = { default = '1' }\nc = { default = '1' }");
        let environment = |name: &str| (name != "SPIN_VARIABLE_C").then(|| "2".to_owned());
        let variables =
            Variables::resolve(&declared, &[("a".to_owned(), "3".to_owned())], environment).unwrap();
        assert_eq!(variables.render("{{ a }}{{b}}{{ c }}").unwrap(), "321");
    }

    #[test]
    fn a_required_variable_without_a_value_ends_the_start() {
        let error = Variables::resolve(&declared("key = { required = true, secret = true }"), &[], |_| None)
            .unwrap_err();
        assert!(error.contains("SPIN_VARIABLE_KEY"));
    }

    #[test]
    fn a_variable_is_either_required_or_has_a_default() {
        assert!(Variables::resolve(&declared("a = {}"), &[], |_| Some(String::new())).is_err());
        assert!(
            Variables::resolve(&declared("a = { required = true, default = '' }"), &[], |_| None).is_err()
        );
    }

    #[test]
    fn a_value_for_a_variable_that_is_not_declared_is_refused() {
        assert!(Variables::resolve(&declared(""), &[("a".to_owned(), String::new())], |_| None).is_err());
    }

    #[test]
    fn a_template_with_an_unknown_name_or_an_open_brace_is_refused() {
        let variables = Variables::resolve(&declared("a = { default = 'x' }"), &[], |_| None).unwrap();
        assert_eq!(variables.render("<{{ a }}>").unwrap(), "<x>");
        assert!(variables.render("{{ b }}").unwrap_err().contains("'b'"));
        assert!(variables.render("{{ a").is_err());
    }

    #[test]
    fn names_are_lower_case_words() {
        assert!(["a", "my_name", "v2"].iter().all(|name| check_name(name).is_ok()));
        assert!(["", "A", "my-name", "_a", "a__b", "2a"].iter().all(|name| check_name(name).is_err()));
    }
}
