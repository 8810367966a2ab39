## Every mail

if-the-button-does-not-work = If the button does not work, open this address in your browser:
no-reply = Nobody reads replies to this address.

## Welcome

welcome-subject = { $brand } is ready
welcome-heading = Welcome
welcome-text = Your workspace { $brand } is set up. Sign in to choose its colours, invite your team, and put the widget on your site.
welcome-trial = You can try everything until { $day }.
welcome-action = Open your workspace
welcome-reason = You get this mail because somebody registered a workspace with your e-mail address.

## Invitation

invitation-subject = { $inviter } invites you to { $brand }
invitation-heading = Join { $brand }
invitation-text = { $inviter } invites you to work with them in { $brand }. Your role will be: { $role }.
invitation-action = Accept the invitation
invitation-code = If you are asked for an invitation code, paste this one:
invitation-until = The invitation can be used once, until { $moment }.
invitation-unexpected = If you did not expect it, ignore this mail: nothing happens without you.
invitation-reason = You get this mail because somebody entered your e-mail address in an invitation.

## Password reset

reset-subject = Choose a new password for { $brand }
reset-heading = Choose a new password
reset-text = Somebody asked for a new password for your account at { $brand }.
reset-action = Choose a new password
reset-code = If you are asked for a code, paste this one:
reset-until = The link works once, until { $moment }. Give it to nobody.
reset-unexpected = If it was not you, ignore this mail: your password stays as it is.
reset-reason = You get this mail because your e-mail address was entered where a forgotten password is reset.

## Password changed

changed-subject = Your password for { $brand } was changed
changed-heading = Your password was changed
changed-text = The password of your account at { $brand } was changed on { $moment }.
changed-unexpected = If it was you, there is nothing to do. If not, choose a new password now.
changed-action = It was not me
changed-reason = You get this mail whenever your password changes.

## New device

device-subject = New sign-in to { $brand }
device-heading = New sign-in
device-text = Somebody signed in to your account at { $brand } on a device that was not used before.
device-unexpected = If it was you, there is nothing to do. If not, sign the device out and change your password.
device-when = When
device-device = Device
device-address = IP address
device-action = Look at your sessions
device-reason = You get this mail whenever a new device signs in to your account.
