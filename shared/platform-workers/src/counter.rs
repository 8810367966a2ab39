use crate::{
    Workers, binding,
    quota_counter::{Answer, Command},
};
use livery_domain::{
    id::ReservationId,
    quota::{Meter, Period, Reservation, Usage},
    tenant::TenantScope,
};
use livery_platform::{Clock, ExactCounter, Unavailable};

impl Workers {
    async fn ask_counter(&self, scope: &TenantScope, command: Command) -> Result<Answer, Unavailable> {
        let text = serde_json::to_string(&command).map_err(unavailable)?;
        let object = self.env.durable_object(binding::QUOTA_COUNTER).map_err(unavailable)?;
        let stub = object.get_by_name(&scope.tenant().to_string()).map_err(unavailable)?;
        let request = super::hub::post("https://quota-counter/", &text).map_err(unavailable)?;
        let mut response = stub.fetch_with_request(request).await.map_err(unavailable)?;
        response.json().await.map_err(unavailable)
    }
}

impl ExactCounter for Workers {
    async fn reserve(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
        units: u64,
        id: ReservationId,
    ) -> Result<Reservation, Unavailable> {
        let now = self.now();
        match self.ask_counter(scope, Command::Reserve { meter, period, limit, units, id, now }).await? {
            Answer::Reservation(reservation) => Ok(reservation),
            other => Err(unexpected(&other)),
        }
    }

    async fn commit(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable> {
        match self.ask_counter(scope, Command::Commit { meter, period, id }).await? {
            Answer::Done => Ok(()),
            other => Err(unexpected(&other)),
        }
    }

    async fn release(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        id: ReservationId,
    ) -> Result<(), Unavailable> {
        match self.ask_counter(scope, Command::Release { meter, period, id }).await? {
            Answer::Done => Ok(()),
            other => Err(unexpected(&other)),
        }
    }

    async fn usage(
        &self,
        scope: &TenantScope,
        meter: Meter,
        period: Period,
        limit: u64,
    ) -> Result<Usage, Unavailable> {
        match self.ask_counter(scope, Command::Usage { meter, period, limit }).await? {
            Answer::Usage(usage) => Ok(usage),
            other => Err(unexpected(&other)),
        }
    }
}

fn unavailable(fault: impl std::fmt::Display) -> Unavailable {
    Unavailable(format!("quota counter: {fault}"))
}

fn unexpected(answer: &Answer) -> Unavailable {
    unavailable(format!("unexpected answer {answer:?}"))
}
