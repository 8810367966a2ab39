use wasmtime::component::Accessor;

use super::Host;
use super::spin::variables::variables::{self, Error};
use crate::instance::Instance;
use crate::variables::check_name;

impl variables::Host for Instance {}

impl<T: 'static> variables::HostWithStore<T> for Host {
    async fn get(accessor: &Accessor<T, Self>, name: String) -> wasmtime::Result<Result<String, Error>> {
        if let Err(error) = check_name(&name) {
            return Ok(Err(Error::InvalidName(error)));
        }
        let component = accessor.with(|mut access| access.get().component.clone());
        let value = component.variables.get(&name).cloned();
        Ok(value.ok_or_else(|| {
            Error::Undefined(format!("[component.{}.variables] has no '{name}'", component.name))
        }))
    }
}
