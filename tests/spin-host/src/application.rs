//! A manifest made ready to serve: variables resolved, components compiled and linked. Whatever is wrong with it ends
//! the start, as Spin does; requests meet only what is known to be good.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use wasmtime::Engine;
use wasmtime::component::{Component as Code, Linker};
use wasmtime_wasi_http::p3::bindings::ServicePre;

use crate::allowed_hosts::AllowedHosts;
use crate::arguments::Arguments;
use crate::instance::Instance;
use crate::key_value::KeyValueFile;
use crate::manifest::{self, Manifest};
use crate::output::Output;
use crate::postgres::Pools;
use crate::routes::Routes;
use crate::variables::Variables;
use crate::worker::{Reuse, Workers};
use crate::{engine, interfaces};

pub struct Application {
    pub engine: Engine,
    pub routes: Routes<Arc<Component>>,
    pub storage: Arc<Storage>,
    pub reuse: Reuse,
}

pub struct Component {
    pub name: String,
    pub code: ServicePre<Instance>,
    pub allowed_hosts: Arc<AllowedHosts>,
    pub key_value_stores: Vec<String>,
    pub sqlite_databases: Vec<String>,
    pub variables: BTreeMap<String, String>,
    pub environment: Vec<(String, String)>,
    pub output: Output,
    pub workers: Workers,
}

/// What outlives instances.
pub struct Storage {
    pub key_value: KeyValueFile,
    /// The file of the only database that exists without a runtime configuration, `default`.
    pub sqlite: PathBuf,
    pub postgres: Pools,
}

impl Application {
    pub fn load(arguments: &Arguments) -> Result<Self, String> {
        let manifest = Manifest::read(&arguments.manifest)?;
        let directory = arguments.manifest.parent().unwrap_or(Path::new(""));
        let state = arguments.state_dir.clone().unwrap_or_else(|| directory.join(".spin"));
        let logs = state.join("logs");
        std::fs::create_dir_all(&logs).map_err(|error| format!("{}: {error}", logs.display()))?;
        let variables =
            Variables::resolve(&manifest.variables, &arguments.variables, |name| std::env::var(name).ok())?;

        let engine =
            engine::start(&state.join("compiled")).map_err(|error| format!("wasmtime: {error:#}"))?;
        let linker = link(&engine).map_err(|error| format!("wasmtime: {error:#}"))?;
        let mut components = BTreeMap::new();
        for (name, component) in manifest.component {
            let output = Output::open(&logs, &name, !arguments.quiet)?;
            let component = Component::load(&name, component, directory, &variables, &linker, output)
                .map_err(|error| format!("[component.{name}]: {error}"))?;
            components.insert(name, Arc::new(component));
        }
        let mut routes = Vec::new();
        for trigger in &manifest.trigger.http {
            if let Some(component) = components.get(&trigger.component) {
                routes.push((trigger.route()?.to_owned(), Arc::clone(component)));
            }
        }
        let storage = Storage {
            key_value: KeyValueFile::open(&state.join("sqlite_key_value.db"))?,
            sqlite: state.join("sqlite_db.db"),
            postgres: Pools::default(),
        };
        Ok(Self { engine, routes: Routes::new(routes)?, storage: Arc::new(storage), reuse: arguments.reuse })
    }
}

/// Unknown imports stay unknown: a component that needs one is refused instead of trapping when it gets there.
fn link(engine: &Engine) -> wasmtime::Result<Linker<Instance>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    wasmtime_wasi::p3::add_to_linker(&mut linker)?;
    wasmtime_wasi_http::p3::add_to_linker(&mut linker)?;
    interfaces::add_to_linker(&mut linker)?;
    Ok(linker)
}

impl Component {
    fn load(
        name: &str,
        component: manifest::Component,
        directory: &Path,
        variables: &Variables,
        linker: &Linker<Instance>,
        output: Output,
    ) -> Result<Self, String> {
        let render = |template: &String| variables.render(template);
        let hosts = component.allowed_outbound_hosts.iter().map(render).collect::<Result<Vec<_>, _>>()?;
        let mut values = BTreeMap::new();
        for (name, template) in &component.variables {
            crate::variables::check_name(name)?;
            values.insert(name.clone(), render(template)?);
        }
        let source = directory.join(component.source()?);
        if !source.is_file() {
            return Err(format!("{} is not there, build it first", source.display()));
        }
        let code = Code::from_file(linker.engine(), &source)
            .and_then(|code| ServicePre::new(linker.instantiate_pre(&code)?))
            .map_err(|error| format!("{}: {error:#}", source.display()))?;
        Ok(Self {
            name: name.to_owned(),
            code,
            allowed_hosts: Arc::new(AllowedHosts::parse(&hosts)?),
            key_value_stores: component.key_value_stores,
            sqlite_databases: component.sqlite_databases,
            variables: values,
            environment: component.environment.into_iter().collect(),
            output,
            workers: Workers::default(),
        })
    }
}
