## What pages and mails both say

role-owner = Owner
role-admin = Admin
role-manager = Manager
role-member = Member
role-viewer = Viewer
