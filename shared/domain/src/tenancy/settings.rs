//! What a tenant's team may say about the tenant itself: its name and its settings.

use crate::{
    brand::theme::{Fault, child_pointer, is_https_url},
    identity::email::Email,
    locale::Locale,
    name::{self, paragraph_fault},
    reason::Reason,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// Longest description: a paragraph, as in the brand's texts.
pub const MAX_DESCRIPTION_CHARS: usize = 500;

/// Settings of a tenant. Every field is optional; `null` clears it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct TenantSettings {
    /// The language of mails and pages for those of the team who chose none: `en` or `ja`.
    pub locale: Option<Locale>,
    /// A name of the IANA time zone database, as it is written there: `Asia/Tokyo`.
    pub timezone: Option<String>,
    /// Where visitors and team write to.
    pub support_email: Option<String>,
    /// `https` only.
    pub support_url: Option<String>,
    /// Plain text, at most 500 characters.
    pub description: Option<String>,
}

/// What a team may change of its tenant, as it is and as it will be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TenantProfile {
    pub name: String,
    pub settings: TenantSettings,
}

impl TenantProfile {
    /// The profile after a JSON merge patch (RFC 7396) of `{"name", "settings": {…}}`.
    ///
    /// # Errors
    /// A patch that is no object; every unknown field, wrong type and value that is not allowed. The profile itself stays.
    pub fn patched(&self, patch: &Json) -> Result<Self, Vec<Fault>> {
        let Some(fields) = patch.as_object() else {
            return Err(vec![Fault::new(
                "",
                Reason::WrongType,
                "must be an object: a JSON merge patch of the tenant",
            )]);
        };
        let mut profile = self.clone();
        let mut faults = vec![];
        for (field, value) in fields {
            match (field.as_str(), value) {
                ("name", value) => match name::parse(value.as_str().unwrap_or_default()) {
                    Ok(name) => profile.name = name.to_owned(),
                    Err(invalid) => faults.push(Fault::new("/name", invalid.reason(), invalid.to_string())),
                },
                ("settings", Json::Object(settings)) => profile.settings.patch(settings, &mut faults),
                ("settings", Json::Null) => profile.settings = TenantSettings::default(),
                ("settings", _) => {
                    faults.push(Fault::new("/settings", Reason::WrongType, "must be an object"))
                }
                (other, _) => {
                    faults.push(Fault::new(
                        child_pointer("", other),
                        Reason::UnknownField,
                        "no such field to change",
                    ));
                }
            }
        }
        if faults.is_empty() { Ok(profile) } else { Err(faults) }
    }
}

impl TenantSettings {
    fn patch(&mut self, patch: &Map<String, Json>, faults: &mut Vec<Fault>) {
        for (field, value) in patch {
            let text = match value {
                Json::String(text) => Some(text.trim()),
                Json::Null => None,
                _ => {
                    faults.push(fault(field, Reason::WrongType, "must be a text, or null to clear it"));
                    continue;
                }
            };
            // As in a form, an empty text clears.
            let text = text.filter(|text| !text.is_empty());
            if let Err((reason, rule)) = self.set(field, text) {
                faults.push(fault(field, reason, rule));
            }
        }
    }

    fn set(&mut self, field: &str, text: Option<&str>) -> Result<(), (Reason, &'static str)> {
        match field {
            "locale" => {
                self.locale = match text {
                    None => None,
                    Some(tag) => Some(Locale::parse(tag).ok_or((Reason::NotOneOf, "must be `en` or `ja`"))?),
                };
            }
            "timezone" => {
                let zone = match text {
                    None => None,
                    Some(name) => Some(time_zone(name).ok_or((
                        Reason::NotOneOf,
                        "must be a name of the IANA time zone database, for example `Asia/Tokyo`",
                    ))?),
                };
                self.timezone = zone.map(str::to_owned);
            }
            "support_email" => {
                self.support_email = match text {
                    None => None,
                    Some(email) => {
                        let email = Email::parse(email)
                            .map_err(|invalid| (invalid.reason(), "must be an e-mail address"))?;
                        Some(email.as_str().to_owned())
                    }
                };
            }
            "support_url" => {
                if text.is_some_and(|url| !is_https_url(url)) {
                    return Err((Reason::InvalidValue, "must be an https URL of at most 2048 bytes"));
                }
                self.support_url = text.map(str::to_owned);
            }
            "description" => {
                if let Some(reason) = text.and_then(|text| paragraph_fault(text, MAX_DESCRIPTION_CHARS)) {
                    return Err((reason, "must be a text of at most 500 characters"));
                }
                self.description = text.map(str::to_owned);
            }
            _ => return Err((Reason::UnknownField, "no such setting")),
        }
        Ok(())
    }
}

/// The time zone's name as the database writes it, in whatever case it is given.
#[must_use]
pub fn time_zone(name: &str) -> Option<&'static str> {
    tzdb_data::TZ_NAMES.iter().copied().find(|known| known.eq_ignore_ascii_case(name))
}

fn fault(field: &str, reason: Reason, rule: &str) -> Fault {
    Fault::new(child_pointer("/settings", field), reason, rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn profile() -> TenantProfile {
        TenantProfile { name: "Acme".into(), settings: TenantSettings::default() }
    }

    fn faults(patch: Json) -> Vec<String> {
        profile().patched(&patch).unwrap_err().into_iter().map(|fault| fault.pointer).collect()
    }

    #[test]
    fn a_patch_changes_what_it_names_and_nothing_else() {
        let all = json!({ "name": " Acme Ltd ", "settings": {
            "locale": "ja-JP", "timezone": "asia/tokyo", "support_email": "Help@Acme.Test",
            "support_url": "https://acme.test/help", "description": "Tools.\nAnvils.",
        } });
        let full = profile().patched(&all).unwrap();
        assert_eq!(
            serde_json::to_value(&full).unwrap(),
            json!({ "name": "Acme Ltd", "settings": {
                "locale": "ja", "timezone": "Asia/Tokyo", "support_email": "help@acme.test",
                "support_url": "https://acme.test/help", "description": "Tools.\nAnvils.",
            } })
        );
        let cleared =
            full.patched(&json!({ "settings": { "timezone": null, "support_email": "" } })).unwrap();
        assert_eq!((cleared.settings.timezone, cleared.settings.support_email), (None, None));
        assert_eq!((cleared.name, cleared.settings.locale), ("Acme Ltd".into(), Some(Locale::Ja)));
        assert_eq!(full.patched(&json!({ "settings": null })).unwrap().settings, TenantSettings::default());
        assert_eq!(full.patched(&json!({})).unwrap(), full);
    }

    #[test]
    fn every_field_at_fault_is_named() {
        let long = "x".repeat(name::MAX_CHARS + 1);
        for name in [json!(""), json!("  "), json!("a\nb"), json!(null), json!(7), json!(long)] {
            assert_eq!(faults(json!({ "name": name })), ["/name"]);
        }
        let settings = json!({ "settings": {
            "locale": "tlh", "timezone": "Mars/Olympus", "support_email": "nobody", "support_url": "http://acme.test",
            "description": "x".repeat(MAX_DESCRIPTION_CHARS + 1), "a/b": "x",
        } });
        let mut named = faults(settings);
        named.sort();
        let wanted = ["a~1b", "description", "locale", "support_email", "support_url", "timezone"];
        assert_eq!(named, wanted.map(|field| format!("/settings/{field}")));
        assert_eq!(faults(json!({ "settings": { "timezone": 9 } })), ["/settings/timezone"]);
        assert_eq!(faults(json!({ "settings": [] })), ["/settings"]);
        assert_eq!(faults(json!({ "key": "other" })), ["/key"]);
        assert_eq!(faults(json!([])), [""]);
    }

    #[test]
    fn lengths_are_counted_in_characters_up_to_their_bound() {
        let name = "株".repeat(name::MAX_CHARS);
        assert_eq!(profile().patched(&json!({ "name": name })).unwrap().name, name);
        let text = "社".repeat(MAX_DESCRIPTION_CHARS);
        let patched = profile().patched(&json!({ "settings": { "description": text } })).unwrap();
        assert_eq!(patched.settings.description, Some(text));
    }

    #[test]
    fn time_zones_are_those_of_the_database() {
        assert_eq!(time_zone("europe/BERLIN"), Some("Europe/Berlin"));
        assert_eq!(time_zone("UTC"), Some("UTC"));
        for no_zone in ["", "Tokyo", "JST-9", "+09:00", "../etc/localtime"] {
            assert_eq!(time_zone(no_zone), None, "{no_zone:?}");
        }
    }
}
