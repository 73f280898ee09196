INSERT INTO aid_sample_seed (month, seed, anchor, fixed_at) VALUES
  ('2026-12-01', 'af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf', '7:af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf', '2027-01-01T00:05:00+00:00');
INSERT INTO aid_sample (id, region, month, seed, share, above, listed, chosen, drawn_by, drawn_at) VALUES
  (uuid '01a00000-00e3-7000-8000-000000000002', '330106', '2026-12-01', 'af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf', 5, 400000, 1, 1, NULL, '2027-01-02T08:00:00+00:00');
