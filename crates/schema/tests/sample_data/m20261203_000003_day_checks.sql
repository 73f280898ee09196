INSERT INTO aid_day_check (id, batch_id, on_day, remaining, checked_by, checked_at) VALUES
  (uuid '01a00000-0064-7000-8000-000000000001', uuid '01a00000-0028-7000-8000-000000000001', '2026-11-15', 1, 'left', '2026-11-15T00:30:00+00:00');
INSERT INTO aid_day_finding (check_id, payment_id, why) VALUES
  (uuid '01a00000-0064-7000-8000-000000000001', uuid '01a00000-0029-7000-8000-000000000001', 'account_changed');
