"""What happens here, for the ledger."""

from lianzao.ledger.kinds import kind

ORGANISATION_CREATED = kind("trust.organisation.created", "country")
USER_CREATED = kind("trust.user.created")
ROLE_GIVEN = kind("trust.role.given", "organisation", "role")
TOKEN_GIVEN = kind("trust.token.given", "expires_at")
DISCLOSED = kind("trust.disclosure.changed", "audience", "group", "firm", "level")
