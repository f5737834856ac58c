-- For Citus 13 or newer only, once, after the migrations and before the first row: which column spreads which table. On one
-- PostgreSQL this file is not run. Every statement of the registry names the column, so that it goes to one place.
SET citus.shard_count = 128;

SELECT create_reference_table('migration');

-- By member.
SELECT create_distributed_table('member', 'member_no');
SELECT create_distributed_table('device', 'member_no', colocate_with => 'member');
SELECT create_distributed_table('nonce', 'member_no', colocate_with => 'member');
SELECT create_distributed_table('quota', 'member_no', colocate_with => 'member');
SELECT create_distributed_table('submission', 'member_no', colocate_with => 'member');
SELECT create_distributed_table('member_due', 'member_no', colocate_with => 'member');
SELECT create_distributed_table('consent', 'member_no', colocate_with => 'member');
SELECT create_distributed_table('dispute_of_member', 'member_no', colocate_with => 'member');
SELECT create_distributed_table('feed_head', 'member_no', colocate_with => 'member');
SELECT create_distributed_table('feed', 'member_no', colocate_with => 'member');
SELECT create_distributed_table('alarm', 'member_no', colocate_with => 'member');

-- By subject.
SELECT create_distributed_table('due', 'subject_key');
SELECT create_distributed_table('subject_entity', 'subject_key', colocate_with => 'due');
SELECT create_distributed_table('contact', 'subject_key', colocate_with => 'due');
SELECT create_distributed_table('contact_vault', 'subject_key', colocate_with => 'due');
SELECT create_distributed_table('consent_of_subject', 'subject_key', colocate_with => 'due');
SELECT create_distributed_table('access_log', 'subject_key', colocate_with => 'due');
SELECT create_distributed_table('check_result', 'subject_key', colocate_with => 'due');
SELECT create_distributed_table('dispute', 'subject_key', colocate_with => 'due');
SELECT create_distributed_table('blocked_member', 'subject_key', colocate_with => 'due');
SELECT create_distributed_table('notice', 'subject_key', colocate_with => 'due');
SELECT create_distributed_table('notice_contact', 'subject_key', colocate_with => 'due');
SELECT create_distributed_table('subject_summary', 'subject_key', colocate_with => 'due');
SELECT create_distributed_table('erase_request', 'subject_key', colocate_with => 'due');

-- Each by what it is looked up under.
SELECT create_distributed_table('membership', 'pan_key');
SELECT create_distributed_table('application', 'application_id');
SELECT create_distributed_table('operator_act', 'act_id');
SELECT create_distributed_table('evidence', 'evidence_hash');
SELECT create_distributed_table('alias', 'other_key');
SELECT create_distributed_table('consent_link', 'link');
SELECT create_distributed_table('session', 'session_id');
SELECT create_distributed_table('otp_count', 'contact_key');
SELECT create_distributed_table('job_lease', 'name');

-- One shard of the log is one writer's.
SELECT create_distributed_table('log_leaf', 'shard');
SELECT create_distributed_table('log_queue', 'shard', colocate_with => 'log_leaf');
SELECT create_distributed_table('log_forgotten', 'shard', colocate_with => 'log_leaf');
SELECT create_distributed_table('log_tile', 'shard', colocate_with => 'log_leaf');
SELECT create_distributed_table('log_head', 'shard', colocate_with => 'log_leaf');
