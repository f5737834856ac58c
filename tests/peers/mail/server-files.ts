// The settings of a business's mail server for one test: Postfix takes and sends, Dovecot knows the passwords and
// shows the mailboxes. All of it stands in one folder and listens on loopback only.

export type MailPlan = {
  readonly folder: string;
  readonly domain: string;
  readonly password: string;
  readonly ports: {
    readonly starttls: number;
    readonly implicit: number;
    readonly inbound: number;
    readonly imaps: number;
    readonly imap: number;
    readonly customer: number;
  };
  /** User and group that own the mailboxes: Debian's 'mail'. */
  readonly mailUser: number;
};

export function mainCf({ folder, domain, ports, mailUser }: MailPlan): string {
  return `compatibility_level = 3.6
myhostname = mail.${domain}
queue_directory = ${folder}/queue
data_directory = ${folder}/data
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
mynetworks =
alias_maps =
alias_database =
local_recipient_maps =
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_tls_cert_file = ${folder}/cert.pem
smtpd_tls_key_file = ${folder}/key.pem
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_session_cache_database =
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = ${folder}/run/sign-in
smtpd_client_message_rate_limit = 0
smtpd_error_sleep_time = 0
virtual_mailbox_domains = ${domain}
virtual_mailbox_base = ${folder}/mail
virtual_mailbox_maps = inline:{ owner@${domain}=owner/ }
virtual_uid_maps = static:${mailUser}
virtual_gid_maps = static:${mailUser}
virtual_minimum_uid = 1
recipient_delimiter = +
transport_maps = inline:{ customer.test=smtp:[127.0.0.1]:${ports.customer} }
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtp_tls_security_level = none
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
maximal_queue_lifetime = 60s
bounce_queue_lifetime = 60s
maillog_file = ${folder}/log/postfix.log
maillog_file_prefixes = ${folder}
`;
}

export function masterCf({ ports }: MailPlan): string {
  return `127.0.0.1:${ports.starttls} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
127.0.0.1:${ports.implicit} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
127.0.0.1:${ports.inbound} inet n - n - - smtpd
  -o smtpd_sasl_auth_enable=no
  -o smtpd_relay_restrictions=reject_unauth_destination
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
showq unix n - n - - showq
`;
}

export function dovecotConf({ folder, password, ports, mailUser }: MailPlan): string {
  return `protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
instance_name = baaki-test
log_path = ${folder}/log/dovecot.log
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0
login_trusted_networks =
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${mailUser} gid=${mailUser} home=${folder}/mail/%n allow_all_users=yes
}
mail_location = maildir:${folder}/mail/%n
first_valid_uid = 1
first_valid_gid = 1
namespace inbox {
  inbox = yes
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
}
service imap-login {
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service auth {
  unix_listener sign-in {
    mode = 0660
    user = postfix
    group = postfix
  }
}
# A wrong password is answered at once: tests need not wait out the penalty.
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
`;
}
