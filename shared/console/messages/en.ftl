## Everywhere

skip-to-content = Skip to content
language = Language
motto = Your customers’ chat, wearing your customers’ colours.
go-on = Continue
try-again = Try again
back-to-console = Back to the console
back-to-start = Back to the start
fault-prefix = Error:
faults-title = { $count ->
    [one] There is a problem
   *[other] There are { $count } problems
}
subdomain = Subdomain
subdomain-malformed = Use 2 to 40 lower-case letters, digits and single hyphens, such as acme or big-co.

## Finding one's console

find-title = Sign in
find-lead = Your console lives at your organisation’s own address. Which one is it?
find-new = New to Livery?
register-link = Create an account

## Where a page can't be shown

fault-reference = Reference for support:
fault-not-found = There is no such page
fault-not-found-text = The address may be mistyped, or what was here is gone.
fault-forged = This form was not sent from our page
fault-forged-text = Nothing was changed. Go back, reload the page and try again.
fault-forbidden = Your role does not allow this
fault-forbidden-text = An owner or admin of your organisation can do it, or give you a role that may.
fault-signed-out = You are signed out
fault-signed-out-text = Sign in again to go on.
fault-changed = Somebody else was faster
fault-changed-text = What you were changing has changed meanwhile. Nothing was saved: look at it again.
fault-too-large = That was too much at once
fault-too-large-text = The form was larger than any of ours. Nothing was saved.
fault-too-many = Too many attempts
fault-too-many-text = Wait a few minutes before you try again.
fault-unavailable = We can’t reach a part of the service
fault-unavailable-text = It may be back in a moment. Nothing that you saved is lost.
fault-not-understood = We could not read that
fault-not-understood-text = Go back, reload the page and try again.
fault-internal = Something is broken on our side
fault-internal-text = It is in our log, and it is ours to mend. Trying again later may help.

## Words used on many pages

menu = Menu
menu-console = Console
team = Team
people = People
person = Person
invitations = Invitations
roles = Roles
role = Role
api-keys = API keys
audit = Audit log
profile = Your profile
tenants = Your organisations
sign-in = Sign in
sign-out = Sign out
email = E-mail
work-email = Work e-mail
password = Password
new-password = New password
current-password = Current password
show-password = Show
your-name = Your name
save = Save
cancel = Cancel
change = Change
open = Open
delete = Delete
remove = Remove
revoke = Revoke
actions = Actions
state = Status
sent = Sent
made = Created
expires = Expires
last-used = Last used
last-seen = Last seen
joined = Joined
never = Never
yes = Yes
no = No
you = You
when = When
address = IP address
device = Device
pages = Pages
first-page = First page
next-page = Next page
permission = Permission
permissions = Permissions
permissions-count = { $count ->
    [one] 1 permission
   *[other] { $count } permissions
}
permissions-hint = You can give only what you have yourself.
code = Code
code-hint = From the e-mail that we sent you.
password-rule = At least 10 characters. A few unrelated words make a good one.

## Signing in

sign-in-to = Sign in to { $tenant }
forgot-link = Forgot your password?
invited-question = Have you been invited?
invited-link = Enter your code
wrong-credentials = E-mail or password is wrong.
too-many-attempts = Too many attempts. Try again in { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}, or reset your password.
email-malformed = Enter an e-mail address, such as name@example.com.
password-missing = Enter your password.
password-too-short = Use at least 10 characters.
password-too-long = Use at most 1,024 bytes: some 300 Japanese or 1,000 Latin characters.
password-too-common = This password is known to attackers. Choose another.
forgot-title = Reset your password
forgot-lead = We will send you a link if there is an account with this address.
forgot-send = Send the link
forgot-sent-title = Look into your mail
forgot-sent-text = If there is an account with this address, a link is on its way. It works for one hour, once.
back-to-sign-in = Back to sign-in
reset-title = Choose a new password
reset-lead = You will be signed out on every other device.
reset-button = Set the new password
reset-again = Send me a new link
code-invalid = This code does not work: it is mistyped, used or expired. Ask for a new one.
code-missing = Paste the code from the e-mail.

## Accepting an invitation

invitation-title = Accept an invitation
invitation-lead = Open the link in your e-mail, or paste its code here.
join-title = Join { $tenant }
join-lead = You are invited as { $role }, with the address { $email }.
join-known = You already have an account with this address. Your password is the one that you use elsewhere on Livery.
join-button = Join { $tenant }
invitation-used = This invitation was accepted already. Sign in instead.
invitation-revoked = This invitation was withdrawn. Ask for a new one.
invitation-expired = This invitation has expired. Ask for a new one.
team-full = The team has no free seat any more. Ask the person who invited you.
enter-name = Enter a name of at most { $max } characters.

## Registration

register-title = Create your account
register-lead = Your own console, your own address, your own brand. You can change everything later but the subdomain.
organisation = Organisation
enter-organisation = Enter the name of your organisation, at most { $max } characters.
subdomain-hint = Your console and widget will live here.
subdomain-free = This subdomain is free.
subdomain-taken = This subdomain is taken.
subdomain-reserved = This subdomain is reserved. Choose another.
plan = Plan
plan-hint = Paid plans begin with a free trial of 14 days. No card needed.
plan-missing = Choose a plan.
plan-on-request = On request
plan-free = Free
per-month = per month
plan-seats = { $count ->
    [one] 1 person
   *[other] { $count } people
}
plan-seats-any = Any number of people
plan-messages = { $count } messages a month
plan-trial = { $days ->
    [one] 1 day free
   *[other] { $days } days free
}
register-button = Create account
register-known = Already registered?

## Team

team-lead = Who works here, and what each may do.
invite = Invite
invite-title = Invite somebody
invite-text = They get an e-mail with a link that works for seven days, once.
send-invitation = Send invitation
invitations-empty = Nobody is invited
invitations-empty-text = Invite a colleague by e-mail. They choose their own password.
invitation-pending = Waiting
invitation-accepted = Accepted
invitation-was-revoked = Revoked
invitation-has-expired = Expired
resend = Send again
revoke-invitation-sure = Withdraw the invitation of { $email }?
revoke-invitation-text = The link that they have stops working at once.
mail-failed = The invitation stands, but its e-mail could not be sent. Send it again in a minute.
sent-a-moment-ago = It was sent a moment ago. Wait a minute.
sent-too-often = It was sent as often as it may be. Revoke it, check the address and invite again.
already-member = This person is in the team already.
already-invited = This person is invited already. Send the invitation again instead.
seats = Seats
seats-used = { $used } of { $limit } used
seats-unlimited = { $used } used, no limit
seats-left = { $count ->
    [one] One seat is free.
   *[other] { $count } seats are free.
}
seats-full = Every seat is taken. Remove somebody or choose a larger plan to invite more.
seats-invited = { $count ->
    [0] {""}
    [one] One of the used seats is kept for an invitation.
   *[other] { $count } of the used seats are kept for invitations.
}
remove-title = Remove from the team
remove-text = { $name } loses access at once. What they did stays in the audit log.
remove-sure = Remove { $name } from the team?
leave = Leave
leave-title = Leave the team
leave-text = You lose access to { $tenant } at once.
leave-sure = Leave { $tenant }?
last-owner = A team needs an owner. Make somebody else an owner first.
owners-only = Only an owner can do this.
gives-too-much = You can’t give permissions that you don’t have yourself.
concerns-above = This person may do things here that you may not. Ask somebody who may.

## Roles

role-owner-text = Everything, giving up the organisation included.
role-admin-text = Everything but what only owners do.
role-manager-text = Brand, widget and invitations.
role-member-text = Looks at everything but keys and the audit log.
role-viewer-text = Looks at the brand and usage.
custom-roles = Your own roles
custom-roles-empty = No roles of your own yet
custom-roles-empty-text = The built-in roles cover most teams. Make one where somebody needs exactly these permissions and no others.
built-in-roles = Built-in roles
built-in-roles-text = What each role may do. These can’t be changed.
new-role = New role
edit-role = Edit role
role-name = Name of the role
role-in-use = Somebody has this role, or is invited with it. Give them another first.
custom-roles-not-in-plan = Your plan has no roles of your own. Choose a larger one.
too-many-roles = You have as many roles as there can be. Delete one first.
role-name-taken = There is a role with this name already.
role-custom = Your own role
delete-role = Delete this role
delete-role-text = A role can be deleted once nobody has it and nobody is invited with it.
delete-role-sure = Delete the role { $name }?
permissions-missing = Choose at least one permission.
permission-tenant-read = See name, status and settings
permission-tenant-edit = Change name and settings
permission-tenant-status = Maintenance, and giving the organisation up
permission-usage-read = See usage
permission-flags-read = See features of the plan
permission-brand-read = See the brand
permission-brand-edit = Edit the brand’s draft
permission-brand-publish = Publish the brand
permission-embed-policy-edit = Choose which sites may embed the widget
permission-members-read = See people, roles and invitations
permission-members-invite = Invite people
permission-members-manage = Change roles and remove people
permission-roles-manage = Make and change roles
permission-api-keys-read = See API keys
permission-api-keys-manage = Make, rotate and revoke API keys
permission-audit-read = Read the audit log

## API keys

api-keys-lead = For programs that act for your organisation. Each key may do what you give it, and no more.
new-key = New API key
key-name = Name
key-name-hint = What it is for, such as “Nightly export”.
make-key = Create key
keys-empty = No API keys yet
keys-empty-text = Create one for each program, so that you can revoke it without stopping the others.
key-live = Active
key-ending = Being replaced
key-expired = Expired
key-revoked = Revoked
key-begins = Begins with
key-made = Your new API key
key-secret-title = Copy the key now
key-secret-text = We keep only a fingerprint of it: after this page, nobody can show it again.
key-kept = I have kept it
key-overlap = The old key works until { $until }.
copy = Copy
copied = Copied.
copy-failed = Copying is not allowed here: select the key and copy it yourself.
rotate-title = Replace the key
rotate-text = You get a new key with the same permissions. The old one keeps working for a while, so that nothing stops.
rotate = Replace
overlap = The old key works for
hours = { $count ->
    [0] No longer at all
    [one] 1 hour
   *[other] { $count } hours
}
days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
no-expiry = Never expires
key-was-replaced = This key was replaced already. Replace its successor instead.
revoke-key-title = Revoke the key
revoke-key-text = Programs that use it are refused at once. This can’t be undone.
revoke-key-sure = Revoke { $name }?
keys-full = Your plan allows no more keys. Revoke one first.

## Audit log

audit-lead = Every change: who, what, when and from where. Nobody can alter it unnoticed.
verify = Verify the log
verified = The log is whole
verified-text = { $count ->
    [one] 1 entry was checked against its hash and the one before it.
   *[other] { $count } entries were checked, each against its hash and the one before it.
}
verify-broken = The log was tampered with
verify-broken-text = Entry { $seq } does not fit the one before it. Tell our support at once.
filter = Filter
filter-action = What
filter-everything = Everything
filter-actor = Who
audit-empty = Nothing here
audit-empty-text = No entry fits this filter.
details = Details
request = Request
hash = Hash
before = Before
after = After
did-api-key-created = Made an API key
did-api-key-revoked = Revoked an API key
did-api-key-rotated = Rotated an API key
did-brand-changed = Changed the brand’s draft
did-brand-imported = Imported design tokens into the draft
did-brand-published = Published the brand
did-embed-policy-replaced = Changed the pages that may show the widget
did-flag-overridden = Set a feature apart from the plan
did-flag-reset = Set a feature back to the plan
did-grant-created = Granted a permission on one object
did-grant-removed = Took a permission on one object back
did-invitation-accepted = Accepted an invitation
did-invitation-created = Invited somebody
did-invitation-resent = Sent an invitation again
did-invitation-revoked = Took an invitation back
did-member-left = Left the team
did-member-removed = Removed a member
did-member-role-changed = Changed a member’s role
did-profile-changed = Changed their profile
did-role-changed = Changed a role
did-role-created = Made a role
did-role-removed = Deleted a role
did-tenant-partner-changed = Changed the partner
did-tenant-plan-changed = Changed the plan
did-tenant-registered = Registered the organisation
did-tenant-status-changed = Changed the organisation’s status
did-tenant-updated = Changed the organisation’s name or settings

## Profile and sessions

about-you = About you
language-hint = For this console and our e-mails.
password-change-text = You are signed out on every other device.
change-password = Change password
current-wrong = This is not your current password.
sessions = Where you are signed in
sessions-text = End what you don’t recognise, and change your password.
this-one = This device
end-session = Sign out
session-console = Console
session-api = API client
unknown-device = Unknown device
device-on = { $browser } on { $system }
sign-out-everywhere = Sign out everywhere
sign-out-everywhere-sure = Sign out on every device?
sign-out-everywhere-text = This one too. API keys keep working.
sign-ins = Sign-in history
sign-ins-text = The latest attempts with your address, also those that failed.
sign-ins-empty = No sign-in is recorded yet.
outcome = Outcome
outcome-ok = Signed in
outcome-wrong = Wrong password
outcome-switched = Came from another organisation
outcome-password-changed = Password changed
outcome-password-reset = Password reset
outcome-reused = Session ended: its token was used twice

## Organisations

tenants-lead = Each has its own address, team and brand. You stay signed in where you are.
you-are-here = You are here
switch-to = Go to { $name }
tenants-only = You belong to this organisation alone.
entering = Going to { $tenant }
entering-text = You are being signed in at { $host }.
ticket-invalid = This way in has expired. Sign in, or go back and try again.

## After something was done

done-saved = Saved.
done-invited = The invitation is on its way.
done-resent = The invitation was sent again.
done-revoked = Revoked.
done-removed = Removed from the team.
done-role = The role was changed.
done-deleted = Deleted.
done-signed-out = You are signed out.
done-password = Your password is changed. Sign in with the new one.
done-password-changed = Your password is changed. Other devices are signed out.
done-session-ended = That device is signed out.
done-welcome = Welcome! Everything is set up: sign in to begin.
done-joined = Welcome to the team.

## An organisation that is not open

suspended-title = This organisation is suspended
suspended-text = You can look at everything and change nothing. Write to our support to have it opened again.
maintenance-title = Maintenance
maintenance-text = Visitors can’t write at the moment. An owner can end it.
deactivated-title = This organisation is closed
deactivated-text = Its data is kept for a while. Write to our support if this was a mistake.

## Development’s outbox

outbox = Outbox
outbox-lead = Development sends no mail: this is what would have been sent.
outbox-all = All mails
outbox-to = To
outbox-subject = Subject
outbox-html = As its reader sees it
outbox-empty = No mail yet
outbox-empty-text = Invite somebody or reset a password, and it will be here.

## What the API answers where it refuses: the pages at /problems, and docs/problems.md

problems-title = Problems
problems-lead = What the API answers where it refuses a request: one page per code.
problem-kind = Problem
problem-meaning = What it means
problem-advice = What to do
problem-reasons = Reasons that can come with it
problems-all = All problems
problem-malformed-request = The request can't be read
problem-malformed-request-means = A header, a query parameter or the body is not of the form that the route takes.
problem-malformed-request-advice = Correct what `detail` names, and send the request again.
problem-unauthenticated = A valid token is needed
problem-unauthenticated-means = The request has no credentials, or they have expired, are revoked, or are for another host.
problem-unauthenticated-advice = Sign in or refresh the token, and send the request again with it.
problem-invalid-credentials = E-mail or password is wrong
problem-invalid-credentials-means = No account has this address with this password. The answer does not say which of both is wrong.
problem-invalid-credentials-advice = Correct them, or reset the password.
problem-forbidden = Your role does not allow this
problem-forbidden-means = The caller is known, and lacks a permission that the request takes.
problem-forbidden-advice = Ask a member who has the permission, or use a key that has it.
problem-person-needed = Only a signed-in person can do this
problem-person-needed-means = The route takes the access token of a person, and the request has an API key.
problem-person-needed-advice = Sign in, and send the access token.
problem-feature-not-in-plan = The plan does not include this
problem-feature-not-in-plan-means = The tenant's plan does not include the feature, or no more of it.
problem-feature-not-in-plan-advice = Choose a larger plan. `GET /v1/flags` shows what the plan includes.
problem-tenant-suspended = The tenant is suspended
problem-tenant-suspended-means = The platform has suspended the tenant: its data can be read and not changed.
problem-tenant-suspended-advice = An owner of the tenant asks the platform's support.
problem-tenant-deactivated = The tenant is deactivated
problem-tenant-deactivated-means = The tenant was closed: its data is kept for a while and not changed.
problem-tenant-deactivated-advice = If it was a mistake, an owner of the tenant asks the platform's support.
problem-origin-not-allowed = This site may not embed the widget
problem-origin-not-allowed-means = The tenant's embed policy does not list the origin of the page, or the session belongs to a page of another origin.
problem-origin-not-allowed-advice = Add the origin to the embed policy, publish, and begin a session at that page.
problem-forged-form = The form was not sent by this page
problem-forged-form-means = A form of the console was not sent from the console's own page.
problem-forged-form-advice = Go back, reload the page and send the form again.
problem-not-found = Not found
problem-not-found-means = There is no such route or object at this host, or the caller has no access to it: both have the same answer.
problem-not-found-advice = Check the host, the path and the id.
problem-method-not-allowed = The method is not allowed here
problem-method-not-allowed-means = The path exists, and not with this method.
problem-method-not-allowed-advice = Use a method that the header `Allow` lists.
problem-conflict = Another change came first
problem-conflict-means = Another change was made at the same time, or the present state does not permit this one.
problem-conflict-advice = Read the object again, and send the request again if it still applies.
problem-last-owner = A tenant keeps an owner
problem-last-owner-means = The change would leave the tenant without an owner.
problem-last-owner-advice = Make another member an owner first.
problem-seat-limit-reached = Every seat of the plan is taken
problem-seat-limit-reached-means = Members and pending invitations take all seats of the plan.
problem-seat-limit-reached-advice = Remove a member, revoke an invitation, or choose a larger plan.
problem-already-exists = Already exists
problem-already-exists-means = What the request would create is there already.
problem-already-exists-advice = Use what is there, or choose another name or address.
problem-in-use = Still in use
problem-in-use-means = Other objects refer to what the request would delete.
problem-in-use-advice = Change or delete these first; `detail` counts them.
problem-gone = No longer valid
problem-gone-means = The invitation or link was used, was revoked, or has expired.
problem-gone-advice = Request a new one.
problem-precondition-failed = It has changed since you read it
problem-precondition-failed-means = `If-Match` names another version than the present one.
problem-precondition-failed-advice = Read the object again, apply the change to it, and send its new `ETag`.
problem-payload-too-large = The body is too large
problem-payload-too-large-means = The body is larger than the route reads.
problem-payload-too-large-advice = Send less at once.
problem-unsupported-media-type = The body has the wrong content type
problem-unsupported-media-type-means = The route does not read bodies of this `Content-Type`.
problem-unsupported-media-type-advice = Send the content type that `detail` names.
problem-invalid-content = Some values are not valid
problem-invalid-content-means = The body can be read, and some of its values are not valid; `errors` names each with its reason.
problem-invalid-content-advice = Correct these fields, and send the request again.
problem-unsafe-stylesheet = The brand can't be made into a safe stylesheet
problem-unsafe-stylesheet-means = Design tokens or custom CSS are not valid or not safe; `errors` names each place.
problem-unsafe-stylesheet-advice = Correct these places, and send the request again.
problem-precondition-required = Say which version you change: send If-Match
problem-precondition-required-means = The route changes an object that has versions, and the request does not say which.
problem-precondition-required-advice = Read the object, and send its `ETag` as `If-Match`.
problem-quota-exceeded = The month's quota is used up
problem-quota-exceeded-means = All messages of the tenant's month are used or reserved.
problem-quota-exceeded-advice = Wait as `Retry-After` says, or choose a larger plan.
problem-too-many-attempts = Too many attempts: wait a while
problem-too-many-attempts-means = The same was tried too often in a short time.
problem-too-many-attempts-advice = Wait as `Retry-After` says, and try again.
problem-internal = Internal error
problem-internal-means = The service itself has a fault. It is logged.
problem-internal-advice = Try again later. Name `request_id` when you ask for help.
problem-not-on-this-runtime = This runtime can't serve the route
problem-not-on-this-runtime-means = The installation runs on a runtime that lacks what the route needs, such as WebSockets.
problem-not-on-this-runtime-advice = Use what `detail` names. `GET /v1/capabilities` lists what there is.
problem-unavailable = A part of the service does not answer
problem-unavailable-means = A part of the service, such as the database or the mail provider, does not answer.
problem-unavailable-advice = Send the request again after the seconds in `Retry-After`.
problem-tenant-maintenance = The tenant is in maintenance
problem-tenant-maintenance-means = The tenant's team has stopped it for a while.
problem-tenant-maintenance-advice = Send the request again later, as `Retry-After` says.
problem-not-configured = The service is not configured
problem-not-configured-means = The installation lacks a setting that the request needs.
problem-not-configured-advice = The operator of the platform completes the configuration; the log names the setting.
problem-schema-outdated = The database is older than this version of the service
problem-schema-outdated-means = The database lacks migrations that this version needs.
problem-schema-outdated-advice = The operator of the platform runs `./scripts/migrate`.

## Why, for programs: in English the lines of shared/domain/src/reason.rs

reason-already-granted = The member has this permission on this object already. No further grant is needed.
reason-already-in-team = The person is a member of the tenant already. Sign in, or change the member instead.
reason-already-invited = An invitation to this address is pending. Send it again, or revoke it and invite anew.
reason-change-not-propagated = The change is made, and open pages were not notified of it. Send the same request again.
reason-concurrent-changes = Other changes of the same tenant kept coming first. Send the request again.
reason-control-characters = The text has control characters. Remove them.
reason-css-not-allowed = The custom CSS has something that is not accepted in a stylesheet; `rule` says which. Remove or replace it.
reason-css-syntax = The custom CSS does not parse. Correct it at the given line and column.
reason-css-too-complex = The custom CSS exceeds a limit of size or complexity; `rule` says which. Shorten or simplify it.
reason-does-not-exist = The value names something that does not exist. List what exists and use one of these.
reason-empty = A value is needed and none is given. Send one.
reason-exceeds-own-permissions = The permission is given or used beyond what the caller has. Ask a member who has it.
reason-grant-limit-reached = The member has as many grants as a member can have. Assign a role instead, or remove a grant.
reason-idempotency-key-reused = The `Idempotency-Key` was used for another body. Use a new key.
reason-invalid-cursor = The cursor is none that an earlier answer gave. Begin again without a cursor.
reason-invalid-idempotency-key = The `Idempotency-Key` is empty, too long or sent more than once. Send one of the allowed length.
reason-invalid-name = The name is empty, too long or not on one line. Send one that fits.
reason-invalid-value = The value is not of the form that the field takes; `detail` says which. Correct it.
reason-invitation-accepted = The invitation was accepted. Sign in.
reason-invitation-expired = The invitation has expired. Ask the team to send it again.
reason-invitation-for-another-address = The invitation is for another address than the caller's. Sign out, then accept it.
reason-invitation-limit-reached = As many invitations are pending as can be. Revoke one, or wait until some are answered.
reason-invitation-revoked = The invitation was revoked. Ask the team for another one.
reason-keep-an-owner = The tenant would have no owner. Make another member an owner first.
reason-key-exceeds-maker = The key has permissions that the caller lacks. Leave them out, or ask a member who has them.
reason-key-expired = The API key has expired. Create a new one.
reason-key-limit-reached = As many API keys are in use as there can be. Revoke one first.
reason-key-replaced = The API key was rotated already. Rotate its successor.
reason-key-revoked = The API key is revoked. Create a new one.
reason-link-used-or-expired = The link was used or has expired. Request another one.
reason-lookups-limited = Too many unknown hosts or files are being asked for. Ask again after a moment.
reason-mail-not-configured = Mail is not configured. The operator of the platform has to complete the configuration.
reason-mail-not-sent = The mail could not be sent. Send the request again.
reason-name-reserved = The name is reserved for the platform. Choose another.
reason-name-taken = Another tenant or role has the name. Choose another.
reason-not-an-email = The value is not an e-mail address. Correct it.
reason-not-an-origin = The value is not an origin such as `https://host`. Correct it.
reason-not-grantable = The permission can't be granted on this object. `detail` says which can.
reason-not-json = The body is not JSON. Correct it at the given line and column.
reason-not-one-of = The value is none of a fixed set; `detail` or the documentation lists it. Use one of these.
reason-origin-not-in-policy = The page's origin is not in the tenant's embed policy. Add it and publish.
reason-out-of-range = The number is outside of its bounds, which `detail` gives. Send one within them.
reason-owners-only = Only an owner makes, changes or removes owners. Ask an owner.
reason-password-required = The address has an account. Send its password, or sign in first.
reason-resend-too-soon = The invitation was sent less than a minute ago. Wait as `Retry-After` says.
reason-role-limit-reached = The tenant has as many roles of its own as it can have. Change or delete one.
reason-send-limit-reached = The invitation was sent as often as it can be. Revoke it and invite anew.
reason-session-of-another-origin = The embed session was made for a page of another origin. Begin a session at this page.
reason-status-not-reachable = The tenant can't be brought to this status by this caller. The platform's operators can.
reason-target-exceeds-own-permissions = The other member, role or key has permissions that the caller lacks. Ask a member who has them.
reason-tenant-not-named = The request came to the platform's host and does not name a tenant. Send `X-Tenant-ID`, or ask at the tenant's host.
reason-too-deep = The groups of the document are nested too deep. Flatten them.
reason-too-long = The value is longer than the field takes. Shorten it.
reason-too-many = The list has more entries than it can have. Remove some.
reason-too-short = The value is shorter than the field takes. Lengthen it.
reason-two-credentials = The request has two credentials. Send one.
reason-units-reserved = The month's messages are used or reserved; one may be free soon. Wait as `Retry-After` says.
reason-unknown-field = The document has a field that is not known here. Remove it, or correct its name.
reason-unknown-permission = The value is not a permission. `GET /v1/permissions` lists them.
reason-weak-password = The password is a common one, or the person's own address or name. Choose another.
reason-wrong-password = The current password is wrong. Correct it, or reset the password.
reason-wrong-shape = The JSON does not have the expected fields; `detail` says what is wrong with it. Correct it.
reason-wrong-type = The value is of another JSON type than the field. Send the type that `detail` names.
