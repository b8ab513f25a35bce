"""People, organisations, roles, tokens, customer groups and disclosure rows: the facts every door reads."""

from __future__ import annotations

from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianzao.base.refs import new_ref
from lianzao.trust.levels import Level
from lianzao.trust.viewer import Viewer


class Users(BaseUserManager["User"]):
    def visible_to(self, viewer: Viewer) -> models.QuerySet[User]:
        """Oneself, and the colleagues of one's organisations."""
        return self.filter(Q(ref=viewer.ref) | Q(membership__organisation__in=viewer.organisations)).distinct()


class User(AbstractBaseUser):
    """A person who signs in."""

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    login = models.CharField(_("login"), max_length=150, unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=10, default="en")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    objects = Users()

    @property
    def is_staff(self) -> bool:
        return False


class Organisations(models.QuerySet["Organisation"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """One's own, and for those signed in every one that shows its name to them."""
        if not viewer.signed_in:
            return self.filter(Q(named_to=Organisation.Named.EVERYONE))
        return self.filter(
            Q(id__in=viewer.organisations) | ~Q(named_to=Organisation.Named.NOBODY) | Q(id__in=viewer.partners_of)
        )


class Organisation(models.Model):
    """A legal person. Being factory or buyer is what it does, not what it is."""

    class Named(models.TextChoices):
        EVERYONE = "everyone", _("Everyone")
        MEMBERS = "members", _("Members")
        NOBODY = "nobody", _("Nobody")

    ref = models.UUIDField(unique=True, default=new_ref, editable=False)
    name = models.CharField(_("name"), max_length=200)
    street = models.CharField(_("street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    country = models.CharField(_("country or region"), max_length=2)
    tax_id = models.CharField(_("tax id"), max_length=40, blank=True)
    named_to = models.CharField(max_length=10, choices=Named, default=Named.MEMBERS)
    owns_node = models.BooleanField(default=False)
    simulated = models.BooleanField(default=False)

    objects = Organisations.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owns_node"], condition=Q(owns_node=True), name="one_owner_of_the_node")
        ]

    @property
    def address(self) -> str:
        town = " ".join(part for part in (self.postcode, self.place) if part)
        return ", ".join(part for part in (self.street, town, self.country) if part)


class Memberships(models.QuerySet["Membership"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(organisation__in=viewer.organisations)


class Membership(models.Model):
    """A person's role in an organisation."""

    class Role(models.TextChoices):
        ADMIN = "admin", _("Administrator")
        EDITOR = "editor", _("Editor")
        READER = "reader", _("Reader")
        MACHINIST = "machinist", _("Machinist")

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    role = models.CharField(max_length=10, choices=Role)

    objects = Memberships.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="one_role_an_organisation")]


class NetworkRoles(models.QuerySet["NetworkRole"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self if viewer.is_operator else self.filter(user__ref=viewer.ref)


class NetworkRole(models.Model):
    """A person's role in the network: its operator and his support, both blind to what members keep to themselves."""

    class Role(models.TextChoices):
        OPERATOR = "operator", _("Operator")
        SUPPORT = "support", _("Support")

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    role = models.CharField(max_length=10, choices=Role)

    objects = NetworkRoles.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="network_role_once")]


class Tokens(models.QuerySet["Token"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(user__ref=viewer.ref)


class Token(models.Model):
    """A bearer token; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    hash = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()

    objects = Tokens.as_manager()


class Groups(models.QuerySet["Group"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(owner__in=viewer.organisations)


class Group(models.Model):
    """Customers to whom an owner discloses and agrees alike; seen by the owner only."""

    owner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="customer_groups")
    name = models.CharField(_("name"), max_length=100)
    members = models.ManyToManyField(Organisation, related_name="+")

    objects = Groups.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="group_name_once_an_owner")]


class Partnerships(models.QuerySet["Partnership"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(Q(owner__in=viewer.organisations) | Q(partner__in=viewer.organisations))


class Partnership(models.Model):
    """`partner` has a running contract with `owner` until `until`."""

    owner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    until = models.DateField(null=True)

    objects = Partnerships.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "partner"], name="one_partnership_a_pair")]


class Disclosures(models.QuerySet["Disclosure"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(owner__in=viewer.organisations)

    def reaching(self, viewer: Viewer) -> Self:
        """The rows that grant this viewer something."""
        audience = Q(audience=Disclosure.Audience.EVERYONE)
        if viewer.organisations:
            audience |= Q(audience=Disclosure.Audience.MEMBERS)
        return self.filter(
            audience
            | Q(audience=Disclosure.Audience.GROUP, group__in=viewer.groups)
            | Q(audience=Disclosure.Audience.PARTNERS, owner__in=viewer.partners_of)
            | Q(audience=Disclosure.Audience.FIRM, firm__in=viewer.organisations)
        )


class Disclosure(models.Model):
    """What an owner shows of its calendar, and to whom. No row means nothing."""

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("Everyone")
        MEMBERS = "members", _("Members")
        GROUP = "group", _("A group of customers")
        PARTNERS = "partners", _("Partners under contract")
        FIRM = "firm", _("One firm")

    owner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="disclosures")
    audience = models.CharField(max_length=10, choices=Audience)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True)
    firm = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField(choices=[(level.value, level.name) for level in Level])

    objects = Disclosures.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(audience="group") & Q(group__isnull=False))
                | (~Q(audience="group") & Q(group__isnull=True)),
                name="disclosure_names_its_group",
            ),
            models.CheckConstraint(
                condition=(Q(audience="firm") & Q(firm__isnull=False)) | (~Q(audience="firm") & Q(firm__isnull=True)),
                name="disclosure_names_its_firm",
            ),
            models.UniqueConstraint(
                fields=["owner", "audience"], condition=Q(group=None, firm=None), name="one_level_an_audience"
            ),
            models.UniqueConstraint(fields=["owner", "group"], condition=~Q(group=None), name="one_level_a_group"),
            models.UniqueConstraint(fields=["owner", "firm"], condition=~Q(firm=None), name="one_level_a_firm"),
        ]
