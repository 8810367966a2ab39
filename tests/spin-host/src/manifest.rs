//! `spin.toml`: what we read of it, and nothing else. A key that is not named here is an error, because a manifest that
//! Spin would read differently from us proves nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    spin_manifest_version: u32,
    #[allow(dead_code, reason = "read so that its keys are checked")]
    application: Application,
    #[serde(default)]
    pub variables: BTreeMap<String, Variable>,
    pub trigger: Triggers,
    #[serde(default)]
    pub component: BTreeMap<String, Component>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read so that its keys are checked")]
struct Application {
    name: String,
    version: Option<String>,
    description: Option<String>,
    authors: Option<Vec<String>>,
    tool: Option<toml::Table>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    pub default: Option<String>,
    #[serde(default)]
    pub required: bool,
    #[allow(dead_code, reason = "we print no variable, secret or not")]
    #[serde(default)]
    secret: bool,
    #[allow(dead_code, reason = "read so that its key is known")]
    description: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Triggers {
    #[serde(default)]
    pub http: Vec<HttpTrigger>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpTrigger {
    #[allow(dead_code, reason = "read so that its key is known")]
    id: Option<String>,
    pub route: toml::Value,
    pub component: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    pub source: toml::Value,
    #[allow(dead_code, reason = "read so that its key is known")]
    description: Option<String>,
    #[serde(default)]
    pub allowed_outbound_hosts: Vec<String>,
    #[serde(default)]
    pub key_value_stores: Vec<String>,
    #[serde(default)]
    pub sqlite_databases: Vec<String>,
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    #[allow(dead_code, reason = "how a component is built is not the host's business")]
    build: Option<toml::Table>,
    #[allow(dead_code, reason = "settings of tools, which Spin ignores too")]
    tool: Option<toml::Table>,
    #[serde(default)]
    files: Vec<toml::Value>,
}

impl Manifest {
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Self::parse(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        let manifest: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if manifest.spin_manifest_version != 2 {
            return Err(format!("spin_manifest_version = {} is not 2", manifest.spin_manifest_version));
        }
        if manifest.trigger.http.is_empty() {
            return Err("there is no [[trigger.http]]".to_owned());
        }
        for trigger in &manifest.trigger.http {
            trigger.route()?;
            if !manifest.component.contains_key(&trigger.component) {
                return Err(format!(
                    "a trigger names the component '{0}', add [component.{0}]",
                    trigger.component
                ));
            }
        }
        for (name, component) in &manifest.component {
            component.check().map_err(|error| format!("[component.{name}]: {error}"))?;
        }
        Ok(manifest)
    }
}

impl HttpTrigger {
    pub fn route(&self) -> Result<&str, String> {
        self.route.as_str().ok_or_else(|| {
            format!(
                "the route of component '{}' is not a string: private routes are not supported",
                self.component
            )
        })
    }
}

impl Component {
    /// The only label that Spin maps without a runtime configuration, which this host does not read.
    const LABEL: &str = "default";

    pub fn source(&self) -> Result<PathBuf, String> {
        let path = self
            .source
            .as_str()
            .ok_or("source is not a path: components from registries are not supported")?;
        Ok(PathBuf::from(path))
    }

    fn check(&self) -> Result<(), String> {
        self.source()?;
        if !self.files.is_empty() {
            return Err("files are not supported".to_owned());
        }
        for (key, labels) in
            [("key_value_stores", &self.key_value_stores), ("sqlite_databases", &self.sqlite_databases)]
        {
            if let Some(label) = labels.iter().find(|label| *label != Self::LABEL) {
                return Err(format!(
                    "{key}: '{label}' would need a runtime configuration, only 'default' exists"
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINIMAL: &str = r#"
        spin_manifest_version = 2
        [application]
        name = "app"
        [[trigger.http]]
        route = "/..."
        component = "edge"
        [component.edge]
        source = "edge.wasm"
    "#;

    fn refusal(more: &str) -> String {
        Manifest::parse(&format!("{MINIMAL}\n{more}")).unwrap_err()
    }

    #[test]
    fn a_minimal_manifest_is_read() {
        let manifest = Manifest::parse(MINIMAL).unwrap();
        assert_eq!(manifest.component["edge"].source().unwrap(), PathBuf::from("edge.wasm"));
    }

    #[test]
    fn settings_of_builds_and_tools_are_passed_over() {
        Manifest::parse(&format!(
            "{MINIMAL}\n[component.edge.build]\ncommand = 'x'\n[component.edge.tool.any]\na = 1"
        ))
        .unwrap();
    }

    #[test]
    fn a_key_that_is_not_known_is_refused_by_its_name() {
        assert!(refusal("ai_models = ['x']").contains("ai_models"));
        assert!(refusal("[trigger.redis]").contains("redis"));
        assert!(refusal("[outbound]").contains("outbound"));
    }

    #[test]
    fn files_are_refused() {
        assert!(refusal("files = ['assets/*']").contains("files"));
    }

    #[test]
    fn a_label_that_needs_a_runtime_configuration_is_refused() {
        assert!(refusal("sqlite_databases = ['default', 'other']").contains("'other'"));
        assert!(refusal("key_value_stores = ['sessions']").contains("'sessions'"));
    }

    #[test]
    fn a_private_route_is_refused() {
        assert!(Manifest::parse(&MINIMAL.replace("\"/...\"", "{ private = true }")).is_err());
    }

    #[test]
    fn a_source_from_a_registry_is_refused() {
        assert!(
            Manifest::parse(&MINIMAL.replace("\"edge.wasm\"", "{ url = 'https://a', digest = 'b' }"))
                .is_err()
        );
    }

    #[test]
    fn a_trigger_without_its_component_is_refused() {
        let error =
            Manifest::parse(&MINIMAL.replace("component = \"edge\"", "component = \"gone\"")).unwrap_err();
        assert!(error.contains("[component.gone]"));
    }

    #[test]
    fn another_manifest_version_is_refused() {
        assert!(Manifest::parse(&MINIMAL.replace("version = 2", "version = 1")).is_err());
    }
}
