## What pages and mails both say

role-owner = オーナー
role-admin = 管理者
role-manager = マネージャー
role-member = メンバー
role-viewer = 閲覧者
