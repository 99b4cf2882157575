"""A PDF written object by object, for what no library writes: odd fonts, forms without a picture, broken tables."""


def pdf_of_objects(*objects: str | bytes, has_table: bool = True) -> bytes:
    """The objects, numbered from 1, the first the catalog; bytes are a compressed stream."""
    content = bytearray(b"%PDF-1.7\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(content))
        if isinstance(each, bytes):
            written = f"<< /Filter /FlateDecode /Length {len(each)} >>\nstream\n".encode() + each + b"\nendstream"
        else:
            written = each.encode("latin-1")
        content += f"{number} 0 obj\n".encode() + written + b"\nendobj\n"
    start = len(content) if has_table else 7
    if has_table:
        content += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
        content += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    content += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(content)
