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
team-full = The team has no free seat any more. Ask whoever invited you.
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
