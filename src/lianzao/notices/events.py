"""What happens here, for the ledger: that an organisation was told, and when, can be shown later."""

from lianzao.ledger.kinds import kind

TOLD = kind("notices.notice.made", "about", "event", "organisations")
READ = kind("notices.notice.read", "notices")
