//! What a tenant has of each feature: the one table of flags, and how plan and override decide them.
//!
//! *In scope*: names, types, bounds, defaults, and which layer counts. *Out of scope*: where plans and overrides are kept.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// Keys that a tenant may have at once at most, whatever its plan: a list that one page of a console still shows.
pub const MAX_API_KEYS: i64 = 1000;
/// Ten years: the longest that an audit record has to be kept.
pub const MAX_AUDIT_DAYS: i64 = 3660;

/// How fast support answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportLevel {
    Community,
    Email,
    Priority,
}

/// What the value of a flag may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagType {
    Boolean,
    /// A whole number from `min` to `max`.
    Number {
        min: i64,
        max: i64,
    },
    /// One of these words.
    Text {
        allowed: &'static [&'static str],
    },
}

/// The layer that a value came from; each one goes before those above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FlagSource {
    Default,
    Plan,
    Override,
}

/// The value that counts, and where it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<T> {
    pub value: T,
    pub source: FlagSource,
}

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident $field:ident: $of:ty = $default:expr, $type:expr;)+) => {
        /// One feature. Stored and shown by name; a name is stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Flag { $($(#[$doc])* $name,)+ }

        /// All flags of one tenant, as they count now.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Flags { $($(#[$doc])* pub $field: Found<$of>,)+ }

        impl Flag {
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => stringify!($field),)+ }
            }

            #[must_use]
            pub const fn flag_type(self) -> FlagType {
                match self { $(Self::$name => $type,)+ }
            }
        }

        impl Flags {
            /// Override before plan before default. What is of another type than the flag's, or out of its bounds, counts as
            /// absent: a value that was stored wrongly gives no tenant more than the layer below does.
            #[must_use]
            pub fn evaluate(plan: &Map<String, Json>, overrides: &Map<String, Json>) -> Self {
                Self { $($field: found(Flag::$name, plan, overrides, $default),)+ }
            }

            /// The value of a flag as JSON, and where it came from.
            #[must_use]
            pub fn shown(&self, flag: Flag) -> Found<Json> {
                match flag {
                    $(Flag::$name => Found {
                        value: serde_json::to_value(&self.$field.value).unwrap_or_default(),
                        source: self.$field.source,
                    },)+
                }
            }
        }
    };
}

flags! {
    /// The widget may go without "powered by".
    RemovePoweredBy remove_powered_by: bool = false, FlagType::Boolean;
    /// Roles of the tenant's own making.
    CustomRoles custom_roles: bool = false, FlagType::Boolean;
    /// API keys that live at once.
    ApiKeysMax api_keys_max: i64 = 2, FlagType::Number { min: 0, max: MAX_API_KEYS };
    /// How many days of the audit log can be read.
    AuditDays audit_days: i64 = 30, FlagType::Number { min: 1, max: MAX_AUDIT_DAYS };
    /// How fast support answers.
    SupportLevel support_level: SupportLevel = SupportLevel::Community,
        FlagType::Text { allowed: &["community", "email", "priority"] };
}

impl Flag {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|flag| flag.as_str() == text)
    }
}

impl FlagType {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Number { .. } => "number",
            Self::Text { .. } => "string",
        }
    }

    /// Whether a value is of this type and within its bounds.
    #[must_use]
    pub fn accepts(self, value: &Json) -> bool {
        match self {
            Self::Boolean => value.is_boolean(),
            Self::Number { min, max } => value.as_i64().is_some_and(|number| (min..=max).contains(&number)),
            Self::Text { allowed } => value.as_str().is_some_and(|text| allowed.contains(&text)),
        }
    }

    /// What a value has to be, for the caller that sent another.
    #[must_use]
    pub fn expectation(self) -> String {
        match self {
            Self::Boolean => "must be true or false".to_owned(),
            Self::Number { min, max } => format!("must be a whole number from {min} to {max}"),
            Self::Text { allowed } => format!("must be one of {}", allowed.join(", ")),
        }
    }
}

impl Flags {
    /// Whether the tenant has the feature at all: it is on, or there is at least one of it.
    #[must_use]
    pub fn include(&self, flag: Flag) -> bool {
        match self.shown(flag).value {
            Json::Bool(on) => on,
            Json::Number(number) => number.as_i64().is_some_and(|number| number > 0),
            _ => true,
        }
    }
}

fn found<T: for<'de> Deserialize<'de>>(
    flag: Flag,
    plan: &Map<String, Json>,
    overrides: &Map<String, Json>,
    default: T,
) -> Found<T> {
    let read = |layer: &Map<String, Json>, source| {
        let value = layer.get(flag.as_str()).filter(|value| flag.flag_type().accepts(value))?;
        Some(Found { value: T::deserialize(value).ok()?, source })
    };
    read(overrides, FlagSource::Override)
        .or_else(|| read(plan, FlagSource::Plan))
        .unwrap_or(Found { value: default, source: FlagSource::Default })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn flags(plan: Json, overrides: Json) -> Flags {
        let map = |value: Json| value.as_object().cloned().unwrap();
        Flags::evaluate(&map(plan), &map(overrides))
    }

    #[test]
    fn an_override_goes_before_the_plan_and_the_plan_before_the_default() {
        let none = flags(json!({}), json!({}));
        assert_eq!(none.api_keys_max, Found { value: 2, source: FlagSource::Default });
        let plan = flags(json!({ "api_keys_max": 10, "custom_roles": true }), json!({}));
        assert_eq!(plan.api_keys_max, Found { value: 10, source: FlagSource::Plan });
        let both = flags(json!({ "api_keys_max": 10, "custom_roles": true }), json!({ "api_keys_max": 0 }));
        assert_eq!(both.api_keys_max, Found { value: 0, source: FlagSource::Override });
        assert_eq!(both.custom_roles, Found { value: true, source: FlagSource::Plan });
    }

    #[test]
    fn a_value_of_the_wrong_type_or_out_of_bounds_falls_back_to_the_layer_below() {
        for wrong in [json!("10"), json!(-1), json!(1001), json!(1.5), json!(true), json!(null), json!([])] {
            let found = flags(json!({ "api_keys_max": 10 }), json!({ "api_keys_max": wrong })).api_keys_max;
            assert_eq!(found, Found { value: 10, source: FlagSource::Plan }, "{wrong}");
            let found = flags(json!({ "api_keys_max": wrong }), json!({})).api_keys_max;
            assert_eq!(found, Found { value: 2, source: FlagSource::Default }, "{wrong}");
        }
        for wrong in [json!("true"), json!(1), json!(null), json!({})] {
            let found = flags(json!({ "custom_roles": wrong }), json!({})).custom_roles;
            assert_eq!(found, Found { value: false, source: FlagSource::Default }, "{wrong}");
        }
        let found =
            flags(json!({ "support_level": "email" }), json!({ "support_level": "gold" })).support_level;
        assert_eq!(found, Found { value: SupportLevel::Email, source: FlagSource::Plan });
    }

    #[test]
    fn every_flag_survives_its_name_and_its_own_values() {
        for flag in Flag::ALL {
            assert_eq!(Flag::parse(flag.as_str()), Some(*flag));
            let default = flags(json!({}), json!({})).shown(*flag).value;
            assert!(flag.flag_type().accepts(&default), "{flag:?}");
            let again = flags(json!({ flag.as_str(): default }), json!({})).shown(*flag);
            assert_eq!(again, Found { value: default, source: FlagSource::Plan });
        }
        let FlagType::Text { allowed } = Flag::SupportLevel.flag_type() else { panic!() };
        for word in allowed {
            let found = flags(json!({ "support_level": word }), json!({})).shown(Flag::SupportLevel);
            assert_eq!(found, Found { value: json!(word), source: FlagSource::Plan });
        }
        assert_eq!(Flag::parse("nothing"), None);
    }

    #[test]
    fn a_feature_is_included_where_it_is_on_or_there_is_one_of_it() {
        let some = flags(json!({ "custom_roles": true, "api_keys_max": 1 }), json!({}));
        assert!(some.include(Flag::CustomRoles) && some.include(Flag::ApiKeysMax));
        let none = flags(json!({ "api_keys_max": 0 }), json!({}));
        assert!(!none.include(Flag::CustomRoles) && !none.include(Flag::ApiKeysMax));
    }
}
