using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace RagApp.Tests.Gateway.Hostile;

/// <summary>Generates requests to the operations of an OpenAPI document: fields that exist with values of any kind, in any nesting, and any headers.</summary>
internal sealed class RandomRequests(ApiDescription description)
{
    private const int MostNested = 3;

    private static readonly string[] HeaderNames =
        ["If-Match", "If-None-Match", "Range", "Accept", "Accept-Language", "Accept-Encoding", "Content-Language", "X-Forwarded-For", "Forwarded", "traceparent", "tracestate", "baggage", "Expect", "Prefer", "Origin"];

    private static readonly string?[] ContentTypes =
        [null, "application/json", "application/json", "application/json", "application/json; charset=utf-8", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "*/*"];

    private static readonly string[] OddTexts =
        ["\0", "\u202e", "\ud83d", "\uffff", "e\u0301", "ß", "İ", "\r\n", "%00", "%2e%2e%2f", "../../etc/passwd", "C:\\con", "\u0000\u0001", "NaN", "1e400", "-0", "{\"a\":1}", "data:,x", "javascript:0", string.Concat(Enumerable.Repeat("🦆", 100))];

    private static readonly Gen<string> Texts = Gen.OneOf(Among(OddTexts), Gen.String[0, 40], Gen.String[Gen.Char.AlphaNumeric, 0, 12]);

    private static readonly Gen<string> Scalars = Gen.OneOf(
        Texts.Select(text => JsonSerializer.Serialize(text)), Gen.Int.Select(number => $"{number}"), Gen.Double.Select(number => JsonSerializer.Serialize(double.IsFinite(number) ? number : 0)),
        Among(["null", "true", "false", "[]", "{}", "1e999", "-1", "9223372036854775808"]));

    private readonly IReadOnlyList<Operation> _operations = description.Operations;

    /// <summary>Requests of any operation.</summary>
    public Gen<Func<HttpRequestMessage>> All =>
        from operation in Among(_operations)
        from id in Gen.OneOf(Gen.Const(new string('0', 32)), Texts)
        from query in Gen.Select(Among([.. operation.Parameters("query").DefaultIfEmpty("none")]), Texts).Array[0, 3]
        from headers in Gen.Select(Among(HeaderNames), Gen.String[Gen.Char[' ', '~'], 0, 30]).Array[0, 3]
        from body in Json([.. description.FieldsOf(operation).DefaultIfEmpty("none")], MostNested)
        from type in Among(ContentTypes)
        select (Func<HttpRequestMessage>)(() => Request(operation, id, query, headers, body, type));

    private static Gen<T> Among<T>(IReadOnlyList<T> values) => Gen.Int[0, values.Count - 1].Select(at => values[at]);

    private static Gen<string> Json(string[] fields, int nested)
    {
        if (nested == 0)
            return Scalars;
        var inner = Json(fields, nested - 1);
        var member = Gen.Select(Gen.OneOf(Among(fields), Among(fields), Texts), inner, (name, value) => $"{JsonSerializer.Serialize(name)}:{value}");
        var members = member.Array[0, 6].Select(all => $"{{{string.Join(',', all)}}}");
        return Gen.OneOf(members, members, Scalars, inner.Array[0, 4].Select(all => $"[{string.Join(',', all)}]"));
    }

    private static HttpRequestMessage Request(Operation operation, string id, (string Name, string Text)[] query, (string Name, string Text)[] headers, string body, string? type)
    {
        var asked = string.Join('&', query.Select(each => $"{Uri.EscapeDataString(each.Name)}={Uri.EscapeDataString(each.Text)}"));
        var path = operation.At(Uri.EscapeDataString(id.Replace("\0", "", StringComparison.Ordinal))); // the HTTP server itself refuses a NUL in a path
        var request = new HttpRequestMessage(new HttpMethod(operation.Method), new Uri($"{path}?{asked}", UriKind.Relative));
        if (operation.Method is not "GET")
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (type is not null)
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }
        foreach (var (name, text) in headers)
            request.Headers.TryAddWithoutValidation(name, text);
        return request;
    }
}
