/// What kind of runtime answers, for what one can do and another can't.
///
/// Handlers use it only to refuse: what a runtime lacks is answered 501; `/v1/capabilities` lists what it has.
pub trait Runtime {
    /// `workers`, `spin` or `memory`.
    const NAME: &'static str;
    /// Whether a client may hold a WebSocket.
    const SOCKETS: bool;
}
