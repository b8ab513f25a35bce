"""One function for each address: reads its parameters, asks the reader, says how the answer is shown."""

from __future__ import annotations

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lianzao.aas.documents import AssetId, Names, render
from lianzao.aas.documents.render import Json
from lianzao.aas.platform import Platform
from lianzao.aas.server.answers import answer
from lianzao.aas.server.description import description
from lianzao.aas.server.encoding import BadRequest, decode
from lianzao.aas.server.paging import numbered, read_cursor, read_limit
from lianzao.aas.server.parameters import asset_links, read_asset_ids, read_core, read_parts
from lianzao.aas.server.reader import GLOBAL_ASSET_ID, Reader
from lianzao.aas.server.tokens import read_token
from lianzao.base.messages import _
from lianzao.base.refusals import Absent

LARGEST_BODY = 64 * 1024
Reading = Callable[[Request, Reader], Json]


class Endpoints:
    """All addresses, over one platform."""

    def __init__(self, platform: Platform, names: Names, session_cookie: str) -> None:
        self._platform = platform
        self._names = names
        self._session_cookie = session_cookie

    def routes(self) -> list[Route]:
        shell, submodel = "/shells/{shell}", "/submodels/{submodel}"
        readings: dict[str, Reading] = {
            "/shells": shells,
            shell: one_shell,
            f"{shell}/asset-information": asset_information,
            f"{shell}/submodel-refs": submodel_references,
            "/submodels": submodels,
            submodel: one_submodel,
            f"{submodel}/$value": submodel_value,
            f"{submodel}/submodel-elements": elements,
            f"{submodel}/submodel-elements/{{path}}": element,
            f"{submodel}/submodel-elements/{{path}}/$value": element_value,
            "/lookup/shells/{shell}": asset_links_of_shell,
            "/description": lambda _request, _reader: description(),
        }
        found = [Route(address, self._reading(reading), methods=["GET"]) for address, reading in readings.items()]
        return [*found, Route("/lookup/shellsByAssetLink", self.search, methods=["POST"])]

    async def search(self, request: Request) -> Response:
        """Identifiers of the shells that carry all given asset links. A POST that reads: its question is its body."""
        reader, links = self._reader(request), asset_links(await _body(request))
        return await answer(request, lambda: shell_ids(request, reader, links))

    def _reading(self, reading: Reading) -> Callable[[Request], object]:
        async def endpoint(request: Request) -> Response:
            reader = self._reader(request)
            return await answer(request, lambda: reading(request, reader))

        return endpoint

    def _reader(self, request: Request) -> Reader:
        return Reader(self._platform, self._names, read_token(request, self._session_cookie))


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise HTTPException(413)
    return body


def _identifier(request: Request, name: str) -> str:
    return decode(request.path_params[name], at=name)


def shells(request: Request, reader: Reader) -> Json:
    query = request.query_params
    page = reader.twins(
        limit=read_limit(query),
        cursor=read_cursor(query),
        asset_ids=read_asset_ids(query),
        id_short=query.get("idShort"),
    )
    return page.shown([render.whole(reader.shell(twin)) for twin in page.items])


def shell_ids(request: Request, reader: Reader, links: list[AssetId]) -> Json:
    query = request.query_params
    page = reader.twins(limit=read_limit(query), cursor=read_cursor(query), asset_ids=links)
    return page.shown([reader.shell(twin).id for twin in page.items])


def one_shell(request: Request, reader: Reader) -> Json:
    return render.whole(reader.shell(reader.twin(_identifier(request, "shell"))))


def asset_information(request: Request, reader: Reader) -> Json:
    return render.whole(reader.shell(reader.twin(_identifier(request, "shell"))).asset_information)


def asset_links_of_shell(request: Request, reader: Reader) -> Json:
    asset = reader.shell(reader.twin(_identifier(request, "shell"))).asset_information
    whole: dict[str, Json] = {"name": GLOBAL_ASSET_ID, "value": asset.global_asset_id or ""}
    return [whole, *(render.whole(asset_id) for asset_id in asset.specific_asset_ids or ())]


def submodel_references(request: Request, reader: Reader) -> Json:
    references = reader.references(reader.twin(_identifier(request, "shell")))
    page = numbered(references, request.query_params)
    return page.shown([render.whole(reference) for reference in page.items])


def submodels(request: Request, reader: Reader) -> Json:
    query = request.query_params
    show = render.core if read_core(query) else render.whole
    page = reader.submodels(limit=read_limit(query), cursor=read_cursor(query), parts=read_parts(query))
    return page.shown([show(submodel) for submodel in page.items])


def one_submodel(request: Request, reader: Reader) -> Json:
    show = render.core if read_core(request.query_params) else render.whole
    return show(reader.submodel(_identifier(request, "submodel")))


def submodel_value(request: Request, reader: Reader) -> Json:
    found = reader.submodel(_identifier(request, "submodel"))
    return render.values(found.submodel_elements or (), core=read_core(request.query_params))


def elements(request: Request, reader: Reader) -> Json:
    show = render.core if read_core(request.query_params) else render.whole
    found = reader.submodel(_identifier(request, "submodel"))
    page = numbered(found.submodel_elements or (), request.query_params)
    return page.shown([show(one) for one in page.items])


def element(request: Request, reader: Reader) -> Json:
    show = render.core if read_core(request.query_params) else render.whole
    return show(_element(request, reader))


def element_value(request: Request, reader: Reader) -> Json:
    bare = render.value_of(_element(request, reader), core=read_core(request.query_params))
    if bare is None:
        raise BadRequest(_("An element of this kind has no value."), at="idShortPath")
    return bare


def _element(request: Request, reader: Reader) -> render.Element:
    path = request.path_params["path"]
    if not render.is_path(path):
        raise BadRequest(
            _("This is not an idShortPath."),
            at="idShortPath",
            accepted=_("names joined by dots, list items in brackets"),
        )
    found = render.find(reader.submodel(_identifier(request, "submodel")), path)
    if found is None:
        raise Absent
    return found
