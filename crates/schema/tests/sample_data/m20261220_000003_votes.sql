UPDATE aid_council_vote SET account_id = account_id;
