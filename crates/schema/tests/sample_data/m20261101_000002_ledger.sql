INSERT INTO ledger_entry (id, key, kind, reference, posted_at) VALUES
  (uuid '01a00000-0003-7000-8000-000000000001', 'budget/2026/1', 'appropriate', 'budget/2026', '2026-01-05T02:00:00+00:00'),
  (uuid '01a00000-0003-7000-8000-000000000002', 'case/1/reserve', 'reserve', 'case/1', '2026-11-01T08:00:00+00:00');
INSERT INTO ledger_line (entry_id, line, region, year, category, bucket, amount) VALUES
  (uuid '01a00000-0003-7000-8000-000000000001', 0, '330106', 2026, 'illness', 0, -10000000),
  (uuid '01a00000-0003-7000-8000-000000000001', 1, '330106', 2026, 'illness', 1, 10000000),
  (uuid '01a00000-0003-7000-8000-000000000002', 0, '330106', 2026, 'illness', 1, -300000),
  (uuid '01a00000-0003-7000-8000-000000000002', 1, '330106', 2026, 'illness', 2, 300000);
INSERT INTO ledger_balance (region, year, category, available, reserved, committed, paid) VALUES
  ('330106', 2026, 'illness', 9700000, 300000, 0, 0);
