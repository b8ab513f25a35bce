"""What this server says it can do: whole profiles of the standard, and beside them the single operations it offers.

A profile stands here only when each of its operations is implemented; `operations` is an addition of ours, which the
standard allows, so that a client can rely on what exists of the repository profiles too.
"""

from lianzao.aas.documents.render import Json

API = "https://admin-shell.io/aas/API"
PROFILES = (f"{API}/3/1/DiscoveryServiceSpecification/SSP-002",)
OPERATIONS = (
    "GetAllAssetAdministrationShells",
    "GetAllAssetAdministrationShellsByAssetId",
    "GetAllAssetAdministrationShellsByIdShort",
    "GetAssetAdministrationShellById",
    "GetAssetInformation",
    "GetAllSubmodelReferences",
    "GetAllSubmodels",
    "GetAllSubmodelsBySemanticId",
    "GetAllSubmodelsByIdShort",
    "GetSubmodelById",
    "GetAllSubmodelElements",
    "GetSubmodelElementByPath",
    "SearchAllAssetAdministrationShellIdsByAssetLink",
    "GetAllAssetLinksById",
    "GetSelfDescription",
)


def description() -> Json:
    return {"profiles": list(PROFILES), "operations": [f"{API}/{operation}/3/1" for operation in OPERATIONS]}
