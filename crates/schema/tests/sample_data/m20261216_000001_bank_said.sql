INSERT INTO bank_answer_line (answer_id, line, payment_id, found, reason, became, said, said_amount) VALUES
  (uuid '01a00000-0062-7000-8000-000000000002', 3, uuid '01a00000-0029-7000-8000-000000000001', 'amount_differs', NULL, NULL, 'paid', 300001);
