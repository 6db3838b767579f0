"""The description of the API as OpenAPI 3.1: made from the contract and what routes declare."""

from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel

from claims import __version__
from claims.api.bodies import ArticleIn, DecisionIn, TextIn
from claims.api.parameters import LIST, MOST_ROWS, MOST_VALUES, ROWS
from claims.api.reading import LONGEST_WORDS, MOST_RESULTS
from claims.api.resources import RESOURCES, Resource
from claims.api.scopes import MEANINGS, Scope
from claims.api.writing import LONGEST_KEY
from claims.database.comments import view_meanings
from claims.model.json import Json, JsonObject
from claims.published.relations import LARGEST, find_relation

DESCRIPTION = """The views of schema claims_v1 as JSON, for programs with a token;
docs/how-to/api.md shows it at work. An address, a parameter, a member and its meaning stay; they
are only added, and a program passes over members that it does not know. Should this ever have to
be broken, it will be /api/v2 beside this one for a year."""

DAY: JsonObject = {"type": "string", "format": "date"}
SPANS: JsonObject = {
    "type": "array",
    "items": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
}
WRITTEN: Mapping[str, JsonObject] = {
    "uuid": {"type": "string", "format": "uuid"},
    "text": {"type": "string"},
    "boolean": {"type": "boolean"},
    "double precision": {"type": "number"},
    "date": DAY,
    "timestamp with time zone": {"type": "string", "format": "date-time"},
    "daterange": {
        "type": "array", "items": {"type": ["string", "null"], "format": "date"},
        "minItems": 2, "maxItems": 2, "description": "First and last day, both included.",
    },
    "int4multirange": SPANS,
    "jsonb": {},
    "bytea": {"type": "string", "pattern": "^([0-9a-f]{2})*$"},
}  # fmt: skip
"""How a value of each PostgreSQL type is written."""

ERRORS: Mapping[str, str] = {
    "400": "A parameter or the body cannot be used like this.",
    "401": "The token is missing or not valid.",
    "403": "The token does not allow this.",
    "404": "There is no such row, page, state of the past or address.",
    "409": "It changed meanwhile: both versions; or its state does not allow it.",
    "413": "The body is too large.",
    "415": "The body is not JSON.",
    "422": "The key was used for another decision, or the article cannot be read.",
    "429": "Too many tokens that are not valid; Retry-After says how long to wait.",
    "503": "The database does not answer, or not in time.",
}
MOMENT: JsonObject = {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}
NO_NULL = r"^[^\u0000]*$"
PLACE: JsonObject = {"type": "string", "pattern": "^[A-Za-z0-9_-]*$"}
"""Where a page or an answer ends, opaque."""

READS = ("400", "401", "403", "404", "429", "503")
WRITES = ("400", "401", "403", "404", "409", "413", "415", "422", "429", "503")


@cache
def describe() -> JsonObject:
    """The whole document."""
    paths: dict[str, Json] = {}
    for resource in RESOURCES:
        paths[f"/{resource.name}"] = {"get": _list(resource)}
        if resource.key:
            paths[f"/{resource.name}/{{{resource.key}}}"] = {"get": _row(resource)}
    paths |= _others()
    for path, operation in _changing().items():
        reads = paths.get(path)
        paths[path] = {**(reads if isinstance(reads, dict) else {}), "post": operation}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "claims",
            "version": __version__,
            "description": " ".join(DESCRIPTION.split()),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": _components(),
    }


def _list(resource: Resource) -> JsonObject:
    columns = view_meanings()[resource.name]
    filters = [
        _query(
            name,
            {
                "type": "array",
                "items": _compared(resource.relation.columns[name]),
                "maxItems": MOST_VALUES,
            },
            f"Only rows of which this is so; several mean any of them. {columns[name]}",
        )
        for name in resource.filters
        if name not in LIST
    ]
    own = [
        _fields(resource),
        _query("limit", {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": ROWS},
               "Rows of a page."),
        _query("after", PLACE, "`next` of the page before, with the same parameters."),
    ]  # fmt: skip
    if resource.relation.day:
        own += [_query(name, DAY, f"{which} day of `{resource.relation.day}`, included.")
                for name, which in (("since", "First"), ("until", "Last"))]  # fmt: skip
    page: JsonObject = {
        "type": "object",
        "required": ["rows", "next", "state"],
        "properties": {
            "rows": {"type": "array", "items": _ref("schemas", resource.name)},
            "next": {"type": ["string", "null"], "description": "`after` of the next page."},
            "state": _ref("schemas", "State"),
        },
    }
    return _operation(
        f"list_{resource.name}",
        columns[""],
        resource.scope,
        {"parameters": [*filters, *own, *_states()], "responses": _responses(page, READS)},
    )


def _row(resource: Resource) -> JsonObject:
    key = resource.key or ""
    place: JsonObject = {
        "name": key, "in": "path", "required": True,
        "schema": _written(resource.relation.columns[key]),
        "description": view_meanings()[resource.name][key],
    }  # fmt: skip
    return _operation(
        f"read_{resource.name}",
        f"One row of {resource.name}.",
        resource.scope,
        {
            "parameters": [place, _fields(resource), *_states()],
            "responses": _responses(_ref("schemas", resource.name), READS),
        },
    )


def _fields(resource: Resource) -> JsonObject:
    names = list(resource.relation.columns)
    chosen: JsonObject = {
        "type": "array",
        "items": {"enum": names},
        "minItems": 1,
        "uniqueItems": True,
    }
    return _query("fields", chosen, "Which columns, in order.", explode=False)


def _others() -> dict[str, Json]:
    """What is no list of a view."""
    claims: JsonObject = {"type": "array", "items": _ref("schemas", "claims")}
    changes: JsonObject = {"type": "array", "items": _ref("schemas", "changes")}
    words: JsonObject = {
        "type": "string", "minLength": 1, "maxLength": LONGEST_WORDS,
        "pattern": NO_NULL,
    }  # fmt: skip
    search = _operation(
        "search_claims",
        "Published claims that hold all the words, best first.",
        Scope.READ,
        {
            "parameters": [
                {**_query("q", words, 'Words; "a phrase", or, -without.'), "required": True},
                _query("limit", {"type": "integer", "minimum": 1, "maximum": MOST_RESULTS,
                                 "default": ROWS}, "How many."),
            ],
            "responses": _responses(_object({"rows": claims}), READS),
        },
    )  # fmt: skip
    feed = _operation(
        "read_changes",
        "What was decided, in order, and what publishers' notices did.",
        Scope.READ,
        {
            "parameters": [
                _query("after", PLACE, "`next` of the answer before; none to begin."),
                _query("limit", {"type": "integer", "minimum": 1, "maximum": MOST_ROWS,
                                 "default": MOST_ROWS}, "How many."),
            ],
            "responses": _responses(
                _object({"rows": changes, "next": {"type": ["string", "null"]}}), READS
            ),
        },
    )  # fmt: skip
    text: JsonObject = {"type": "string"}
    texts: JsonObject = {"type": "array", "items": text}
    about = _object(
        {"program": text, "version": text, "contract": text, "lists": texts,
         "public": {"type": "boolean"}, "scopes": texts, "token": {"type": ["string", "null"]}}
    )  # fmt: skip
    described: JsonObject = {
        "operationId": "read_about",
        "summary": "What this is, and what the token allows.",
        "security": [{}, {"token": []}],
        "responses": _responses(about, ("400", "401", "429", "503")),
    }
    return {
        "/search": {"get": search}, "/changes": {"get": feed}, "/about": {"get": described},
    }  # fmt: skip


def _changing() -> dict[str, JsonObject]:
    """What changes something, or takes the server's time."""
    key: JsonObject = {
        "name": "Idempotency-Key", "in": "header", "required": True,
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY,
                   "pattern": "^[!-~]+$"},
        "description": "Made anew for each decision. With the same key the same request decides"
        " nothing more, and is answered alike.",
    }  # fmt: skip
    decision = _object(
        {
            "claim": _written("uuid"),
            "sealed": {"type": "boolean", "description": "Two people have to read the claim."},
            "decisions": {"type": "array", "items": _ref("schemas", "Decision")},
        }
    )
    stored = _object(
        {
            "articles": {"type": "integer"}, "stored_before": {"type": "integer"},
            "claims": {"type": "integer"},
            "problems": {"type": "array", "items": {"type": "object"}},
        }
    )  # fmt: skip
    proposals = _object({"attributions": {"type": "array", "items": {"type": "object"}}})
    created = _responses(stored, WRITES)
    return {
        "/decisions": _operation(
            "decide", "Decide on a claim.", Scope.DECIDE,
            {"parameters": [key], "requestBody": _body(DecisionIn),
             "responses": _responses(decision, WRITES)},
        ),
        "/articles": _operation(
            "store_article", "Store an article with the claims found in it.", Scope.INGEST,
            {"requestBody": _body(ArticleIn),
             "responses": {**created, "201": created["200"]}},
        ),
        "/proposals": _operation(
            "propose", "Find claims in a text and store nothing; docs/how-to/extract.md lists the"
            " keys.", Scope.PROPOSE,
            {"requestBody": _body(TextIn), "responses": _responses(proposals, WRITES)},
        ),
    }  # fmt: skip


def _operation(name: str, summary: str, scope: Scope, further: JsonObject) -> JsonObject:
    return {
        "operationId": name,
        "summary": summary,
        "description": f"The token's scope: `{scope}`.",
        **further,
    }


def _states() -> list[Json]:
    return [_ref("parameters", "as_of"), _ref("parameters", "release")]


def _query(name: str, schema: JsonObject, description: str, *, explode: bool = True) -> JsonObject:
    parameter: dict[str, Json] = {
        "name": name, "in": "query", "schema": schema, "description": description,
    }  # fmt: skip
    if not explode:
        parameter |= {"style": "form", "explode": False}
    return parameter


def _responses(schema: JsonObject, errors: tuple[str, ...]) -> dict[str, Json]:
    answer: JsonObject = {
        "description": "The answer.",
        "content": {"application/json": {"schema": schema}},
    }
    return {"200": answer, **{status: _ref("responses", status) for status in errors}}


def _body(model: type[BaseModel]) -> JsonObject:
    schema = _ref("schemas", model.__name__)
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _object(properties: JsonObject) -> dict[str, Json]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _ref(kind: str, name: str) -> dict[str, Json]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _written(kind: str) -> JsonObject:
    bits = LARGEST.get(kind)
    if bits is None:
        return WRITTEN[kind]
    return {"type": "integer", "minimum": -(2**bits), "maximum": 2**bits - 1}


def _compared(kind: str) -> JsonObject:
    """A value that a column is compared with: PostgreSQL's text holds every character but one."""
    return {**_written(kind), "pattern": NO_NULL} if kind == "text" else _written(kind)


def _components() -> JsonObject:
    problem: JsonObject = {
        "content": {"application/problem+json": {"schema": _ref("schemas", "Problem")}}
    }
    return {
        "securitySchemes": {
            "token": {
                "type": "http", "scheme": "bearer",
                "description": "`claims tokens add` makes one. Scopes: "
                + "; ".join(f"`{scope}`: {words}" for scope, words in MEANINGS.items()) + ".",
            }
        },
        "parameters": {
            "as_of": _query("as_of", MOMENT, "The state at the end of a day,"
                            " 2026-05-01, or of a minute, 2026-05-01T12:00Z; not with `release`."),
            "release": _query("release", _compared("text"), "The state that a release froze."),
        },
        "responses": {
            status: {"description": words, **problem} for status, words in ERRORS.items()
        },
        "schemas": _schemas(),
    }  # fmt: skip


def _schemas() -> JsonObject:
    """What rows, states, errors and bodies hold."""
    meanings = view_meanings()
    schemas: dict[str, Json] = {}
    for name in (*(resource.name for resource in RESOURCES), "changes"):
        schemas[name] = _row_schema(name, meanings[name])
    number: JsonObject = {"type": "integer"}
    text: JsonObject = {"type": "string"}
    schemas["State"] = {
        **_object({"name": text, "no": number, "at": _written("timestamp with time zone")}),
        "type": ["object", "null"],
        "description": "Which state of the past was read; null for the present.",
    }
    schemas["Decision"] = _object(
        {"no": number, "decision": _written("uuid"), "action": text, "claim": _written("uuid"),
         "revision": number}
    )  # fmt: skip
    schemas["Problem"] = {
        **_object(
            {"type": text, "title": text, "status": number, "detail": text, "code": text,
             "place": text, "remedy": text}
        ),
        "description": "RFC 9457; `code` is what the commands print, and never changes.",
    }  # fmt: skip
    for model in (DecisionIn, ArticleIn, TextIn):
        schemas[model.__name__] = model.model_json_schema()
    return schemas


def _row_schema(name: str, meanings: Mapping[str, str]) -> JsonObject:
    relation = find_relation(name)
    properties: dict[str, Json] = {}
    for column, kind in relation.columns.items():
        schema = dict(_written(kind))
        written = schema.get("type")
        if written and column not in relation.key:
            schema["type"] = [written, "null"]
        properties[column] = {**schema, "description": meanings[column]}
    return {"type": "object", "description": meanings[""], "properties": properties}
