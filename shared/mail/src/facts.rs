//! The data of each mail.

use livery_domain::{clock::UnixMillis, people::role::Role};

/// After a registration: the workspace exists.
pub struct Welcome<'a> {
    /// `https://acme.livery.example/admin`
    pub admin_url: &'a str,
    /// When the trial ends, if there is one.
    pub trial_ends: Option<UnixMillis>,
}

/// The role that a person will have in a tenant.
#[derive(Debug, Clone, Copy)]
pub enum RoleName<'a> {
    BuiltIn(Role),
    /// As the tenant calls it.
    Own(&'a str),
}

/// A member invites a person to a tenant.
pub struct Invitation<'a> {
    /// Name or e-mail of the member who invites.
    pub inviter: &'a str,
    pub role: RoleName<'a>,
    /// With the code in its fragment.
    pub link: &'a str,
    /// `lvi_…`, for pasting where the link does not carry it over.
    pub code: &'a str,
    pub expires: UnixMillis,
}

/// A new password was requested for the person's address, perhaps by another person.
pub struct PasswordReset<'a> {
    /// With the code in its fragment.
    pub link: &'a str,
    /// `lvw_…`, for pasting where the link does not carry it over.
    pub code: &'a str,
    pub expires: UnixMillis,
}

/// The password was changed.
pub struct PasswordChanged<'a> {
    pub at: UnixMillis,
    /// The link by which a person who did not do it requests a new password.
    pub reset_url: &'a str,
}

/// A sign-in on a device that was not seen before.
pub struct NewDevice<'a> {
    pub at: UnixMillis,
    /// What the browser says that it is, `Firefox on Windows`; empty where that is not known.
    pub device: &'a str,
    /// The IP address, where the runtime knows it.
    pub address: Option<&'a str>,
    /// The link by which a person who did not do it signs the device out.
    pub sessions_url: &'a str,
}
