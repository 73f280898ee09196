INSERT INTO aid_account_vouch (id, case_id, change_id, reason, vouched_by, vouched_at) VALUES
  (uuid '01a00000-0063-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', uuid '01a00000-0063-7000-8000-000000000009', 'v1|k1|n|g', 'li', '2026-11-13T08:00:00+00:00');
