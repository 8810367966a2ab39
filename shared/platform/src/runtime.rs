/// What kind of runtime answers, for what one can do and another can't.
///
/// Handlers ask it only to say no: what a runtime lacks is answered with 501 and listed in `/v1/capabilities`.
pub trait Runtime {
    /// `workers`, `spin` or `memory`.
    const NAME: &'static str;
    /// Whether a client may hold a WebSocket.
    const SOCKETS: bool;
}
