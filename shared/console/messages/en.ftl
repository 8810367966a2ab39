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
