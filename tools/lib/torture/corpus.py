"""What nobody should send: bodies and heads that are almost right. Each is named, so that a failure says what it was."""
import json


def varint(value):
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def tag(number, wire):
    return varint(number << 3 | wire)


def text(number, value):
    raw = value.encode() if isinstance(value, str) else value
    return tag(number, 2) + varint(len(raw)) + raw


def json_bodies(good, string, number):
    """(name, body, the field that the refusal must name, or None where there is none) for a message of which `good` is a
    right example, `string` the name of a field of text and `number` that of a number."""
    whole = json.dumps(good)
    inside = whole[1:-1]
    s, n = f'"{string}"', f'"{number}"'
    without = lambda *names: ",".join(  # noqa: E731
        f"{json.dumps(key)}:{json.dumps(value)}" for key, value in good.items() if key not in names)
    rest = lambda *names: "," + without(*names) if without(*names) else ""  # noqa: E731
    yield "nothing", b"", None
    yield "white space", b" \n ", None
    yield "a duplicate key", f"{{{s}:\"a\",{inside}}}", string
    yield "a duplicate key, escaped", f"{{{inside},\"\\u{ord(string[0]):04x}{string[1:]}\":\"a\"}}", string
    yield "a trailing comma", f"{{{inside},}}", None
    yield "a leading comma", f"{{,{inside}}}", None
    yield "text behind the end", whole + "x", None
    yield "two documents", whole + whole, None
    yield "a NUL behind the end", whole.encode() + b"\0", None
    yield "a comment", f"{{/* */{inside}}}", None
    yield "single quotes", whole.replace('"', "'"), None
    yield "a name without quotes", whole.replace(s, string, 1) if s in whole else f"{{{string}:1}}", None
    yield "an array", f"[{whole}]", None
    yield "a number alone", "1", None
    yield "a text alone", '"x"', None
    yield "null alone", "null", None
    yield "an unknown field", f"{{{inside},\"{string}z\":1}}", string + "z"
    yield "a field in other case", f"{{\"{string.upper()}\":\"x\"}}", string.upper()
    yield "null for a text", f"{{{s}:null{rest(string)}}}", string
    yield "null for a number", f"{{{n}:null{rest(number)}}}", number
    yield "a number for a text", f"{{{s}:1{rest(string)}}}", string
    yield "a list for a text", f"{{{s}:[\"x\"]{rest(string)}}}", string
    yield "a text for a number", f"{{{n}:\"1\"{rest(number)}}}", number
    yield "true for a number", f"{{{n}:true{rest(number)}}}", number
    yield "an object for a number", f"{{{n}:{{}}{rest(number)}}}", number
    for name, value in [
        ("a huge exponent", "1e400"), ("an exponent", "1e2"), ("a fraction", "1.0"), ("a half", "0.5"),
        ("a negative number", "-1"), ("2^64", str(2**64)), ("10,000 digits", "9" * 10_000), ("NaN", "NaN"),
        ("infinity", "Infinity"), ("hexadecimal", "0x10"), ("a leading zero", "01"), ("a plus", "+1"), ("a dot", "1."),
        ("minus alone", "-"), ("minus zero with a fraction", "-0.0"),
    ]:
        # What is no number at all has no place yet at which it could be wrong.
        yield f"{name} for a number", f"{{{n}:{value}{rest(number)}}}", None
    for name, value in [
        ("a lone high surrogate", '"\\ud800"'), ("a lone low surrogate", '"\\udc00x"'),
        ("surrogates in the wrong order", '"\\udc00\\ud800"'), ("a NUL escape", '"a\\u0000b"'),
        ("a bad escape", '"\\q"'), ("half an escape", '"\\u12"'), ("a text without an end", '"abc'),
    ]:
        yield f"{name}", f"{{{s}:{value}{rest(string)}}}", None
    for name, raw in [
        ("a control character", b"\x01"), ("a raw NUL", b"\0"), ("a raw line feed", b"\n"), ("half of a UTF-8 character", b"\xc3"),
        ("an overlong slash", b"\xc0\xaf"), ("a surrogate in UTF-8", b"\xed\xa0\x80"), ("beyond Unicode", b"\xf4\x90\x80\x80"),
        ("a stray continuation", b"\x80"), ("byte 255", b"\xff"),
    ]:
        yield name, b"{" + s.encode() + b':"' + raw + b'"' + rest(string).encode() + b"}", None
    yield "a BOM", b"\xef\xbb\xbf" + whole.encode(), None
    yield "UTF-16", whole.encode("utf-16"), None
    yield "UTF-16 without a BOM", whole.encode("utf-16-le"), None
    yield "UTF-32", whole.encode("utf-32"), None
    yield "gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\xae\x05\0\x43\xbf\xa6\xa3\x02\0\0\0", None
    yield "5,000 brackets", "[" * 5_000, None
    yield "120,000 brackets", "[" * 120_000, None
    yield "120,000 brackets in a field", f"{{{s}:" + "[" * 120_000, None
    yield "40,000 objects in each other", '{"a":' * 40_000 + "1" + "}" * 40_000, None
    yield "20,000 unknown fields", "{" + ",".join(f'"u{i}":1' for i in range(20_000)) + "}", "u0"
    yield "a name of 100,000 letters", '{"' + "n" * 100_000 + '":1}', None
    yield "a text of 250,000 letters", f"{{{s}:\"{'x' * 250_000}\"{rest(string)}}}", string
    yield "a text of 60,000 houses", f"{{{s}:\"{'🏠' * 60_000}\"{rest(string)}}}", string
    yield "more than a body may have", f"{{{s}:\"{'x' * 300_000}\"}}", None
    yield "half of it", whole[: len(whole) // 2], None


def protobuf_bodies(good, string, nested, spare):
    """(name, body) for a message of which `good` are right bytes, `string` the number of a field of text in it, `nested`
    that of a repeated message, and `spare` one that it does not have."""
    ends = boundaries(good)
    for cut in range(1, len(good)):
        if cut not in ends:
            yield f"cut at {cut} of {len(good)}", good[:cut]
    yield "a text as varint", tag(string, 0) + b"\x01"
    yield "a text as 64 bits", tag(string, 1) + b"12345678"
    yield "a text as 32 bits", tag(string, 5) + b"1234"
    yield "a text as a group", tag(string, 3) + tag(string, 4)
    yield "a group without an end", good + tag(spare, 3)
    yield "an end without a group", good + tag(spare, 4)
    yield "an unknown group", good + tag(spare, 3) + tag(spare, 4)
    yield "10,000 groups in each other", good + tag(spare, 3) * 10_000 + tag(spare, 4) * 10_000
    yield "120,000 groups begun", good + tag(spare, 3) * 60_000
    yield "wire type 6", good + varint(spare << 3 | 6)
    yield "wire type 7", good + varint(string << 3 | 7)
    yield "field 0", good + b"\x00\x01"
    yield "field 0 as text", good + b"\x02\x01x"
    yield "an unknown varint", good + tag(spare, 0) + b"\x01"
    yield "an unknown text", good + text(spare, "x")
    yield "the highest field there is", good + tag((1 << 29) - 1, 0) + b"\x01"
    yield "a field beyond the highest", good + varint(1 << 35) + b"\x01"
    yield "20,000 unknown fields", (tag(spare, 0) + b"\x01") * 20_000
    yield "a varint of 11 bytes", good + tag(spare, 0) + b"\xff" * 10 + b"\x01"
    yield "a tag of 11 bytes", b"\x8a" + b"\x80" * 9 + b"\x01" + b"\x01x"
    yield "a length of 11 bytes", tag(string, 2) + b"\x81" + b"\x80" * 9 + b"\x01" + b"x"
    yield "a length of 2^63", tag(string, 2) + varint(1 << 63) + b"x"
    yield "a length of 2^64 - 1", tag(string, 2) + varint((1 << 64) - 1) + b"x"
    yield "a length of 2^31", tag(string, 2) + varint(1 << 31) + b"x"
    yield "a length that is one too long", tag(string, 2) + b"\x02x"
    yield "text that is not UTF-8", text(string, b"\xff\xfe")
    yield "half of a UTF-8 character", text(string, b"abc\xc3")
    yield "a surrogate in UTF-8", text(string, b"\xed\xa0\x80")
    yield "a NUL in text", text(string, "a\0b")
    yield "a text given twice", text(string, "a") + text(string, "b")
    inner = b""
    for _ in range(100):
        inner = text(nested, inner)
    yield "100 messages in each other", inner
    for _ in range(2_000):
        inner = text(nested, inner)
    yield "2,100 messages in each other", inner
    yield "an unknown field in an inner message", text(nested, tag(spare, 0) + b"\x01")
    yield "an inner message that is cut", text(nested, b"\x12")
    yield "a varint for an inner message", tag(nested, 0) + b"\x01"
    yield "JSON", b'{"name":"x"}'
    yield "300,000 bytes", text(string, "x" * 300_000)


def boundaries(message):
    """The offsets at which a field ends: what is cut there is whole."""
    ends, at = set(), 0
    while at < len(message):
        head, at = read_varint(message, at)
        if head & 7 == 2:
            length, at = read_varint(message, at)
            at += length
        else:
            _, at = read_varint(message, at)
        ends.add(at)
    return ends


def read_varint(message, at):
    value = shift = 0
    while True:
        value |= (message[at] & 127) << shift
        shift, at = shift + 7, at + 1
        if message[at - 1] < 128:
            return value, at


def heads(target, change):
    """(name, bytes, may it be answered as if it were right). `target` can be asked for by anybody; `change` is the body
    of a command that would have an effect, and must not have one."""
    host = "Host: d\r\n"
    get = f"GET {target} HTTP/1.1\r\n{host}"
    post = f"POST /v1/commands/AddLocation HTTP/1.1\r\n{host}"
    size = len(change)
    inner = f"POST /v1/commands/AddLocation HTTP/1.1\r\n{host}Content-Length: {size}\r\n\r\n{change}"
    yield "HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0", False
    yield "TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)) * 2, False
    yield "SSH", "SSH-2.0-OpenSSH_9.2\r\n", False
    yield "HTTP/0.9", f"GET {target}\r\n", False
    yield "HTTP/3.7", f"GET {target} HTTP/3.7\r\n{host}\r\n", False
    yield "HTTP/1.1 in small letters", f"GET {target} http/1.1\r\n{host}\r\n", False
    yield "a method there is not", f"FROB {target} HTTP/1.1\r\n{host}\r\n", False
    yield "a method in small letters", f"get {target} HTTP/1.1\r\n{host}\r\n", False
    yield "CONNECT", f"CONNECT d:443 HTTP/1.1\r\n{host}\r\n", False
    yield "TRACE", f"TRACE {target} HTTP/1.1\r\n{host}\r\n", False
    yield "an address that is a star", f"OPTIONS * HTTP/1.1\r\n{host}\r\n", False
    yield "an address with a host", f"GET http://d{target} HTTP/1.1\r\n{host}\r\n", True
    yield "an upgrade to HTTP/2", get + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n", True
    yield "an upgrade to a socket", get + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n", True
    yield "line feeds alone", get.replace("\r\n", "\n") + "\n", True
    yield "no host", f"GET {target} HTTP/1.1\r\n\r\n", True
    yield "two hosts", get + "Host: e\r\n\r\n", True
    yield "65 fields", get + "".join(f"X-{i}: 1\r\n" for i in range(65)) + "\r\n", False
    yield "100,000 fields", get + "X: 1\r\n" * 100_000 + "\r\n", False
    yield "a field of 20,000 bytes", get + f"X: {'x' * 20_000}\r\n\r\n", False
    yield "a field of 4 MiB", get + f"X: {'x' * (4 << 20)}\r\n\r\n", False
    yield "a field's name of 1 MiB", get + f"{'x' * (1 << 20)}: 1\r\n\r\n", False
    yield "an address of 20,000 bytes", f"GET {target}?{'x' * 20_000} HTTP/1.1\r\n{host}\r\n", False
    yield "an address of 4 MiB", f"GET {target}?{'x' * (4 << 20)} HTTP/1.1\r\n{host}\r\n", False
    yield "a method of 1 MiB", "G" * (1 << 20), False
    yield "1 MiB of line ends", "\r\n" * (1 << 19), False
    yield "a folded field", get + "X: a\r\n b\r\n\r\n", True
    yield "a blank before the colon", get + "X : a\r\n\r\n", False
    yield "a field without a colon", get + "X\r\n\r\n", False
    yield "a NUL in a field", get + "X: a\0b\r\n\r\n", False
    yield "a CR in a field", get + "X: a\rb\r\n\r\n", False
    yield "a NUL in the address", f"GET {target}\0 HTTP/1.1\r\n{host}\r\n", False
    yield "a CR in the address", f"GET {target}\rX: 1 HTTP/1.1\r\n{host}\r\n", False
    yield "a blank in the address", f"GET {target} x HTTP/1.1\r\n{host}\r\n", False
    yield "both lengths, chunks first", post + f"Transfer-Encoding: chunked\r\nContent-Length: {size}\r\n\r\n0\r\n\r\n" + inner, False
    yield "both lengths, length first", post + f"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner, False
    yield "both lengths, chunked in other case", post + f"Content-Length: 4\r\nTransfer-Encoding: cHuNkEd\r\n\r\n0\r\n\r\n" + inner, False
    yield "two lengths", post + f"Content-Length: {size}\r\nContent-Length: 0\r\n\r\n{change}", False
    yield "a list of lengths", post + f"Content-Length: {size}, {size}\r\n\r\n{change}", False
    yield "a negative length", post + f"Content-Length: -1\r\n\r\n{change}", False
    yield "a length with a plus", post + f"Content-Length: +{size}\r\n\r\n{change}", False
    yield "a hexadecimal length", post + f"Content-Length: 0x{size:x}\r\n\r\n{change}", False
    yield "a length of 2^64 and some", post + f"Content-Length: {(1 << 64) + size}\r\n\r\n{change}", False
    yield "an empty length", post + f"Content-Length: \r\n\r\n{change}", False
    yield "chunked twice", post + f"Transfer-Encoding: chunked, chunked\r\n\r\n{size:x}\r\n{change}\r\n0\r\n\r\n", False
    yield "an unknown coding", post + f"Transfer-Encoding: x\r\n\r\n{size:x}\r\n{change}\r\n0\r\n\r\n", False
    yield "gzip, then chunked", post + f"Transfer-Encoding: gzip, chunked\r\n\r\n{size:x}\r\n{change}\r\n0\r\n\r\n", False
    yield "a blank before chunked's colon", post + f"Transfer-Encoding : chunked\r\n\r\n{size:x}\r\n{change}\r\n0\r\n\r\n", False
    chunked = post + "Transfer-Encoding: chunked\r\n\r\n"
    yield "a chunk of no size", chunked + f"\r\n{change}\r\n0\r\n\r\n", False
    yield "a chunk of negative size", chunked + f"-{size:x}\r\n{change}\r\n0\r\n\r\n", False
    yield "a chunk of 2^64", chunked + "10000000000000000\r\n" + change, False
    yield "a chunk that is too short", chunked + f"{size - 1:x}\r\n{change}\r\n0\r\n\r\n", False
    yield "a chunk extension of 1 MiB", chunked + f"1;{'x' * (1 << 20)}\r\n{{\r\n0\r\n\r\n", False
    yield "1 MiB in the trailer", chunked + "1\r\n{\r\n0\r\n" + f"X: {'x' * (1 << 20)}\r\n\r\n", False
    yield "300,000 chunks of a byte", chunked + "1\r\n \r\n" * 300_000 + "0\r\n\r\n", False
    yield "1 MiB of body without a length", post + "\r\n" + "x" * (1 << 20), False


def paths():
    """Addresses that lead out of where they should stay, or nowhere. Each is refused."""
    for inner in ("..", "%2e%2e", "..%2f..", "%2e%2e%2f", ".%00.", "..%5c..", "....//", "..;"):
        yield f"/v1/log/tile/{inner}/{inner}/log/data.mdb"
        yield f"/v1/log/tile/0/{inner}/{inner}/{inner}/state/data.mdb"
        yield f"/{inner}/{inner}/etc/passwd"
    yield from ("//etc/passwd", "/v1//queries//x", "/v1/queries%2fWhoAmI", "/v1%2fqueries/x", "/%76%31/x", "/v1/log/tile/0/%",
                "/v1/log/tile/0/%zz", "/v1/log/tile/0/%00", "/v1/log/tile/0/000%00", "/v1/log/tile/%ff/000", "/v1/jobs/-1",
                "/v1/jobs/18446744073709551616", "/v1/jobs/%31%00", "/v1/log/proof/-1", "/v1/log/proof/99999999999999999999",
                "/v1/log/proof/x", "/v1/log/tile/64/000", "/v1/log/tile/0/x999/x999/x999/x999/x999/x999/x999/000",
                "/v1/log/tile/0/000.p/256", "/v1/log/tile/0/000.p/0", "/v1/log/tile/-1/000", "/v1/commands/", "/v1/queries/",
                "/v1/commands/..%2fqueries%2fWhoAmI", "/v1/queries/WhoAmI%00", "/v1/queries/Agenda%0d%0aX:1", "/v1/queries/🏠",
                "/v1/events?after=x", "/v1/events?after=-1", "/v1/events?after=18446744073709551615",
                "/v1/queries/ListClients?limit=%00", "/v1/queries/ListClients?limit=1&limit=2", "/v1/queries/ListClients?limit",
                "/v1/queries/ListClients?limit=1e3", "/v1/queries/ListClients?unknown=1", "/v1/queries/ListClients?number=%ff",
                "/v1/queries/ListClients?number=%", "/v1/queries/Agenda?from=9999-99-99", "/v1/queries/Agenda?staff=1.0",
                "/v1/queries/WhoAmI?asOf=x",
                "/v1/queries/WhoAmI?asOf=0&asOf=1", "/v1/events?follow=1", "/v1/events?follow=true&follow=true",
                "/v1/events?folow=true", "/v1/jobs/1?follow=yes", f"/v1/queries/ListClients?number={'x' * 15_000}",
                "/v1/queries/ListStaff?" + "name=&" * 2_500, "/v1/queries/ListStaff?name=" + "%cc%81" * 2_000,
                "/v1/queries/ListStaff?name=%00", "/v1/queries/ListStaff?%00=x", "/v1/queries/WhoAmI?asOf=999999999999999999999", "/", "/v1", "/v2/health", "*", "x")
