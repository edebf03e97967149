"""Files and forms that the tests hand in."""

from io import BytesIO

from tests.factory import credit_code

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 6000
PDF = b"%PDF-1.7\n" + b"\0" * 64


def fields(number=900, **changes):
    """A complete registration form; a field given as None is left out, bytes become a file."""
    data = {
        "kind": "enterprise",
        "name": "清流澜石氟材料有限公司",
        "credit_code": credit_code(number),
        "place": "350423-14",
        "address": "氟新材料产业园 3 号",
        "size": "100-499",
        "chain_links": ["含氟聚合物"],
        "introduction": "做聚四氟乙烯分散树脂。",
        "handler_name": "林晓岚",
        "handler_phone": "139 0000 1111",
        "is_matching_on": "y",
        "licence": PNG,
        "authority": PDF,
    } | changes
    names = {"licence": "执照.png", "authority": "授权书.pdf"}
    return {
        name: (BytesIO(value), names[name]) if isinstance(value, bytes) else value
        for name, value in data.items()
        if value is not None
    }


def post(client, path, data):
    return client.post(path, data=data, content_type="multipart/form-data")
