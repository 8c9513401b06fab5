-- Which pairs are unknown, to name one of each reason without looking at those that are known; 2 is State.UNKNOWN.
create index policy_state_unknown on policy_state (policy_id) where placed and state = 2;
create index policy_state_unknown_at on policy_state (cluster_uid) where placed and state = 2;
