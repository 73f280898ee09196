INSERT INTO aid_council_vote (id, council_id, account_id, vote) VALUES
  (uuid '01a00000-0067-7000-8000-000000000003', uuid '01a00000-0066-7000-8000-000000000001', 'zhang', 'for');
